"""The README's table of callers, held against what was seen."""
import re

from world import check

COLUMNS = ("on 0", "on 75", "on a crash")


def is_marked(path):
    """By us: a stranger's mark says something else (see callers.be_well)."""
    with open(path, "rb") as file:
        head = file.read().replace(b"\r\n", b"\n").split(b"\n\n")[0]
    return b"\nX-NDR-Triage-Outcome: recipient-unknown\n" in b"\n" + head


def place(caller, is_taken):
    """Where the only message is, in the words of the table."""
    if caller.queued():
        return "deferred"
    messages = caller.messages()
    if not messages:
        return "taken"
    if is_marked(messages[0]):
        return "marked, in the mailbox"
    folder = "in the retry folder" if "/.ndr-retry/" in messages[0] else "in the mailbox"
    return f"taken, and {folder}" if is_taken else folder


def row_of(name):
    """{column: what it says}, without what is to be done or why."""
    with open("/mnt/README.md") as readme:
        rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
                for line in readme if line.startswith("|")]
    found = [row for row in rows if row[-1].endswith(f"`{name.replace('|', chr(92) + '|')}`")]
    check(len(found) == 1, f"{name}: {len(found)} rows of the README's table end with it")
    return {column: re.split(r": | \(", cell)[0] for column, cell in zip(COLUMNS, found[0][2:5])}


def check_row(name, seen):
    """`seen`: {column: places}"""
    for column, said in row_of(name).items():
        check(seen[column] == {said}, f"{name}: {column}: the README says '{said}', but it was "
              f"{sorted(seen[column])}")
        print(f"{name}: {column}: {said}", flush=True)

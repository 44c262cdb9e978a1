"""The program as its callers start it: each run is noted, and what it does can be disturbed.

A shell script stands in the program's place, starts the real one, and ends as that ended, by a
signal if need be."""
import os
import shutil
import signal
import time

from world import check, wait_for

PROGRAM = "/usr/local/bin/ndr-triage"
REAL = "/usr/local/lib/ndr-triage"
RUNS = "/tmp/runs"
FAULT = "/tmp/fault"  # shell commands before the program starts
SCRIPT = f"""#!/bin/bash
case "$1" in deliver|filter|record) ;; *) exec {REAL}/ndr-triage "$@" ;; esac
notes=$(/usr/bin/mktemp -d {RUNS}/XXXXXX)
[ ! -e {FAULT} ] || . {FAULT}
{REAL}/ndr-triage "$@" >"$notes/out" 2>"$notes/err"
status=$?
/bin/cat "$notes/err" >&2
/bin/cat "$notes/out"
echo $status >"$notes/new" && /bin/mv "$notes/new" "$notes/status"
[ $status -le 128 ] || kill -$((status - 128)) $$
exit $status
"""


class Run:
    """One that has ended."""
    def __init__(self, notes):
        self.status = int(open(f"{notes}/status").read())
        self.out = open(f"{notes}/out", "rb").read()
        self.err = open(f"{notes}/err", "rb").read().decode()

    def __str__(self):
        return f"status {self.status}, {len(self.out)} octets\n{self.err}"


def stand_in():
    os.makedirs(REAL)
    for name in ("ndr-triage", "ndr-triage-fetch"):
        shutil.move(f"/usr/local/bin/{name}", REAL)
    with open(PROGRAM, "w") as script:
        script.write(SCRIPT)
    os.chmod(PROGRAM, 0o755)
    forget_runs()


def forget_runs():
    shutil.rmtree(RUNS, ignore_errors=True)
    os.makedirs(RUNS)
    os.chmod(RUNS, 0o1777)


def ended_runs():
    return [Run(f"{RUNS}/{name}") for name in sorted(os.listdir(RUNS))
            if os.path.exists(f"{RUNS}/{name}/status")]


def are_runs_over():
    return len(ended_runs()) == len(os.listdir(RUNS))


def disturb(commands):
    with open(FAULT, "w") as file:
        file.write(commands + "\n")
    os.chmod(FAULT, 0o644)


def leave_alone():
    if os.path.exists(FAULT):
        os.remove(FAULT)


def remove_program():
    os.rename(PROGRAM, f"{REAL}/removed")


def restore_program():
    os.rename(f"{REAL}/removed", PROGRAM)


def parents():
    """{pid: its parent's}, of processes that run the real program."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            program, text = os.readlink(f"/proc/{pid}/exe"), open(f"/proc/{pid}/stat").read()
        except OSError:  # it has ended
            continue
        if program == f"{REAL}/ndr-triage":
            found[int(pid)] = int(text[text.rindex(")") + 2:].split()[1])
    return found


def judging():
    """(parent, child) while a message is being judged."""
    known = parents()
    return next(((parent, pid) for pid, parent in known.items() if parent in known), None)


def strike(number, parent):
    """A signal to the program, or to its child, while it judges."""
    pair = wait_for(judging, "a message being judged")
    os.kill(pair[0 if parent else 1], number)


SLOW = ("Content-Type: multipart/mixed; boundary=b\n\n"
        + ("--b\nContent-Type: text/html\n\n"
           + ("<b><p>a word of no meaning</p> and so on and on " * 20 + "\n") * 20) * 600)

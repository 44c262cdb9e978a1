"""What every caller is asked: faults are forced one after the other, with the real program under
the real caller. Whatever happens, the message is in the ledger, in hold, or with the caller; and
when the fault is mended and the caller tries again, the ledger counts it once."""
import os
import signal
import smtplib
import sqlite3
import subprocess
import threading

import runs
from readme_table import COLUMNS, check_row, place
from world import CONFIGURATION, STATE, MailHost, check, ndr, report_about, run, wait_for

LEDGER = f"{STATE}/ledger.sqlite3"
HOLD = f"{STATE}/hold"
CONTACT = "abuse@later.example.net"


class Caller:
    """One way to call the program. `give` hands a message over and returns when the caller is done
    with it for now; `try_again` makes it do so."""
    name = "?"
    filters = False       # the message goes on, through `filter`
    refuses = ()          # names of faults whose message the server does not take from anybody
    doctor = ""           # how doctor begins what it says of its set-up
    keeps_always = False  # a copy stays in the mailbox whatever happens: --copy
    maildir = None        # the mailbox, with its folders

    def set_up(self):
        pass

    def give(self, octets):
        raise NotImplementedError

    def try_again(self):
        raise NotImplementedError

    def queued(self):
        """How many messages wait to be tried again."""
        return 0

    def messages(self):
        """The files of the mailbox."""
        return [f"{path}/{part}/{name}" for path in maildirs_below(self.maildir or "")
                for part in ("new", "cur") for name in os.listdir(f"{path}/{part}")]

    def kept(self):
        """How many copies of messages it has."""
        return self.queued() + len(self.messages())

    def kept_in_the_end(self, status):
        """How many copies there are when all is well again and the program had ended so."""
        return 1 if self.keeps_always or self.filters else 0

    def failures(self):
        """The Maildir where failures are filed, for one that `filters`."""
        return f"{self.maildir}/.failures"

    def forget(self):
        """All copies are gone."""
        raise NotImplementedError


def recipient():
    """With the token that came back from the contact's mail host."""
    return MailHost.letters[0][0]


def messages_in(maildir):
    return sum(len(os.listdir(f"{maildir}/{folder}")) for folder in ("new", "cur")
               if os.path.isdir(f"{maildir}/{folder}"))


def maildirs_below(directory):
    return [path for path, folders, _ in os.walk(directory) if "new" in folders and "tmp" in folders]


def held():
    return messages_in(HOLD)


def replies():
    if not os.path.exists(LEDGER):
        return 0
    ledger = sqlite3.connect(f"file:{LEDGER}?mode=ro", uri=True, timeout=10)
    try:
        return ledger.execute("SELECT count(*) FROM reply").fetchone()[0]
    finally:
        ledger.close()


def trust():
    """Of the only reply."""
    return run("sqlite3", LEDGER, "SELECT trust FROM reply", user="ndr-triage").strip()


# ---- faults -------------------------------------------------------------------------------------

class Fault:
    """Made before the message is given, mended after; `during` happens while the program judges it.
    `status`: how the program ends, None if it does not start."""
    def __init__(self, name, status, make=None, mend=None, octets=None, during=None):
        self.name, self.status, self.octets, self.during = name, status, octets, during
        self.make, self.mend = make or (lambda: None), mend or (lambda: None)


def as_owner(*words):
    run(*words, user="ndr-triage")


def lock_ledger():
    Locked.connection = sqlite3.connect(LEDGER, timeout=10, isolation_level=None)
    Locked.connection.execute("BEGIN IMMEDIATE")


def unlock_ledger():
    Locked.connection.execute("ROLLBACK")
    Locked.connection.close()


class Locked:
    connection = None


def close_state():
    """Nobody can write below the state directory any more."""
    run("mount", "--bind", STATE, STATE)
    run("mount", "-o", "remount,ro,bind", STATE)


def open_state():
    run("umount", STATE)


def fill_disk():
    """The state directory on a tmpfs of four megabytes, full to the last page."""
    run("cp", "-a", STATE, "/tmp/state")
    run("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", STATE)
    run("chown", "ndr-triage:", STATE)
    run("cp", "-a", "/tmp/state/.", STATE)
    run("dd", "if=/dev/zero", f"of={STATE}/full", "bs=4k", status=1)


def empty_disk():
    run("umount", STATE)
    run("rm", "-rf", "/tmp/state")


def set_schema(version):
    ledger = sqlite3.connect(LEDGER, timeout=10)
    Schema.before = ledger.execute("PRAGMA user_version").fetchone()[0]
    ledger.execute(f"PRAGMA user_version = {version}")
    ledger.commit()
    ledger.close()


class Schema:
    before = 0


def damage_ledger():
    os.rename(LEDGER, LEDGER + ".good")
    for end in ("-wal", "-shm"):
        if os.path.exists(LEDGER + end):
            os.rename(LEDGER + end, LEDGER + ".good" + end)
    with open(LEDGER, "wb") as file:
        file.write(b"x" * 20000)
    run("chown", "ndr-triage:", LEDGER)


def restore_ledger():
    os.rename(LEDGER + ".good", LEDGER)
    for end in ("-wal", "-shm"):
        if os.path.exists(LEDGER + ".good" + end):
            os.rename(LEDGER + ".good" + end, LEDGER + end)


def configure(line):
    os.rename(CONFIGURATION, CONFIGURATION + ".good")
    with open(CONFIGURATION + ".good") as good, open(CONFIGURATION, "w") as bad:
        bad.write(good.read() + line + "\n")


def restore_configuration():
    os.rename(CONFIGURATION + ".good", CONFIGURATION)


def close_hold():
    """A large message must go there; but it is root's."""
    configure("max_size = 65536")
    run("mkdir", "-p", HOLD)
    run("chown", "root:", HOLD)
    run("chmod", "700", HOLD)


def open_hold():
    restore_configuration()
    run("chown", "-R", "ndr-triage:", HOLD)


LARGE = "Content-Type: text/plain\n\n" + ("x" * 99 + "\n") * 700
HUGE = "Content-Type: text/plain\n\n" + ("x" * 799 + "\n") * 250000

FAULTS = [
    Fault("ledger-locked", 75, lock_ledger, unlock_ledger),
    Fault("ledger-read-only", 75, close_state, open_state),
    Fault("ledger-damaged", 75, damage_ledger, restore_ledger),
    Fault("disk-full", 75, fill_disk, empty_disk),
    Fault("ledger-newer", 75, lambda: set_schema(1000), lambda: set_schema(Schema.before)),
    Fault("key-missing", 75, lambda: os.rename(f"{STATE}/keys", f"{STATE}/keys.good"),
          lambda: os.rename(f"{STATE}/keys.good", f"{STATE}/keys")),
    Fault("configuration-broken", 75, lambda: configure("colour = red"), restore_configuration),
    Fault("hold-closed", 75, close_hold, open_hold, octets=LARGE),
    Fault("input-closed", 75, lambda: runs.disturb("exec <&-"), runs.leave_alone),
    Fault("program-missing", None, runs.remove_program, runs.restore_program),
    Fault("200-megabytes", 0, octets=HUGE),
    Fault("no-mail", 0, octets="\x01\x02\x03 \x80 no mail at all"),
    Fault("child-killed", 0, octets=runs.SLOW,
          during=lambda: runs.strike(signal.SIGKILL, parent=False)),
    Fault("child-hanging", 0, octets=runs.SLOW,
          during=lambda: runs.strike(signal.SIGSTOP, parent=False)),
    Fault("child-out-of-memory", 0, lambda: runs.disturb("ulimit -v 80000"), runs.leave_alone,
          octets=runs.SLOW),
    Fault("killed", 137, octets=runs.SLOW,
          during=lambda: runs.strike(signal.SIGKILL, parent=True)),
    Fault("terminated", 75, octets=runs.SLOW,
          during=lambda: runs.strike(signal.SIGTERM, parent=True)),
    Fault("crashed", 75, octets=runs.SLOW,
          during=lambda: runs.strike(signal.SIGSEGV, parent=True)),
]
CRASHES = ("killed", "terminated", "crashed", "program-missing")


# ---- the questions -----------------------------------------------------------------------------

class Messages:
    count = 0

    @classmethod
    def next(cls, rest=None):
        """A report with a Message-ID of its own, or a head for these words."""
        cls.count += 1
        message_id = f"<{cls.count}@mx.example.net>"
        if rest is None:
            return report_about(f"abuse@a{cls.count}.example.net", message_id).encode()
        return (f"From: MAILER-DAEMON@mx.example.net\nTo: complaints@example.org\n"
                f"Message-ID: {message_id}\nSubject: Message {cls.count}\nMIME-Version: 1.0\n"
                + rest).encode("latin-1")


def start_anew(caller):
    runs.forget_runs()
    caller.forget()
    run("rm", "-rf", LEDGER, LEDGER + "-wal", LEDGER + "-shm", HOLD)
    # A ledger with a token in it, so that the key is missed.
    run("cp", "-a", f"{STATE}/first-ledger", LEDGER)


def check_runs(caller, fault, expected):
    found = runs.ended_runs()
    check(bool(found) == (expected is not None),
          f"{caller.name}: {fault.name}: the program was run {len(found)} times")
    for one in found:
        what = f"{caller.name}: {fault.name}: {one}"
        check(one.status == expected, f"{what}\nexpected status {expected}")
        if one.status != 0 or not caller.filters:
            check(one.out == b"", f"{what}\nsomething is on standard output")
        check(all(line.startswith("ndr-triage: ") for line in one.err.splitlines()), what)
        check("no mail at all" not in one.err, f"{what}\nwords of the message are on standard error")


def expected_status(caller, fault):
    """With --copy what our house does wrong is no reason to defer: hold takes it."""
    in_hold = ("ledger-locked", "ledger-damaged", "ledger-newer", "key-missing",
               "configuration-broken")
    return 0 if caller.keeps_always and fault.name in in_hold else fault.status


def force(caller, fault, seen):
    start_anew(caller)
    octets = Messages.next(fault.octets)
    expected = expected_status(caller, fault)
    fault.make()
    if fault.during:
        striking = threading.Thread(target=fault.during)
        striking.start()
        caller.give(octets)
        striking.join()
    else:
        caller.give(octets)
    check_runs(caller, fault, expected)
    if expected != 0:
        check(caller.kept() == 1, f"{caller.name}: {fault.name}: {caller.kept()} copies deferred")
        seen["on a crash" if fault.name in CRASHES else "on 75"].add(place(caller, False))
    fault.mend()
    places = f"ledger {replies()}, hold {held()}, caller {caller.kept()}"
    check(replies() + held() + caller.kept() > 0, f"{caller.name}: {fault.name}: lost: {places}")
    caller.try_again()
    ndr("act", user="ndr-triage")
    check(replies() == 1, f"{caller.name}: {fault.name}: counted {replies()} times")
    copies = caller.kept_in_the_end(expected)
    check(caller.kept() == copies,
          f"{caller.name}: {fault.name}: {caller.kept()} copies in the end, not {copies}")
    print(f"{caller.name}: {fault.name}: status {expected}; then {places}", flush=True)


def be_refused(caller, fault):
    try:
        caller.give(Messages.next(fault.octets))
    except smtplib.SMTPDataError as refusal:
        print(f"{caller.name}: {fault.name}: it refuses the message itself: {refusal}", flush=True)
    else:
        check(False, f"{caller.name}: {fault.name}: was not refused")


def be_well(caller, seen):
    """The contact's bounce, whose sender pretends to have been here: its token survives the caller,
    and its mark is ours."""
    start_anew(caller)
    caller.give(b"X-NDR-Triage-Outcome: acknowledged\n" + report_about(CONTACT).encode())
    check_runs(caller, Fault("well", 0), 0)
    check(replies() == 1 and held() == 0, f"{caller.name}: well: {replies()} in the ledger")
    check(trust() == "signed", f"{caller.name}: well: the bounce is {trust()}")
    copies = caller.kept_in_the_end(0)
    check(caller.kept() == copies, f"{caller.name}: well: {caller.kept()} copies, not {copies}")
    if caller.filters:
        check(messages_in(caller.failures()) == 1, f"{caller.name}: well: not filed by its mark")
    seen["on 0"].add(place(caller, True))
    print(f"{caller.name}: well: status 0, signed", flush=True)


def doctor_is_content(about):
    """It looked at what the caller was told, and found nothing wrong."""
    said = ndr("doctor")
    found = [line for line in said.splitlines() if f" {about}" in line]
    check(found and all(line.startswith("works ") for line in found), f"{about}: {said}")


def ask(caller):
    seen = {column: set() for column in COLUMNS}
    caller.set_up()
    be_well(caller, seen)
    doctor_is_content(caller.doctor)
    for fault in FAULTS:
        if fault.name in caller.refuses:
            be_refused(caller, fault)
        else:
            force(caller, fault, seen)
    check_row(caller.name, seen)


def set_up_ledger():
    """A complaint that was signed here."""
    ndr("complain", "--ip", "203.0.113.5", "--contact", CONTACT, user="ndr-triage")
    run("sqlite3", LEDGER, "PRAGMA wal_checkpoint(TRUNCATE)")
    run("cp", "-a", LEDGER, f"{STATE}/first-ledger")

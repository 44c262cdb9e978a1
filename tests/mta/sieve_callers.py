"""Dovecot's LMTP server as a caller of the program."""
import runs
from callers import Caller, recipient
from dovecot_site import give_by_lmtp, set_up_dovecot, stop_dovecot
from world import check, make_user, run, wait_for

SOCKET = "/run/lmtp"


class Sieve(Caller):
    """With deliver.sieve. The mailbox is on another disk than the ledger."""
    doctor = "Sieve: "
    keeps_always = True
    user, home = "ndr-triage", "/home/ndr-triage"

    def __init__(self, script):
        self.name, self.script = f"Sieve {script}", script
        self.maildir = f"{self.home}/Maildir"

    def set_up(self):
        make_user(self.user, self.home)
        run("install", "-d", "-o", self.user, "-m", "700", self.home)
        stop_dovecot()
        set_up_dovecot(SOCKET, self.script, self.user, self.home)

    def give(self, octets):
        code, words = give_by_lmtp(SOCKET, recipient(), octets)
        check(code == 250, f"{self.name}: {code} {words}")
        wait_for(runs.are_runs_over, f"{self.name}: the end of its runs")

    def try_again(self):
        for path in self.messages():
            with open(path, "rb") as message:
                run("ndr-triage", "replay", "-", stdin=message)

    def forget(self):
        run("rm", "-rf", self.maildir)


class VirtualSieve(Sieve):
    user, home = "vmail", "/home/vmail"


class RetryingSieve(Sieve):
    """`act` empties the retry folder."""
    keeps_always = False
    filters = True

    def try_again(self):
        pass

    def kept_in_the_end(self, status):
        return 1 if status == 0 else 0

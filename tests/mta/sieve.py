"""Dovecot's LMTP server with the scripts of sieve/, set up as they say. It cannot defer: what the
program does not take in is in the mailbox, or in the folder that `act` takes up."""
import os

import runs
from callers import Caller, ask, maildirs_below, recipient, set_up_ledger
from dovecot_site import give_by_lmtp, set_up_dovecot, stop_dovecot
from world import MailHost, check, make_user, run, serve, set_up_site, wait_for

SOCKET = "/run/lmtp"


class Sieve(Caller):
    """With deliver.sieve. The mailbox is on another disk than the ledger."""
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

    def messages(self):
        return [f"{path}/{part}/{name}" for path in maildirs_below(self.maildir)
                for part in ("new", "cur") for name in os.listdir(f"{path}/{part}")]

    def kept(self):
        return len(self.messages())

    def try_again(self):
        for path in self.messages():
            with open(path, "rb") as message:
                run("ndr-triage", "replay", "-", stdin=message)

    def failures(self):
        return f"{self.maildir}/.failures"

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


def main():
    serve({"later": {"MX": "mx.example.net"}, "mx": {"A": "127.0.0.2"}}, {})
    set_up_site(["allow_documentation = yes", "lookup = no", "relay = 127.0.0.2:25",
                 f"retry_folders = {Sieve.home}/Maildir/.ndr-retry"])
    set_up_ledger()
    wait_for(lambda: MailHost.letters, "the complaint at its contact")
    runs.stand_in()
    for caller in (Sieve("deliver"), RetryingSieve("filter"), RetryingSieve("outcome"),
                   VirtualSieve("virtual")):
        ask(caller)
    print("sieve: passed")


main()

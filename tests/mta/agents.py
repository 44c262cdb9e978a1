"""Delivery agents as callers of the program: procmail and maildrop."""
import os
import subprocess

from callers import Caller, recipient
from world import check, ndr, run

HOME = "/home/ndr-triage"  # the mailbox is on another disk than the ledger
SPOOL = "/var/mail/ndr-triage"  # where an agent puts what nobody told it to put elsewhere


def make_home():
    run("usermod", "--home", HOME, "ndr-triage")
    run("install", "-d", "-o", "ndr-triage", "-m", "700", HOME)
    run("chmod", "1777", os.path.dirname(SPOOL))


class Agent(Caller):
    """A delivery agent as local(8) starts it: what it ends with tells Postfix what to do, and 75
    is the only status other than 0 on which Postfix keeps the message."""
    command = []
    rules = ""  # where it reads what to do
    maildir = f"{HOME}/Maildir"

    def __init__(self, name, example, filters=False, keeps_always=False):
        self.name, self.example = name, example
        self.filters, self.keeps_always = filters, keeps_always
        self.queue = []

    def set_up(self):
        run("install", "-o", "ndr-triage", "-m", "600", f"/mnt/examples/{self.example}",
            f"{HOME}/{self.rules}")

    def give(self, octets):
        # local(8) puts these on top.
        top = f"From MAILER-DAEMON Mon Nov 23 12:00:00 2026\nReturn-Path: <>\n" \
              f"Delivered-To: {recipient()}\n".encode()
        self.bring(octets if octets.startswith(b"From ") else top + octets)

    def bring(self, octets):
        done = subprocess.run(self.command, input=octets, capture_output=True, user="ndr-triage",
                              group="ndr-triage", extra_groups=[], cwd=HOME, timeout=120,
                              env={"HOME": HOME, "LOGNAME": "ndr-triage", "USER": "ndr-triage",
                                   "SHELL": "/usr/sbin/nologin", "PATH": "/usr/bin:/bin",
                                   "RECIPIENT": recipient(), "SENDER": ""})
        check(done.returncode in (0, 75), f"{self.name} ends with {done.returncode}: "
              f"Postfix would bounce\n{done.stdout}{done.stderr}")
        if done.returncode == 75:
            self.queue.append(octets)

    def queued(self):
        return len(self.queue)

    def messages(self):
        check(not os.path.exists(SPOOL) or os.path.getsize(SPOOL) == 0,
              f"{self.name}: a message is in {SPOOL}")
        return super().messages()

    def try_again(self):
        again, self.queue = self.queue, []
        for octets in again:
            self.bring(octets)
        if self.keeps_always:  # nobody tries again: what was missed is in the mailbox
            ndr("replay", self.maildir, user="ndr-triage")

    def forget(self):
        self.queue = []
        run("rm", "-rf", self.maildir)
        for folder in ("", "/.failures"):
            for part in ("new", "cur", "tmp"):
                os.makedirs(f"{self.maildir}{folder}/{part}")
        run("chown", "-R", "ndr-triage:", self.maildir)


class Procmail(Agent):
    command = ["/usr/bin/procmail", "-t"]
    rules = ".procmailrc"
    doctor = "procmail: "


class Maildrop(Agent):
    command = ["/usr/bin/maildrop"]
    rules = ".mailfilter"
    doctor = "maildrop: "


def all_agents():
    return (Procmail("procmail :0w", "procmail/deliver.rc"),
            Procmail("procmail :0fw", "procmail/filter.rc", filters=True),
            Procmail("procmail :0cw", "procmail/copy.rc", keeps_always=True),
            Maildrop("maildrop to", "maildrop/deliver"),
            Maildrop("maildrop xfilter", "maildrop/filter", filters=True),
            Maildrop("maildrop cc", "maildrop/copy", keeps_always=True))

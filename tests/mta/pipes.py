"""Callers on a host with Postfix: pipe(8), |command in local(8), procmail and maildrop."""
import json
import os
import shutil
import smtplib
import subprocess

import runs
from callers import (CONTACT, Caller, ask, maildirs_below, messages_in, recipient, replies,
                     set_up_ledger, start_anew, trust)
from postfix_site import set_up_postfix
from world import MailHost, check, ndr, report_about, run, serve, set_up_site, wait_for

HOME = "/home/ndr-triage"  # the mailbox is on another disk than the ledger
MAILDIR = f"{HOME}/Maildir"
SPOOL = "/var/mail/ndr-triage"  # where an agent puts what nobody told it to put elsewhere


class Postfix(Caller):
    def give(self, octets):
        with smtplib.SMTP("127.0.0.1", 25, source_address=("127.0.0.2", 0)) as smtp:
            smtp.sendmail("", [recipient()], octets)
        wait_for(self.is_done, f"{self.name}: a delivery or a deferral")

    def queue(self):
        return [json.loads(line)["queue_name"] for line in run("postqueue", "-j").splitlines()]

    def is_done(self):
        return all(name == "deferred" for name in self.queue()) and runs.are_runs_over()

    def kept(self):
        return len(self.queue())

    def try_again(self):
        run("postqueue", "-f")
        wait_for(lambda: not self.queue() and runs.are_runs_over(), f"{self.name}: an empty queue")

    def forget(self):
        run("postsuper", "-d", "ALL")


class PostfixPipe(Postfix):
    """As examples/postfix/master.cf has it."""
    name = "Postfix pipe(8)"


class PostfixCommand(Postfix):
    """As examples/postfix/command.aliases has it."""
    name = "Postfix |command"

    def set_up(self):
        shutil.copy("/mnt/examples/postfix/command.aliases", "/etc/aliases")
        run("install", "-o", "ndr-triage", "-m", "644", "/mnt/examples/postfix/command.include",
            "/etc/postfix/ndr-triage.include")
        run("newaliases")
        run("postconf", "transport_maps =", "allow_mail_to_commands = alias, forward, include")
        run("postfix", "reload")


class Agent(Caller):
    """A delivery agent as local(8) starts it: what it ends with tells Postfix what to do, and 75
    is the only status other than 0 on which Postfix keeps the message."""
    command = []
    rules = ""  # where it reads what to do

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

    def kept(self):
        check(not os.path.exists(SPOOL) or os.path.getsize(SPOOL) == 0,
              f"{self.name}: a message is in {SPOOL}")
        return len(self.queue) + sum(messages_in(path) for path in maildirs_below(MAILDIR))

    def try_again(self):
        again, self.queue = self.queue, []
        for octets in again:
            self.bring(octets)
        if self.keeps_always:  # nobody tries again: what was missed is in the mailbox
            ndr("replay", MAILDIR, user="ndr-triage")

    def failures(self):
        return f"{MAILDIR}/.failures"

    def forget(self):
        self.queue = []
        run("rm", "-rf", MAILDIR)
        for folder in ("", "/.failures"):
            for part in ("new", "cur", "tmp"):
                os.makedirs(f"{MAILDIR}{folder}/{part}")
        run("chown", "-R", "ndr-triage:", MAILDIR)


class Procmail(Agent):
    command = ["/usr/bin/procmail", "-t"]
    rules = ".procmailrc"


class Maildrop(Agent):
    command = ["/usr/bin/maildrop"]
    rules = ".mailfilter"


def one_bounce_by_every_way_is_one_reply(callers):
    """From a file alone it is not proven; the first caller that knows its recipient proves it, and
    nothing that comes later takes that away."""
    start_anew(callers[0])
    bounce = report_about(CONTACT, "<everywhere@mx.example.net>").encode()
    with open("/tmp/bounce.eml", "wb") as file:
        file.write(bounce)
    ndr("replay", "/tmp/bounce.eml", user="ndr-triage")
    seen = [trust()]
    for caller in callers:
        caller.set_up()
        caller.give(bounce)
        seen.append(trust())
        check(replies() == 1, f"{caller.name}: the same bounce is counted {replies()} times")
    ndr("replay", "/tmp/bounce.eml", user="ndr-triage")
    seen.append(trust())
    check(seen == ["unknown"] + ["signed"] * (len(callers) + 1), f"trust, one by one: {seen}")
    print("one bounce by every way is one reply, signed", flush=True)


def main():
    serve({"later": {"MX": "mx.example.net"}, "mx": {"A": "127.0.0.2"}}, {})
    set_up_site(["allow_documentation = yes", "lookup = no"])
    set_up_postfix("message_size_limit = 300000000", "mailbox_size_limit = 0")
    run("usermod", "--home", HOME, "ndr-triage")
    run("install", "-d", "-o", "ndr-triage", "-m", "700", HOME)
    run("chmod", "1777", os.path.dirname(SPOOL))
    set_up_ledger()
    wait_for(lambda: MailHost.letters, "the complaint at its contact")
    runs.stand_in()
    callers = (PostfixPipe(), PostfixCommand(),
               Procmail("procmail :0w", "procmail/deliver.rc"),
               Procmail("procmail :0fw", "procmail/filter.rc", filters=True),
               Procmail("procmail :0cw", "procmail/copy.rc", keeps_always=True),
               Maildrop("maildrop to", "maildrop/deliver"),
               Maildrop("maildrop xfilter", "maildrop/filter", filters=True),
               Maildrop("maildrop cc", "maildrop/copy", keeps_always=True))
    for caller in callers:
        ask(caller)
    one_bounce_by_every_way_is_one_reply(callers[1:])
    print("pipes: passed")


main()

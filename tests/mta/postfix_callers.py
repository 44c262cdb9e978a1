"""Postfix as a caller of the program."""
import json
import shutil
import smtplib

import runs
from callers import Caller, recipient
from world import run, wait_for


class Postfix(Caller):
    def give(self, octets):
        with smtplib.SMTP("127.0.0.1", 25, source_address=("127.0.0.2", 0)) as smtp:
            smtp.sendmail("", [recipient()], octets)
        wait_for(self.is_done, f"{self.name}: a delivery or a deferral")

    def queue(self):
        """In which of Postfix's queues each message is."""
        return [json.loads(line)["queue_name"] for line in run("postqueue", "-j").splitlines()]

    def is_done(self):
        return all(name == "deferred" for name in self.queue()) and runs.are_runs_over()

    def queued(self):
        return len(self.queue())

    def try_again(self):
        run("postqueue", "-f")
        wait_for(lambda: not self.queue() and runs.are_runs_over(), f"{self.name}: an empty queue")

    def forget(self):
        run("postsuper", "-d", "ALL")


class PostfixPipe(Postfix):
    """As examples/postfix/master.cf has it."""
    name = "Postfix pipe(8)"
    doctor = "Postfix: service ndr-triage"


class PostfixCommand(Postfix):
    """As examples/postfix/command.aliases has it."""
    name = "Postfix |command"
    doctor = "Postfix: "

    def set_up(self):
        shutil.copy("/mnt/examples/postfix/command.aliases", "/etc/aliases")
        run("install", "-o", "ndr-triage", "-m", "644", "/mnt/examples/postfix/command.include",
            "/etc/postfix/ndr-triage.include")
        run("newaliases")
        run("postconf", "transport_maps =", "allow_mail_to_commands = alias, forward, include")
        run("postfix", "reload")

"""A real OpenSMTPD, set up as examples/opensmtpd says: every fault, and its own bounce of a
complaint, which comes from outside and settles."""
import smtplib
import socket

import runs
from callers import Caller, ask, recipient, set_up_ledger, start_anew
from complaints import ANSWERS, ZONE, own_bounces_settle
from world import MailHost, make_empty, make_user, run, serve, set_up_site, wait_for

SITE_BEFORE = """listen on lo port 25
smtp max-message-size 300M
table aliases file:/etc/aliases
action "outbound" relay
"""
SITE_AFTER = """match from local for any action "outbound"
"""


def set_up_opensmtpd():
    """What the package does when it is installed, the site's own settings around the example."""
    for name in ("opensmtpd", "opensmtpq"):
        make_user(name, "/var/lib/opensmtpd/empty")
    make_empty("/var/spool")
    run("install", "-d", "-m", "711", "/var/spool/smtpd", "/var/lib/opensmtpd/empty")
    open("/etc/aliases", "w").write("")
    open("/etc/mailname", "w").write("mx.example.org\n")
    example = open("/mnt/examples/opensmtpd/smtpd.conf").read()
    open("/etc/smtpd.conf", "w").write(SITE_BEFORE + example + SITE_AFTER)
    run("chgrp", "opensmtpq", "/usr/sbin/smtpctl")
    run("chmod", "g+s", "/usr/sbin/smtpctl")
    run("smtpd", "-n")
    run("ip", "address", "add", "192.0.2.1/32", "dev", "lo")  # asks for no host's address without one
    run("sh", "-c", "smtpd -dv >/var/log/mail.log 2>&1 &")
    wait_for(is_listening, "OpenSMTPD")


def is_listening():
    try:
        socket.create_connection(("127.0.0.1", 25)).close()
    except ConnectionRefusedError:
        return False
    return True


class OpenSmtpd(Caller):
    name = "OpenSMTPD mda"
    doctor = "OpenSMTPD: action ndr-triage"
    refuses = ("no-mail",)

    def give(self, octets):
        with smtplib.SMTP("127.0.0.1", 25, source_address=("127.0.0.2", 0)) as smtp:
            smtp.sendmail("", [recipient()], octets)
        wait_for(self.is_done, f"{self.name}: a delivery or a deferral")

    def queue(self):
        """The fields of each envelope: how often it was tried is the 11th, the 12th whether it waits."""
        return [line.split("|") for line in run("smtpctl", "show", "queue").splitlines()]

    def is_done(self):
        return runs.are_runs_over() and all(row[10] != "0" and row[11] == "pending" for row in self.queue())

    def queued(self):
        return len(self.queue())

    def try_again(self):
        run("smtpctl", "schedule", "all")
        wait_for(lambda: not self.queue() and runs.are_runs_over(), f"{self.name}: an empty queue")

    def forget(self):
        for row in self.queue():
            run("smtpctl", "remove", row[0])


def main():
    serve(ZONE, ANSWERS)
    set_up_site(["allow_documentation = yes", "lookup = no"])
    set_up_opensmtpd()
    caller = OpenSmtpd()
    set_up_ledger()
    wait_for(lambda: MailHost.letters, "the complaint at its contact")
    runs.stand_in()
    ask(caller)
    start_anew(caller)
    own_bounces_settle(caller.name)
    print("opensmtpd: passed")


main()

"""Two instances of the program, each the other's reader and behind its postmaster, on a real
Postfix: what they write to each other comes to an end, and so does a notice that bounces."""
import os
import re
import smtplib

from postfix_site import set_up_postfix
from world import CONFIGURATION, STATE, check, ndr, run, set_up_site, wait_for

NETWORKS = "/mnt/examples/networks"
BOUNCE = ("signed", "recipient-unknown")


class Instance:
    """Has a ledger and keys of its own, and takes the mail of complaints@DOMAIN; who reads what
    people write to it is `other`."""
    def __init__(self, domain, other):
        self.domain, self.address = domain, f"complaints@{domain}"
        self.state, self.configuration = f"{STATE}/{domain}", f"/etc/ndr-triage/{domain}.conf"
        with open(CONFIGURATION) as common, open(self.configuration, "w") as to:
            to.write(common.read().replace("\naddress = complaints@example.org\n", f"""
address = {self.address}
ledger = {self.state}/ledger.sqlite3
answers = complaints@{other}
"""))
        run("install", "-d", "-o", "ndr-triage", "-g", "ndr-triage", "-m", "700", self.state)
        for address in ("198.51.100.23", "203.0.113.77"):
            self.ndr("networks", "import", f"{NETWORKS}/{address}.txt")

    def ndr(self, *words):
        return ndr("--config", self.configuration, *words)

    def ask(self, question):
        """What the ledger says, in SQL; a tuple a row."""
        said = run("sqlite3", "-cmd", ".timeout 10000", f"{self.state}/ledger.sqlite3", question,
                   user="ndr-triage")
        return [tuple(line.split("|")) for line in said.splitlines()]

    def take_mail(self):
        """By a service of its own, the one of examples/postfix but for the configuration."""
        with open("/mnt/examples/postfix/master.cf") as example:
            service = example.read()
        for old, new in (("\nndr-triage unix", f"\n{self.domain} unix"),
                         (" deliver ", f" --config={self.configuration} deliver ")):
            check(service.count(old) == 1, f"examples/postfix/master.cf: not one '{old}'")
            service = service.replace(old, new)
        with open("/etc/postfix/master.cf", "a") as to:
            to.write("\n" + service)

    def complain(self, address, contact):
        said = self.ndr("complain", "--ip", address, contact)
        return int(re.search(r"sent as complaint (\d+)", said)[1])

    def replies(self):
        return self.ask("SELECT trust, outcome, born_here, sender, ifnull(complaint, '') "
                        "FROM reply ORDER BY id")

    def notices(self):
        """{domain of the postmaster: state}"""
        return dict(self.ask("SELECT target, state FROM follow_up WHERE kind = 'notice'"))


def log():
    return open("/var/log/mail.log").read() if os.path.exists("/var/log/mail.log") else ""


def letters():
    """How many Postfix took so far."""
    return log().count(": message-id=<")


def come_to_rest():
    """Every letter that Postfix took has left its queue, and so has what it wrote itself."""
    def is_at_rest():
        return ("Mail queue is empty" in run("postqueue", "-p")
                and letters() == log().count(": removed\n"))
    wait_for(is_at_rest, "an empty queue")


def be_bounced(instance, address, domain):
    """A complaint to abuse@ that domain, which nobody has: the notice becomes due."""
    before = len(instance.replies())
    complaint = instance.complain(address, f"abuse@{domain}")
    wait_for(lambda: len(instance.replies()) > before, "the bounce of the complaint")
    come_to_rest()
    found = instance.replies()[before:]
    check([row[:3] + row[4:] for row in found] == [(*BOUNCE, "1", str(complaint))],
          f"{instance.domain}: the bounce of the complaint: {found}")
    check(instance.notices()[domain] == "due", f"{instance.domain}: {instance.notices()}")


def somebody_writes_to(instance):
    """What nobody but a person understands, so it is passed on."""
    before = len(instance.replies())
    with smtplib.SMTP("127.0.0.1", 25) as smtp:
        smtp.sendmail("reader@c.example", [instance.address], f"""From: reader@c.example
To: {instance.address}
Subject: A walk
Message-ID: <walk@{instance.domain}>

Shall we meet at the old bridge?
""")
    wait_for(lambda: len(instance.replies()) > before, "what somebody wrote")
    come_to_rest()


def act_in_turn(instances, rounds):
    """After each round: how many letters Postfix took since, and the replies of each."""
    began, found = letters(), []
    for _ in range(rounds):
        for instance in instances:
            instance.ndr("act")
            come_to_rest()
        found.append((letters() - began, *(len(one.replies()) for one in instances)))
    return found


def one_notice_each_and_then_silence(first, second):
    """Four letters: of each a notice, and what somebody wrote, passed on."""
    be_bounced(first, "198.51.100.23", second.domain)
    be_bounced(second, "198.51.100.23", first.domain)
    somebody_writes_to(first)
    somebody_writes_to(second)
    found = act_in_turn((first, second), 5)
    check(found == [(4, 4, 4)] * 5, f"letters, and replies of each, round by round: {found}")
    for instance, other in ((first, second), (second, first)):
        check(instance.notices() == {other.domain: "done"}, f"{instance.notices()}")
        check(log().count(f"orig_to=<postmaster@{instance.domain}>, ") == 1, "not one notice")
        # The bounce, what somebody wrote, and of the other a notice and what it passed on.
        senders = sorted(row[3] for row in instance.replies())
        check(senders == sorted(["MAILER-DAEMON@example.org", "reader@c.example"]
                                + [other.address] * 2), f"{instance.domain}: {senders}")
        for trust, _, born_here, sender, complaint in instance.replies():
            check(sender != other.address or (trust, born_here, complaint) == ("unknown", "0", ""),
                  f"{instance.domain} believes {other.address}: {instance.replies()}")
    print(f"letters, and replies of each, round by round: {found}", flush=True)


def bounce_of_a_notice_ends_the_chain(first, second):
    """Two letters: the notice, and its bounce."""
    be_bounced(first, "203.0.113.77", "c.example")
    before = len(first.replies()), len(second.replies())
    found = act_in_turn((first, second), 3)
    check(found == [(2, before[0] + 1, before[1])] * 3,
          f"letters, and replies of each, round by round: {found}, before {before}")
    check(first.notices() == {second.domain: "done", "c.example": "done"}, f"{first.notices()}")
    check(log().count("to=<postmaster@c.example>, ") == 1, "not one notice to c.example")
    known = first.ask("SELECT trust, trust_reason, outcome, born_here, ifnull(complaint, '') "
                      "FROM reply ORDER BY id DESC LIMIT 1")
    check(known == [("unknown", "it answers our notice about abuse@c.example", "recipient-unknown",
                     "1", "")], f"the bounce of the notice: {known}")
    print(f"the notice came back, and nothing followed: {found}", flush=True)


def main():
    set_up_site(["allow_documentation = yes", "lookup = no", "enforce = notice"])
    first, second = Instance("a.example", "b.example"), Instance("b.example", "a.example")
    # As from another host, a letter to an unknown mailbox is not refused, but bounces.
    set_up_postfix(
        "smtpd_reject_unlisted_recipient = no",  "virtual_mailbox_base = /var/mail",
        "virtual_mailbox_domains = a.example, b.example, c.example",
        "virtual_mailbox_maps = inline:{ complaints@a.example=a, complaints@b.example=b }",
        "virtual_alias_maps = inline:{ postmaster@a.example=complaints@a.example, "
        "postmaster@b.example=complaints@b.example }")
    for instance in (first, second):
        instance.take_mail()
    run("postconf", "transport_maps = inline:{ complaints@a.example=a.example:, "
        "complaints@b.example=b.example: }")
    run("postfix", "reload")
    one_notice_each_and_then_silence(first, second)
    bounce_of_a_notice_ends_the_chain(first, second)
    print("two instances: passed")


main()

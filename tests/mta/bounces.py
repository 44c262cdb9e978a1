"""Bounces that Postfix itself makes of our complaints, for everything that can go wrong: each comes
back, is proven and born here, means what it says, and leads to what the policy says."""
import os
import smtplib
import socketserver

from complaints import ALL, ask, attackers, complain, contact_of, due, letter_to, replies_to
from postfix_site import set_up_postfix
from world import STATE, MailHost, Servers, check, run, serve, set_up_site, start, wait_for

FULL, NOTHING = {"block"}, set()
LOST = {"report"}  # the block waits until `act` itself has asked the mail host
TAKES = {"MX": "mx.example.net"}
ZONE = {"mx": {"A": "127.0.0.2"}, "refused": {"A": "127.0.0.3"}, "silent": {"A": "127.0.0.4"},
        "servfail": None, "null": {"MX": ""}, "loop": {"A": "127.0.0.1"}, "team": TAKES}
# What the contact's mail host says to RCPT, and to the message; by the label of the contact's domain.
ANSWERS = {"unknown": "550 5.1.1 User unknown",
           "plain": "550 Requested action not taken: mailbox unavailable",
           "full": "552 5.2.2 Mailbox full",
           "overquota": "452 4.2.2 Over quota",
           "disabled": "550 5.2.1 This account has been disabled",
           "hangup": None,
           "greylisted": "451 4.7.1 Greylisted, please try again later",
           "blocked": "550 5.7.1 Rejected: your host is on our blocklist"}
VERDICTS = {"dropped": None,
            "policy": "554 5.7.1 Message rejected as spam",
            "size": "552 5.3.4 Message size exceeds fixed limit"}
# What each means, and what follows at once.
CASES = {"unknown": ("recipient-unknown", ALL), "plain": ("recipient-unknown", ALL),
         "disabled": ("recipient-unknown", ALL),
         "full": ("mailbox-full", FULL), "overquota": ("mailbox-full", FULL),
         "refused": ("lost-connection", LOST), "hangup": ("lost-connection", LOST),
         "dropped": ("lost-connection", LOST), "silent": ("lost-connection", LOST),
         "nowhere": ("lost-connection", LOST), "servfail": ("lost-connection", LOST),
         "null": ("lost-connection", LOST), "loop": ("lost-connection", LOST),
         "policy": ("refused", NOTHING), "blocked": ("refused", NOTHING),
         "size": ("refused", NOTHING), "greylisted": ("refused", NOTHING)}


class Silent(socketserver.StreamRequestHandler):
    """Takes the connection and says nothing."""
    def handle(self):
        self.rfile.read()


def start_anew():
    """With an empty ledger: no contact is known dead, no outage of ours in sight. An attacker."""
    for end in ("", "-wal", "-shm"):
        if os.path.exists(f"{STATE}/ledger.sqlite3{end}"):
            os.remove(f"{STATE}/ledger.sqlite3{end}")
    return next(attackers())


def be_answered(label, outcome, follow_ups):
    """The number of the complaint."""
    address = start_anew()
    contact = contact_of(label, address)
    complaint = complain(address, contact)
    wait_for(lambda: replies_to(complaint), f"{label}: the bounce")
    found = replies_to(complaint)
    check(found == {contact: ("signed", "1", outcome)}, f"{label}: {found} is not {outcome}")
    check(due(complaint) == follow_ups, f"{label}: due: {due(complaint)}, not {follow_ups}")
    print(f"{label}: signed, born here, {outcome}; due: {' '.join(sorted(follow_ups)) or 'nothing'}",
          flush=True)
    return complaint


def headers_alone_are_enough():
    """Of a message larger than bounce_size_limit Postfix returns no more."""
    run("postconf", "bounce_size_limit = 500")
    run("postfix", "reload")
    complaint = be_answered("unknown", *CASES["unknown"])
    bounce = ask("SELECT CAST(octets AS TEXT) FROM message JOIN reply ON message.reply = reply.id "
                 f"WHERE complaint = {complaint}")
    check("Content-Type: text/rfc822-headers" in bounce, f"not the headers alone: {bounce}")
    print("headers alone: the same", flush=True)


def a_warning_comes_before_the_failure():
    """Both with the same token; nothing follows from the first."""
    run("postconf", "maximal_queue_lifetime = 1d", "delay_warning_time = 1s", "queue_run_delay = 1s",
        "minimal_backoff_time = 1s", "maximal_backoff_time = 1s")
    run("postfix", "reload")
    address = start_anew()
    complaint = complain(address, contact_of("overquota", address))
    outcomes = f"SELECT outcome FROM reply WHERE complaint = {complaint} ORDER BY id"
    wait_for(lambda: ask(outcomes).split(), "the warning")
    check(ask(outcomes).split() == ["delayed"], f"first came {ask(outcomes)}")
    check(due(complaint) == NOTHING, f"due after a warning: {due(complaint)}")
    run("postconf", "maximal_queue_lifetime = 0")
    run("postfix", "reload")
    run("postqueue", "-f")
    wait_for(lambda: len(ask(outcomes).split()) == 2, "the failure")
    check(ask(outcomes).split()[1] == "mailbox-full", f"then came {ask(outcomes)}")
    check(due(complaint) == FULL, f"due after the failure: {due(complaint)}")
    print("delayed: a warning, then mailbox-full", flush=True)


def members_of_an_alias_are_not_the_contact():
    """Our own Postfix knows the contact as an alias of two: one bounce, two recipients."""
    address = start_anew()
    contact = contact_of("team", address)
    members = {contact_of(label, address): ("matched", "1", CASES[label][0])
               for label in ("unknown", "full")}
    run("postconf", f"virtual_alias_maps = inline:{{ {{ {contact} = {', '.join(members)} }} }}")
    run("postfix", "reload")
    complaint = complain(address, contact)
    wait_for(lambda: len(replies_to(complaint)) == 2, "the bounce of both members")
    found = replies_to(complaint)
    check(found == members, f"{found} is not {members}")
    check(due(complaint) == NOTHING, f"due for members: {due(complaint)}")
    print("alias: one bounce of two members, matched; due: nothing", flush=True)


def an_address_in_utf8_is_not_the_contact():
    """Somebody sends to it in the name of the complaint: Postfix bounces in UTF-8 (RFC 6533)."""
    address = start_anew()
    contact, earlier = contact_of("later", address), len(MailHost.letters)
    complaint = complain(address, contact)
    sender, _ = letter_to(contact, earlier)
    with smtplib.SMTP("127.0.0.1", 25) as smtp:
        smtp.ehlo()
        smtp.mail(sender, ["SMTPUTF8"])
        smtp.rcpt("josé@nowhere.example.net")
        smtp.data("From: x@example.net\r\n\r\nx\r\n")
    wait_for(lambda: replies_to(complaint), "the bounce in UTF-8")
    found = replies_to(complaint)
    check(found == {"josé@nowhere.example.net": ("matched", "1", "lost-connection")}, f"{found}")
    check(due(complaint) == NOTHING, f"due for another recipient: {due(complaint)}")
    print("SMTPUTF8: matched; due: nothing", flush=True)


def main():
    for label in list(ANSWERS) + list(VERDICTS) + ["later"]:
        ZONE[label] = TAKES
    MailHost.verdicts = VERDICTS
    serve(ZONE, ANSWERS)
    start(Servers(("127.0.0.4", 25), Silent))
    set_up_site(["allow_documentation = yes", "lookup = no"])
    set_up_postfix("maximal_queue_lifetime = 0", "bounce_queue_lifetime = 0",
                   "smtp_helo_timeout = 2s", "smtp_host_lookup = dns")
    for label, (outcome, follow_ups) in CASES.items():
        be_answered(label, outcome, follow_ups)
    headers_alone_are_enough()
    a_warning_comes_before_the_failure()
    members_of_an_alias_are_not_the_contact()
    an_address_in_utf8_is_not_the_contact()
    print("bounces: passed")


main()

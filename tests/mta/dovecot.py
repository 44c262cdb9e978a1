"""Contacts whose mailboxes are Dovecot's: one is over its quota, the owner of another is away, and
Dovecot itself says so."""
import os

from complaints import ask, attackers, complain, contact_of, due, replies_to
from postfix_site import set_up_postfix
from world import check, make_user, run, serve, set_up_site, wait_for

HOME = "/home/vmail"
CONFIGURATION = f"""
protocols = lmtp
ssl = no
log_path = /var/log/dovecot.log
mail_location = maildir:~/Maildir
first_valid_uid = 1
postmaster_address = postmaster@example.net
hostname = mx.example.net
submission_host = 127.0.0.1:25
passdb {{
  driver = static
}}
userdb {{
  driver = static
  args = uid=vmail gid=vmail home={HOME}/%u allow_all_users=yes
}}
service lmtp {{
  unix_listener /var/spool/postfix/private/dovecot-lmtp {{
    mode = 0666
  }}
}}
protocol lmtp {{
  mail_plugins = quota sieve
}}
plugin {{
  quota = maildir:User quota
  quota_rule = *:messages=1
  quota_grace = 0
  sieve = file:~/script.sieve
}}
"""
VACATION = """require "vacation";
vacation "I am away until the first of December and read no mail.";
"""


def set_up_dovecot(contact):
    """The mailbox of `contact` has all the mail that it may have."""
    for name in ("dovecot", "dovenull", "vmail"):
        make_user(name, HOME)
    os.makedirs("/etc/dovecot", exist_ok=True)
    open("/etc/dovecot/dovecot.conf", "w").write(CONFIGURATION)
    for part in ("new", "cur", "tmp"):
        os.makedirs(f"{HOME}/{contact}/Maildir/{part}")
    open(f"{HOME}/{contact}/Maildir/cur/1:2,S", "w").write("From: x@example.net\n\nx\n")
    run("chown", "-R", "vmail:", HOME)
    run("sh", "-c", "dovecot >/dev/null 2>&1")  # it keeps what it is given open


def full_mailbox_is_full(address, contact):
    complaint = complain(address, contact)
    wait_for(lambda: replies_to(complaint), "the bounce of the full mailbox")
    check(replies_to(complaint) == {contact: ("signed", "1", "mailbox-full")},
          f"{replies_to(complaint)}")
    check(due(complaint) == {"block"}, f"due: {due(complaint)}")
    print("Dovecot: quota exceeded: signed, mailbox-full", flush=True)


def vacation_acknowledges(address):
    """Dovecot sends it, so it comes from outside."""
    contact = contact_of("away", address)
    os.makedirs(f"{HOME}/{contact}")
    open(f"{HOME}/{contact}/script.sieve", "w").write(VACATION)
    run("chown", "-R", "vmail:", f"{HOME}/{contact}")
    complaint = complain(address, contact)
    answers = ("SELECT trust, born_here, outcome, acknowledgement FROM reply "
               f"WHERE complaint = {complaint}")
    wait_for(lambda: ask(answers), "the notice of who is away")
    check(ask(answers).split() == ["signed", "0", "acknowledged", "vacation"], ask(answers))
    check(due(complaint, 24 * 8) == set(), f"due: {due(complaint, 24 * 8)}")
    print("Dovecot: vacation: signed, acknowledged", flush=True)


def main():
    serve({}, {})
    set_up_site(["allow_documentation = yes", "lookup = no"])
    set_up_postfix("relay_domains = regexp:/etc/postfix/contacts", "relay_transport = "
                   "lmtp:unix:private/dovecot-lmtp")
    open("/etc/postfix/contacts", "w").write(r"/\.example\.net$/ yes" + "\n")
    run("postfix", "reload")
    addresses = attackers()
    address = next(addresses)
    contact = contact_of("full", address)
    set_up_dovecot(contact)
    full_mailbox_is_full(address, contact)
    vacation_acknowledges(next(addresses))
    print("dovecot: passed")


main()

"""Contacts on a mail host of their own, whose mailboxes are Dovecot's: one is over its quota, the
owner of another is away. What that host writes comes from outside, and settles."""
import os

from complaints import (attackers, complain, contact_of, due, replies_to,
                        vacation_acknowledges)
from contact_host import set_up_contact_host
from postfix_site import set_up_postfix
from world import check, make_user, run, serve_dns, set_up_site, wait_for

HOME = "/home/vmail"
LMTP = "/run/contact-lmtp"
CONFIGURATION = f"""
protocols = lmtp
ssl = no
log_path = /var/log/dovecot.log
mail_location = maildir:~/Maildir
first_valid_uid = 1
postmaster_address = postmaster@example.net
hostname = mx.example.net
submission_host = 127.0.0.2:25
passdb {{
  driver = static
}}
userdb {{
  driver = static
  args = uid=vmail gid=vmail home={HOME}/%u allow_all_users=yes
}}
service lmtp {{
  unix_listener {LMTP} {{
    mode = 0666
  }}
}}
protocol lmtp {{
  mail_plugins = quota sieve
}}
protocol lda {{
  mail_plugins = quota
  log_path = /tmp/dovecot-lda.log
}}
service stats {{
  unix_listener stats-writer {{
    user = vmail
  }}
}}
service auth {{
  unix_listener auth-userdb {{
    user = vmail
  }}
}}
plugin {{
  quota = maildir:User quota
  quota_rule = *:messages=1
  quota_grace = 0
  sieve = file:~/script.sieve
}}
"""
# dovecot-lda gets no word back to the sender but by a letter: it writes the rejection itself.
LDA = """dovecot-lda unix - n n - - pipe
  flags=Rhu user=vmail argv=/usr/lib/dovecot/dovecot-lda -f ${sender} -d ${recipient}
"""
VACATION = """require "vacation";
vacation "I am away until the first of December and read no mail.";
"""


def set_up_dovecot():
    for name in ("dovecot", "dovenull", "vmail"):
        make_user(name, HOME)
    os.makedirs("/etc/dovecot", exist_ok=True)
    open("/etc/dovecot/dovecot.conf", "w").write(CONFIGURATION)
    os.makedirs(HOME)
    run("chown", "vmail:", HOME)
    run("sh", "-c", "dovecot >/dev/null 2>&1")  # it keeps what it is given open


def fill(contact):
    """Its mailbox has all the mail that it may have."""
    for part in ("new", "cur", "tmp"):
        os.makedirs(f"{HOME}/{contact}/Maildir/{part}")
    open(f"{HOME}/{contact}/Maildir/cur/1:2,S", "w").write("From: x@example.net\n\nx\n")
    run("chown", "-R", "vmail:", f"{HOME}/{contact}")


def full_mailbox_is_full(how, label, address):
    contact = contact_of(label, address)
    fill(contact)
    complaint = complain(address, contact)
    wait_for(lambda: replies_to(complaint), f"{how}: the bounce of the full mailbox")
    check(replies_to(complaint) == {contact: ("signed", "0", "mailbox-full")},
          f"{how}: {replies_to(complaint)}")
    check(due(complaint) == set(), f"{how}: due at once: {due(complaint)}")
    check(due(complaint, 25) == {"block"}, f"{how}: due: {due(complaint, 25)}")
    print(f"{how}: quota exceeded: signed, mailbox-full, and settles", flush=True)


def go_away(contact):
    """Its owner's vacation script answers."""
    os.makedirs(f"{HOME}/{contact}")
    open(f"{HOME}/{contact}/script.sieve", "w").write(VACATION)
    run("chown", "-R", "vmail:", f"{HOME}/{contact}")


def main():
    serve_dns({"example": {"MX": "here.example.org"}, "here": {"A": "127.0.0.1"},
               "mx": {"A": "127.0.0.2"}, "*": {"MX": "mx.example.net"}})
    set_up_site(["allow_documentation = yes", "lookup = no"])
    set_up_postfix()
    with open("/etc/postfix/contacts", "w") as contacts:
        contacts.write(r"/\.example\.net$/ yes" + "\n")
    with open("/etc/postfix/contacts-transport", "w") as transport:
        transport.write(r"/@lda\..*\.example\.net$/ dovecot-lda:" + "\n")
    set_up_contact_host("relay_domains = regexp:/etc/postfix/contacts",
                        f"relay_transport = lmtp:unix:{LMTP}",
                        "transport_maps = regexp:/etc/postfix/contacts-transport",
                        "dovecot-lda_destination_recipient_limit = 1", services=LDA)
    set_up_dovecot()
    addresses = attackers()
    full_mailbox_is_full("Dovecot LMTP", "full", next(addresses))
    full_mailbox_is_full("dovecot-lda", "lda", next(addresses))
    address = next(addresses)
    contact = contact_of("away", address)
    go_away(contact)
    vacation_acknowledges("Dovecot", contact, address)
    print("dovecot: passed")


main()

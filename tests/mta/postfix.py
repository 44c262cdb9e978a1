"""A real Postfix, set up as examples/postfix says: complaints leave by it; its own bounces, those
of other hosts, and forged ones come back through pipe(8)."""
import re
import smtplib

from complaints import (ALL, ask, attackers, complain, contact_of, count_of_replies, due, letter_to,
                        replies_to)
from dovecot_site import set_up_dovecot
from postfix_site import set_up_postfix
from world import (CONFIGURATION, STATE, MailHost, check, ndr, report_about, run, serve,
                   set_up_site, wait_for)

# By the first label of a contact's domain.
ZONE = {"unknown": {"MX": "mx.example.net"}, "full": {"MX": "mx.example.net"},
        "later": {"MX": "mx.example.net"}, "forged": {"MX": "mx.example.net"},
        "mx": {"A": "127.0.0.2"},
        "refused": {"A": "127.0.0.3"}}  # nobody listens there
ANSWERS = {"unknown": "550 5.1.1 User unknown", "full": "552 5.2.2 Mailbox full"}
OUTCOMES = {"unknown": "recipient-unknown", "full": "mailbox-full", "refused": "lost-connection",
            "nowhere": "lost-connection"}  # no such domain


def change_pipe(flags, recipient="${recipient}", between="="):
    run("postconf", "-F", f"ndr-triage/unix/command = pipe flags={flags} user=ndr-triage "
        f"null_sender= argv=/usr/local/bin/ndr-triage deliver --recipient{between}{recipient} "
        f"--sender{between}${{sender}} --client{between}${{client_address}}")
    run("postfix", "reload")


def post(recipient, text, host="127.0.0.2"):
    """From another host, with a null reverse-path as a bounce has it."""
    with smtplib.SMTP("127.0.0.1", 25, source_address=(host, 0)) as smtp:
        smtp.sendmail("", [recipient], text)


def own_bounces_are_proven(address, **how):
    expected = {contact_of(label, address): outcome for label, outcome in OUTCOMES.items()}
    complaint = complain(address, *expected, **how)
    wait_for(lambda: len(replies_to(complaint)) == len(expected), "bounces that Postfix writes")
    for contact, outcome in expected.items():
        found = replies_to(complaint)[contact]
        check(found == ("signed", "1", outcome), f"{contact}: {found} is not {outcome}, born here")
    # The block waits: `act` will ask the mail hosts of lost connections first.
    check(due(complaint) == ALL - {"block"}, f"due at once: {due(complaint)}")


def bounce_of_other_host_waits(address, flags=None, in_capitals=False):
    contact, earlier = contact_of("later", address), len(MailHost.letters)
    complaint = complain(address, contact)
    sender, _ = letter_to(contact, earlier)
    if flags:
        change_pipe(flags)
    if flags or in_capitals:
        sender = sender.upper()
    post(sender, report_about(contact, f"<{address}@mx.example.net>"))
    wait_for(lambda: replies_to(complaint), "the bounce of the other host")
    check(replies_to(complaint)[contact] == ("signed", "0", "recipient-unknown"),
          f"flags {flags}: {replies_to(complaint)}")
    check(not due(complaint, 23), f"due before it has settled: {due(complaint, 23)}")
    check(due(complaint, 25) == ALL, f"due when it has settled: {due(complaint, 25)}")


def forgeries_make_nothing_due(address):
    contact, earlier = contact_of("forged", address), len(MailHost.letters)
    complaint = complain(address, contact)
    sender, letter = letter_to(contact, earlier)
    answer = re.search(r"X-NDR-Triage: (\S+)", letter)[1]
    token = sender.split("+")[1].split("@")[0]
    check(token not in letter, "the bounce token stands in the letter")
    altered = token[:-1] + ("a" if token[-1] != "a" else "b")
    as_bounce = token[:4] + "b" + answer[5:]  # the answer token, made to look like a bounce token
    recipients = ["complaints"] + [f"complaints+{word}" for word in (answer, altered, as_bounce)]
    before = count_of_replies()
    for number, recipient in enumerate(recipients):
        post(f"{recipient}@example.org", report_about(contact, f"<f{number}@mx.example.net>"))
    wait_for(lambda: count_of_replies() == before + len(recipients), "the forged bounces")
    check(replies_to(complaint), "no forged bounce was tied to the complaint")
    check(not due(complaint, 49), f"forged bounces made due: {due(complaint, 49)}")
    return complaint, contact, sender


def user_of_this_host_is_not_our_mta(complaint, contact, sender):
    """Even one who saw the token: what he sends has no client address, as Postfix's own bounces."""
    run("/usr/sbin/sendmail", "-i", "-f", "<>", "--", sender,
        text=report_about(contact, "<local@example.org>"), user="nobody")
    wait_for(lambda: replies_to(complaint).get(contact, ("",))[0] == "signed", "the user's forgery")
    born = ask(f"SELECT count(*) FROM reply WHERE born_here = 1 AND complaint = {complaint}")
    check(born.strip() == "0", "what a user of this host wrote counts as Postfix's own")
    check(not due(complaint, 23), f"due before it has settled: {due(complaint, 23)}")


def complaint_that_arrived(addresses):
    """Its number, contact, and the Message-ID that everybody knows who saw the letter."""
    address = next(addresses)
    contact, earlier = contact_of("later", address), len(MailHost.letters)
    complaint = complain(address, contact)
    _, letter = letter_to(contact, earlier)
    return complaint, contact, re.search(r"(?i)^message-id: (\S+)", letter, re.MULTILINE)[1]


def what_a_user_forwards_is_not_our_mta(addresses):
    """local(8) puts a Received without "from" on top of it, and tells no client."""
    complaint, contact, message_id = complaint_that_arrived(addresses)
    run("useradd", "--create-home", "mallory")
    with open("/home/mallory/.forward", "w") as forward:
        forward.write("complaints@example.org\n")
    run("chown", "mallory:", "/home/mallory/.forward")
    returned = f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\n\n--b--\n"
    run("/usr/sbin/sendmail", "-i", "-f", "<>", "--", "mallory@example.org", user="mallory",
        text=report_about(contact, "<mallory@example.org>").replace("--b--\n", returned))
    wait_for(lambda: replies_to(complaint), "what the user forwards")
    check(replies_to(complaint) == {contact: ("matched", "0", "recipient-unknown")},
          f"{replies_to(complaint)}")
    check(not due(complaint, 49), f"due by what a user forwards: {due(complaint, 49)}")


def original_recipient_steers_nothing(addresses):
    """Our Postfix bounces a stranger's letter to a dead mailbox behind an alias, and repeats what he
    says about the original recipient (RFC 3461 section 4.2)."""
    complaint, contact, message_id = complaint_that_arrived(addresses)
    member = contact_of("unknown", next(addresses))
    with open("/etc/aliases", "a") as aliases:
        aliases.write(f"\nbob: {member}\n")
    run("newaliases")
    with smtplib.SMTP("127.0.0.1", 25, source_address=("127.0.0.2", 0)) as smtp:
        smtp.ehlo()
        smtp.mail("complaints@example.org")
        smtp.rcpt("bob@example.org", [f"ORCPT=rfc822;{contact}"])
        smtp.data(f"From: x@example.net\r\nMessage-ID: {message_id}\r\n\r\nx\r\n")
    wait_for(lambda: replies_to(complaint), "the bounce of the stranger's letter")
    check(replies_to(complaint) == {member: ("matched", "1", "recipient-unknown")},
          f"{replies_to(complaint)}")
    check(not due(complaint, 49), f"due by a stranger's ORCPT: {due(complaint, 49)}")


def mistakes_are_kept_while_installing(address):
    """A command that fails for good: with soft_bounce the bounce waits until it is mended."""
    contact, earlier = contact_of("later", address), len(MailHost.letters)
    complaint = complain(address, contact)
    sender, _ = letter_to(contact, earlier)
    run("postconf", "soft_bounce = yes")
    run("postconf", "-F", "ndr-triage/unix/command = pipe user=ndr-triage argv=/bin/false")
    run("postconf", "maximal_queue_lifetime = 1d", "bounce_queue_lifetime = 1d")
    run("postfix", "reload")
    post(sender, report_about(contact, f"<{address}@mx.example.net>"))
    wait_for(lambda: "Command died with status 1" in run("postqueue", "-p"), "the deferral")
    run("postconf", "soft_bounce = no", "maximal_queue_lifetime = 0", "bounce_queue_lifetime = 0")
    change_pipe("DORXhuq")
    run("postqueue", "-f")
    wait_for(lambda: replies_to(complaint), "the bounce that was kept")


def bounce_survives_local_delivery(addresses):
    """local(8) runs the command itself, then procmail and maildrop do; an alias leads to its user."""
    run("postconf", "transport_maps =", "mailbox_command = /usr/local/bin/ndr-triage deliver")
    run("postfix", "reload")
    bounce_of_other_host_waits(next(addresses), in_capitals=True)
    run("install", "-o", "ndr-triage", "/mnt/examples/procmail/deliver.rc", f"{STATE}/.procmailrc")
    run("usermod", "--home", STATE, "ndr-triage")
    run("postconf", "mailbox_command = /usr/bin/procmail -t")
    run("postfix", "reload")
    bounce_of_other_host_waits(next(addresses), in_capitals=True)
    said = ndr("doctor")
    check("works    Postfix: service ndr-triage: as it should be" in said, said)
    check(f"works    procmail: {STATE}/.procmailrc line" in said, said)
    run("install", "-o", "ndr-triage", "-m", "600", "/mnt/examples/maildrop/deliver",
        f"{STATE}/.mailfilter")
    run("postconf", "mailbox_command = /usr/bin/maildrop")
    run("postfix", "reload")
    bounce_of_other_host_waits(next(addresses), in_capitals=True)


def bounce_survives_lmtp_and_sieve(address):
    """As sieve/deliver.sieve says."""
    set_up_dovecot("/var/spool/postfix/private/dovecot-lmtp", "deliver")
    run("postconf", "local_transport = lmtp:unix:private/dovecot-lmtp", "local_recipient_maps =")
    run("postfix", "reload")
    bounce_of_other_host_waits(address, in_capitals=True)


def mail_test(*parts, status=0):
    """What doctor says of its letter to itself, which nobody has to read."""
    before = count_of_replies()
    said = ndr("doctor", "--mail-test", "--wait", "30s", status=status)
    line = next((line for line in said.splitlines() if " mail test: " in line), "")
    check(all(part in line for part in parts), f"{said}\n-- lacks {parts}")
    check(count_of_replies() == before, "the letter became a reply")


def doctor_proves_the_way():
    mail_test("works", "its token in the envelope recipient, client 127.0.0.1")
    change_pipe("DORhu", "${user}@${domain}")
    mail_test("works", "its token in the Delivered-To, client 127.0.0.1")
    change_pipe("Rhu", "${user}@${domain}")
    mail_test("broken", "its token was lost", "was 'complaints@example.org'", status=78)


def main():
    serve(ZONE, ANSWERS)
    set_up_site(["allow_documentation = yes", "lookup = no"])
    # What can be tried again is given up at once, so that nobody waits five days.
    set_up_postfix("maximal_queue_lifetime = 0", "bounce_queue_lifetime = 0")
    addresses = attackers()
    own_bounces_are_proven(next(addresses))
    change_pipe("DORXhuq", between=" ")  # an empty word is a value, too
    own_bounces_are_proven(next(addresses))
    sendmail = CONFIGURATION + ".sendmail"
    with open(CONFIGURATION) as conf, open(sendmail, "w") as to:
        to.write("relay = /usr/sbin/sendmail\n" + conf.read())
    own_bounces_are_proven(next(addresses), config=sendmail, user="ndr-triage")
    user_of_this_host_is_not_our_mta(*forgeries_make_nothing_due(next(addresses)))
    what_a_user_forwards_is_not_our_mta(addresses)
    original_recipient_steers_nothing(addresses)
    bounce_of_other_host_waits(next(addresses))
    doctor_proves_the_way()
    mistakes_are_kept_while_installing(next(addresses))
    for flags in ("R", "Fq", "Rhu", "DORu"):
        bounce_of_other_host_waits(next(addresses), flags)
    bounce_survives_local_delivery(addresses)
    bounce_survives_lmtp_and_sieve(next(addresses))
    print("Postfix: passed")


main()

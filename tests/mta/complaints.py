"""Complaints that leave, and what the ledger makes of the answers."""
import re
import time

from world import (CONFIGURATION, STATE, MailHost, check, import_network, listed, ndr, run,
                   wait_for)

LEDGER = f"{STATE}/ledger.sqlite3"
ZONE = {"unknown": {"MX": "mx.example.net"}, "later": {"MX": "mx.example.net"},
        "mx": {"A": "127.0.0.2"}}  # by the first label of a contact's domain
ANSWERS = {"unknown": "550 5.1.1 User unknown"}
ALL = {"block", "report", "notice"}  # what follows when nobody has such a mailbox


def ask(question):
    """What the ledger says, in SQL; a row a line."""
    return run("sqlite3", "-cmd", ".timeout 10000", "-separator", " ", LEDGER, question,
               user="ndr-triage")


def replies_to(complaint):
    """{contact: (trust, born here, outcome)}"""
    rows = ask("SELECT final_recipient, trust, born_here, verdict.outcome FROM reply "
               f"JOIN verdict ON verdict.reply = reply.id WHERE complaint = {complaint}")
    return {words[0]: tuple(words[1:]) for words in (row.split() for row in rows.splitlines())}


def count_of_replies():
    return len(listed("replies"))


def due(complaint, in_hours=0):
    """The kinds of follow-ups that would be carried out then."""
    then = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600 * in_hours))
    return {row["kind"] for row in listed("--now", then, "act", "--dry-run")
            if row["complaint"] == complaint and row["state"] == "due" and row["due_at"] <= then}


def complain(address, *contacts, **how):
    said = ndr("--config", how.pop("config", CONFIGURATION), "complain", "--ip", address, *contacts,
               **how)
    return int(re.search(r"sent as complaint (\d+)", said)[1])


def attackers():
    """Addresses, each of a network of its own, of which nobody says whose contacts it has: there is
    one block for each, and no second one."""
    for first in range(0, 256, 8):
        import_network(first, first + 7)
        yield f"198.51.100.{first + 1}"


def contact_of(label, address):
    """For each complaint another: nobody writes to a contact that is known dead."""
    return f"abuse@{label}.a{address.split('.')[-1]}.example.net"


def letter_to(contact, earlier):
    """What the contact's mail host took after so many letters: envelope sender and octets."""
    return wait_for(lambda: next(((sender, octets.decode()) for sender, to, octets
                                  in MailHost.letters[earlier:] if to == contact), None),
                    f"the letter to {contact}")


def own_bounces_settle(name, act=lambda: None):
    """A server that does not tell us that it wrote a bounce itself: the token proves the complaint,
    and what follows waits a day; a block for a lost connection waits for `act` to ask as well. `act`
    here makes the server work."""
    addresses = attackers()
    for label, outcome, follow_ups in (("unknown", "recipient-unknown", ALL),
                                       ("nowhere", "lost-connection", {"report"})):
        address = next(addresses)
        contact = contact_of(label, address)
        complaint = complain(address, contact)

        def has_answered():
            act()
            return replies_to(complaint)

        found = wait_for(has_answered, f"{name}: {label}: its own bounce")
        check(found == {contact: ("signed", "0", outcome)}, f"{name}: {found}")
        check(due(complaint) == set(), f"{name}: {label}: due at once: {due(complaint)}")
        check(due(complaint, 25) == follow_ups, f"{name}: {label}: due: {due(complaint, 25)}")
        print(f"{name}: {label}: its own bounce is signed, {outcome}, and settles", flush=True)


def vacation_acknowledges(name, contact, address, act=lambda: None):
    """Its notice comes from outside, and is enough to let the contact count as reached."""
    complaint = complain(address, contact)
    answers = ("SELECT trust, born_here, outcome, acknowledgement FROM reply "
               f"WHERE complaint = {complaint}")

    def has_answered():
        act()
        return ask(answers)

    wait_for(has_answered, f"{name}: the notice of who is away")
    check(ask(answers).split() == ["signed", "0", "acknowledged", "vacation"],
          f"{name}: {ask(answers)}")
    check(due(complaint, 24 * 8) == set(), f"{name}: due: {due(complaint, 24 * 8)}")
    print(f"{name}: vacation: signed, acknowledged", flush=True)

"""One bounce that comes through pipe(8), procmail, LMTP with Sieve, `filter` and then `deliver`, and
from a file, is one reply with the best trust of the five, whichever comes first."""
from agents import Procmail, make_home
from callers import CONTACT, recipient, replies, set_up_ledger, start_anew, trust
from postfix_callers import PostfixPipe
from postfix_site import set_up_postfix
from sieve_callers import Sieve
from world import MailHost, check, ndr, report_about, run, serve, set_up_site, wait_for
import runs

SAVED = "/tmp/bounce.eml"
ORDER = ("unknown", "matched", "signed")  # of trust


def replay(_):
    ndr("replay", SAVED, user="ndr-triage")


def filter_and_deliver(octets):
    """By hand: what `filter` marked goes on to `deliver`."""
    marked = run("ndr-triage", "filter", "--recipient", recipient(), "--sender", "",
                 text=octets.decode(), user="ndr-triage")
    check(marked.startswith("X-NDR-Triage-Outcome: recipient-unknown\n"), marked)
    ndr("deliver", "--recipient", recipient(), "--sender", "", text=marked, user="ndr-triage")


def give_by_all(names, ways, bounce):
    trusts = []
    for name in names:
        ways[name](bounce)
        trusts.append(trust())
        check(replies() == 1, f"{names}: after {name} it is counted {replies()} times")
    ranks = [ORDER.index(one) for one in trusts]
    check(ranks == sorted(ranks), f"{names}: trust was lost: {trusts}")
    check(trusts[-1] == "signed", f"{names}: in the end it is {trusts[-1]}")
    print(", ".join(f"{name} {one}" for name, one in zip(names, trusts)), flush=True)


def main():
    serve({"later": {"MX": "mx.example.net"}, "mx": {"A": "127.0.0.2"}}, {})
    set_up_site(["allow_documentation = yes", "lookup = no"])
    set_up_postfix()
    make_home()
    set_up_ledger()
    wait_for(lambda: MailHost.letters, "the complaint at its contact")
    runs.stand_in()
    pipe, procmail = PostfixPipe(), Procmail("procmail :0w", "procmail/deliver.rc")
    sieve = Sieve("deliver")
    ways = {"replay": replay, "pipe(8)": pipe.give, "procmail": procmail.give, "LMTP": sieve.give,
            "filter and deliver": filter_and_deliver}
    for caller in (procmail, sieve):
        caller.set_up()
    bounce = report_about(CONTACT, "<everywhere@mx.example.net>").encode()
    with open(SAVED, "wb") as file:
        file.write(bounce)
    names = list(ways)
    for first in range(len(names)):
        start_anew(pipe)
        give_by_all(names[first:] + names[:first], ways, bounce)
    start_anew(pipe)
    replay(bounce)
    check(trust() == "unknown", f"from the file alone it is {trust()}")
    print("one reply: passed")


main()

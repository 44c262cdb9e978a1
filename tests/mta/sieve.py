"""Dovecot's LMTP server with the scripts of sieve/, set up as they say. It cannot defer: what the
program does not take in is in the mailbox, or in the folder that `act` takes up."""
import runs
from callers import ask, set_up_ledger
from sieve_callers import RetryingSieve, Sieve, VirtualSieve
from world import MailHost, serve, set_up_site, wait_for


def main():
    serve({"later": {"MX": "mx.example.net"}, "mx": {"A": "127.0.0.2"}}, {})
    set_up_site(["allow_documentation = yes", "lookup = no", "relay = 127.0.0.2:25",
                 f"retry_folders = {Sieve.home}/Maildir/.ndr-retry"])
    set_up_ledger()
    wait_for(lambda: MailHost.letters, "the complaint at its contact")
    runs.stand_in()
    for caller in (Sieve("deliver"), RetryingSieve("filter"), RetryingSieve("outcome"),
                   VirtualSieve("virtual")):
        ask(caller)
    print("sieve: passed")


main()

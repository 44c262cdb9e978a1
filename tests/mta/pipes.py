"""Callers on a host with Postfix: pipe(8), |command in local(8), procmail and maildrop."""
import runs
from agents import all_agents, make_home
from callers import ask, set_up_ledger
from postfix_callers import PostfixCommand, PostfixPipe
from postfix_site import set_up_postfix
from world import MailHost, serve, set_up_site, wait_for


def main():
    serve({"later": {"MX": "mx.example.net"}, "mx": {"A": "127.0.0.2"}}, {})
    set_up_site(["allow_documentation = yes", "lookup = no"])
    set_up_postfix("message_size_limit = 300000000", "mailbox_size_limit = 0")
    make_home()
    set_up_ledger()
    wait_for(lambda: MailHost.letters, "the complaint at its contact")
    runs.stand_in()
    for caller in (PostfixPipe(), PostfixCommand(), *all_agents()):
        ask(caller)
    print("pipes: passed")


main()

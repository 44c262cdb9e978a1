"""Lost connections: a real Postfix loses them, and before `act` blocks for one it asks a real DNS
server (unbound) for the contact's mail host, and real SMTP servers whether they are there."""
import re
import socket
import sqlite3
import time

from postfix_site import set_up_postfix
from world import STATE, check, import_network, ndr, run, set_up_site, wait_for

BLOCKED = f"{STATE}/export/blocked"
ZONES = """
server:
    interface: 127.0.0.1
    do-ip6: no
    username: ""
    chroot: ""
    pidfile: "/tmp/unbound.pid"
    use-syslog: no
    logfile: "/var/log/unbound.log"
    module-config: "iterator"
    do-not-query-localhost: no
    local-zone: "example.org." static
    local-data: "control.example.org. A 127.0.0.4"
    local-zone: "example.net." static
    local-data: "refused.example.net. MX 10 mx.refused.example.net."
    local-data: "mx.refused.example.net. A 127.0.0.3"
    local-data: "silent.example.net. MX 10 mx.silent.example.net."
    local-data: "mx.silent.example.net. A 127.0.0.7"
    local-data: "null.example.net. MX 0 ."
    local-data: "lost.example.net. MX 10 mx.lost.example.net."
    local-data: "bare.example.net. A 127.0.0.3"
    local-data: "back.example.net. MX 10 mx.back.example.net."
    local-data: "back.example.net. MX 20 mx.refused.example.net."
    local-data: "mx.back.example.net. A 127.0.0.6"
    local-zone: "mute.example.net." deny
    local-zone: "broken.example.net." transparent
stub-zone:
    name: "broken.example.net."
    stub-host: "nowhere.example.net."
"""  # SERVFAIL
UNREACHABLE = {"refused": "Connection refused", "silent": "no answer in time", "null": "a null MX",
               "nowhere": "it has no address", "lost": "it has no address",
               "bare": "Connection refused"}
HELD = {"back": "answered on .*'220 mx.example.net ESMTP",
        "broken": "could not be asked on .*no resolver could answer",
        "mute": "could not be asked on .*Timeout while contacting DNS servers"}
FINE = [f"fine{number}" for number in range(20)]  # a mail host answers, and refuses
HOUR = 3600


def set_up_dns():
    with open("/tmp/unbound.conf", "w") as conf:
        conf.write(ZONES)
        for label in FINE:
            conf.write(f'server:\n    local-data: "{label}.example.net. MX 10 mx.example.net."\n')
        conf.write('    local-data: "mx.example.net. A 127.0.0.4"\n')
    run("unbound", "-c", "/tmp/unbound.conf")
    with open("/etc/resolv.conf", "w") as file:
        file.write("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")


def make_silent(address):
    """A host that does not even refuse: its queue is full, and the kernel drops what more comes."""
    listener = socket.create_server((address, 25), backlog=0)
    return [listener] + [socket.create_connection((address, 25))]


def start_mail_host(address):
    """Another host than ours by its name, which takes no mail."""
    run("postconf", "-M", f"{address}:25/inet={address}:25 inet n - n - - smtpd "
        "-o myhostname=mx.example.net -o mynetworks= "
        "-o smtpd_relay_restrictions=reject_unauth_destination")
    run("postfix", "reload")
    wait_for(lambda: f"{address}:25" in run("ss", "-Hltn"), f"the mail host at {address}")


def stop_mail_host(address):
    run("postconf", "-MX", f"{address}:25/inet")
    run("postfix", "reload")
    wait_for(lambda: f"{address}:25" not in run("ss", "-Hltn"), f"the end of {address}")


def networks():
    """Each time an attacker, and the network that is his."""
    for first in range(0, 256, 16):
        import_network(first, first + 15)
        yield f"198.51.100.{first + 1}", f"198.51.100.{first}/28"


def ask(question):
    """What the ledger says, in SQL."""
    ledger = sqlite3.connect(f"file:{STATE}/ledger.sqlite3?mode=ro", uri=True, timeout=10)
    try:
        return ledger.execute(question).fetchall()
    finally:
        ledger.close()


def outcomes(complaint):
    return sorted(ask("SELECT final_recipient, reply.outcome FROM reply JOIN verdict "
                      f"ON verdict.reply = reply.id WHERE complaint = {complaint}"))


def fail(attacker, labels, outcome):
    """A complaint whose contacts all fail so."""
    contacts = [f"abuse@{label}.example.net" for label in labels]
    # Dates of mail have whole seconds: these bounces shall be later than those before.
    second = int(time.time())
    wait_for(lambda: int(time.time()) > second, "the next second")
    said = ndr("complain", "--ip", attacker, *contacts)
    complaint = int(re.search(r"sent as complaint (\d+)", said)[1])
    wait_for(lambda: len(outcomes(complaint)) == len(labels), f"the bounces of {labels}")
    expected = sorted((contact, outcome) for contact in contacts)
    check(outcomes(complaint) == expected, f"{outcomes(complaint)} is not {expected}")


def act(hours, *words, status=0):
    then = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + hours * HOUR))
    return ndr("--now", then, "act", *words, status=status)


def blocked():
    with open(BLOCKED) as file:
        return {line.split()[0] for line in file if not line.startswith("#")}


def nobody_is_asked_in_a_dry_run(labels):
    said = act(0, "--dry-run")
    for label in labels:
        check(f"would ask the mail host of {label}.example.net" in said, said)
    check(ask("SELECT count(*) FROM probe") == [(0,)], "a dry run asked")


def mail_host(label, *controls):
    words = [word for control in controls for word in ("--control", control)]
    return run("ndr-triage-fetch", *words, "mail-host", f"{label}.example.net")


def only_port_25_proves_itself():
    """The DNS server takes connections, but nobody greets: port 25 may be closed to us."""
    elsewhere, there = "127.0.0.1:53", "control.example.org"
    said = mail_host("refused", elsewhere)
    check(said.startswith("unsure ") and "no control host answered on port 25" in said, said)
    check(mail_host("null", elsewhere).startswith("unreachable "), "a null MX needs no port 25")
    said = mail_host("refused", elsewhere, there)
    check(said.startswith("unreachable "), said)


def nothing_is_blocked_while_we_are_offline():
    stop_mail_host("127.0.0.4")
    said = act(0, "--first")
    check("done:" not in said, said)
    check("the control host was out of reach" in said, said)
    check("control_host: out of reach" in ndr("doctor"), "doctor knows of no control host")
    check(blocked() == set(), f"{blocked()} are blocked")
    start_mail_host("127.0.0.4")


def lost_connections_block_where_nobody_is(where):
    said = act(1.1, "--first")
    for label, reason in UNREACHABLE.items():
        asked = re.search(f"asked: mail host of {label}.example.net: unreachable: .*", said)
        check(asked and reason in asked[0], f"{label} is not unreachable for '{reason}':\n{said}")
    expected = {where[label] for label in UNREACHABLE}
    check(blocked() == expected, f"{blocked()} are blocked, not {expected}:\n{said}")
    review = ndr("review")
    for label, reason in HELD.items():
        check(re.search(f"the mail host of {label}.example.net {reason}", review),
              f"{label} is not held because it {reason}:\n{review}")


def an_outage_holds_all_until_it_is_over(addresses):
    attacker, network = next(addresses)
    fail(attacker, ["nowhere1", "nowhere2", "nowhere3"], "lost-connection")
    said = act(2.5)
    check("the fault may be ours" in said and network not in blocked(), said)
    check("outage: " in ndr("doctor") and "12 of the last 20" in ndr("doctor"), ndr("doctor"))
    fail(next(addresses)[0], FINE[10:], "refused")
    said = act(3.9)
    check(network in blocked(), f"{network} is not blocked:\n{said}")
    check("none of ours is to be seen" in ndr("doctor"), ndr("doctor"))


def main():
    set_up_site(["allow_documentation = yes", "lookup = no", "enforce = block",
                 "back_ends = list", "control_host = control.example.org", f"path = {BLOCKED}"])
    run("install", "-d", "-o", "ndr-triage", "-m", "755", f"{STATE}/export")
    set_up_dns()
    set_up_postfix("smtp_connect_timeout = 2s",
                   # What can be tried again is given up at once, so that nobody waits five days.
                   "maximal_queue_lifetime = 0", "bounce_queue_lifetime = 0")
    silent = make_silent("127.0.0.7")
    start_mail_host("127.0.0.4")
    addresses = networks()
    fail(next(addresses)[0], FINE[:10], "refused")
    where = {}
    for label in (*UNREACHABLE, *HELD):
        attacker, where[label] = next(addresses)
        fail(attacker, [label], "lost-connection")
    start_mail_host("127.0.0.6")
    nobody_is_asked_in_a_dry_run(where)
    only_port_25_proves_itself()
    nothing_is_blocked_while_we_are_offline()
    lost_connections_block_where_nobody_is(where)
    an_outage_holds_all_until_it_is_over(addresses)
    for one in silent:
        one.close()
    print("mail hosts: passed")


main()

"""The rest of the world, for tests with real mail servers: DNS, the contacts' mail host, and what
every test asks of the program."""
import json
import os
import re
import shutil
import socketserver
import struct
import subprocess
import sys
import threading
import time

CONFIGURATION = "/etc/ndr-triage/ndr-triage.conf"
STATE = "/var/lib/ndr-triage"
TYPES = {"A": 1, "MX": 15, "TXT": 16}


def encoded_name(name):
    labels = [label.encode() for label in name.split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def encoded(kind, value):
    if kind == "A":
        return bytes(int(octet) for octet in value.split("."))
    if kind == "MX":
        return struct.pack("!H", 10 if value else 0) + encoded_name(value)
    return bytes([len(value)]) + value.encode()


class Dns(socketserver.BaseRequestHandler):
    """Answers from `zone`: {first label of a name: {type: value}}. Any other does not exist, but
    "*" stands for each; for None it fails. An MX of "" is a null MX (RFC 7505)."""
    zone = {}

    def handle(self):
        query, socket = self.request
        at, labels = 12, []
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode().lower())
            at += query[at] + 1
        kind = struct.unpack("!H", query[at + 1:at + 3])[0]
        records = self.zone.get(labels[0])
        found = {**self.zone.get("*", {}), **(records or {})}
        answers = b"".join(
            b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 5, len(data)) + data
            for data in (encoded(name, found[name]) for name in found if TYPES[name] == kind))
        code = 0 if answers or records is not None else 3
        if labels[0] in self.zone and records is None:
            code = 2
        socket.sendto(query[:2] + struct.pack("!HHHHH", 0x8580 | code, 1, bool(answers), 0, 0)
                      + query[12:at + 5] + answers, self.client_address)


class MailHost(socketserver.StreamRequestHandler):
    """The contacts' mail host: takes every letter, but answers RCPT as `answers` has it by the
    domain's first label, and the message as `verdicts` has it; for None it hangs up. It keeps what
    it takes in `letters`: (sender, recipient, octets)."""
    answers = {}
    verdicts = {}
    letters = []

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 mx.example.net ESMTP")
        sender = recipient = label = ""
        for line in self.rfile:
            words = line.decode().strip()
            verb = words[:4].upper()
            if verb == "MAIL":
                sender = words.split("<")[1].split(">")[0]
            if verb == "RCPT":
                recipient = words.split("<")[1].split(">")[0]
                label = recipient.split("@")[1].split(".")[0]
                answer = self.answers.get(label, "250 2.1.5 ok")
                if answer is None:
                    return
                self.say(answer)
            elif verb == "DATA":
                self.say("354 go on")
                octets = b"".join(iter(self.rfile.readline, b".\r\n"))
                verdict = self.verdicts.get(label, "250 2.0.0 taken")
                if verdict is None:
                    return
                if verdict.startswith("2"):
                    self.letters.append((sender, recipient, octets))
                self.say(verdict)
            elif verb == "QUIT":
                return self.say("221 2.0.0 bye")
            else:
                self.say("250 mx.example.net")


class Servers(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def start(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()


def serve_dns(zone):
    Dns.zone = zone
    start(socketserver.ThreadingUDPServer(("127.0.0.1", 53), Dns))


def serve(zone, answers, host="127.0.0.2"):
    serve_dns(zone)
    MailHost.answers = answers
    start(Servers((host, 25), MailHost))


def report_about(contact, message_id="<b@mx.example.net>"):
    """A perfect delivery report (RFC 3464), as anybody can write it."""
    return f"""From: MAILER-DAEMON@mx.example.net
To: complaints@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: {message_id}
Date: {time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime())}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

The mailbox does not exist.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {contact}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b--
"""


def run(*words, text=None, stdin=None, status=0, user=None):
    """What it printed; words are the command's. It must end with `status`."""
    source = {"stdin": stdin} if stdin else {"input": text}
    done = subprocess.run(words, **source, capture_output=True, text=True, user=user,
                          extra_groups=[] if user else None, timeout=120)
    check(done.returncode == status, f"{' '.join(words)}: status {done.returncode}\n"
          + done.stdout + done.stderr)
    return done.stdout


def ndr(*words, **how):
    return run("ndr-triage", *words, **how)


def listed(*words):
    return [json.loads(line) for line in ndr(*words, "--json").splitlines()]


def import_network(first, last):
    """198.51.100.FIRST to 198.51.100.LAST; of its contacts nothing is known, so any counts."""
    with open("/mnt/examples/networks/198.51.100.23.txt") as example:
        text = re.sub("% Abuse contact.*\n", "", example.read()).split("\nrole:")[0] + "\n"
    name = f"/tmp/network-{first}.txt"
    with open(name, "w") as to:
        to.write(text.replace("198.51.100.0 - 198.51.100.127",
                              f"198.51.100.{first} - 198.51.100.{last}"))
    ndr("networks", "import", name)


def check(condition, what):
    if not condition:
        print(f"FAILED: {what}", flush=True)
        for log in ("/var/log/mail.log", "/var/log/mail-contact.log", "/var/log/dovecot.log",
                    "/var/log/fail2ban.log", "/var/log/exim4/mainlog"):
            if os.path.exists(log):
                print(f"-- {log}\n" + "".join(open(log).readlines()[-60:]))
        sys.exit(1)


def wait_for(condition, what, seconds=60):
    """The first true value of condition()."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        check(time.monotonic() < end, f"{what}: not within {seconds} s")
        time.sleep(0.02)
    return value


def make_user(name, home, *options):
    """Unless this host has one."""
    if subprocess.run(["id", name], capture_output=True).returncode != 0:
        run("useradd", "--system", "--home-dir", home, "--shell", "/usr/sbin/nologin", *options,
            name)


def make_empty(directory):
    """Whatever this host keeps there stays out of the test."""
    os.makedirs(directory, exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", directory)


def set_up_site(lines):
    """User, configuration and state directory as the README has them."""
    make_user("ndr-triage", STATE)
    make_empty(STATE)
    run("install", "-d", "-o", "ndr-triage", "-g", "ndr-triage", "-m", "700", STATE)
    os.makedirs(os.path.dirname(CONFIGURATION), exist_ok=True)
    shutil.copy("/mnt/examples/ndr-triage.conf", CONFIGURATION)
    text = open(CONFIGURATION).read()
    for line in lines:
        key = line.split(" = ")[0]
        check(f"\n#{key} = " in text, f"examples/ndr-triage.conf has no #{key}")
        text = text.replace(f"\n#{key} = ", f"\n{line}\n#{key} = ", 1)
    open(CONFIGURATION, "w").write(text)

"""A real fail2ban, set up as examples/fail2ban says: who is banned is complained about, once."""
import os
import re
import shutil
import subprocess
import time

from world import MailHost, check, make_empty, ndr, run, serve, set_up_site, wait_for

LOG = "/var/log/auth.log"
EXAMPLES = "/mnt/examples/fail2ban"
# What a shell would do with this user name, were it to see it.
HOSTILE = "a';touch /tmp/run;'\";touch /tmp/run;\"$(touch /tmp/run)`touch /tmp/run`"


def attack(address):
    """As many failures as lead to a ban."""
    stamp = time.strftime("%b %d %H:%M:%S", time.localtime())
    with open(LOG, "a") as log:
        for port in range(5):
            log.write(f"{stamp} mx sshd[{port}]: Invalid user {HOSTILE} from {address} "
                      f"port {port + 1024}\n")


def letter_about(address):
    def find():
        return next((octets.decode() for _, _, octets in MailHost.letters
                     if f"Subject: Abuse from {address}\r\n".encode() in octets), None)
    return wait_for(find, f"the complaint about {address}")


def banned():
    return run("fail2ban-client", "get", "sshd", "banip").split()


def check_letter(address, contact, *parts):
    letter = letter_about(address)
    for part in (f"To: {contact}\r\n", "X-NDR-Triage: ", "touch /tmp/run", *parts):
        check(part in letter, f"the letter about {address} lacks '{part}':\n{letter}")
    check(re.search(r"^complaints\+\w{31}@example.org$", MailHost.letters[-1][0]),
          "the envelope sender has no token: " + MailHost.letters[-1][0])
    check(not os.path.exists("/tmp/run"), "a user name was run as a command")


def start(jail):
    for file in ("ndr-triage.local", "ndr-triage-by-mail.local"):
        if os.path.exists(f"/etc/fail2ban/jail.d/{file}"):
            os.remove(f"/etc/fail2ban/jail.d/{file}")
    shutil.copy(f"{EXAMPLES}/jail.d/{jail}", "/etc/fail2ban/jail.d")
    # As its systemd unit starts it: dig(1) dies of what fail2ban-client leaves for standard input.
    server = subprocess.Popen(["fail2ban-server", "-xf", "start"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: subprocess.run(["fail2ban-client", "status", "sshd"],
                                    capture_output=True).returncode == 0, "fail2ban's start")
    return server


def stop(server):
    run("fail2ban-client", "stop")
    server.wait(60)


def set_up():
    # Each call would send: that only one comes is fail2ban's doing.
    set_up_site(["allow_documentation = yes", "lookup = no", "complaint_interval = 0"])
    ndr("networks", "import", "/mnt/examples/networks/203.0.113.5.json")
    shutil.copy(f"{EXAMPLES}/action.d/ndr-triage.conf", "/etc/fail2ban/action.d")
    with open("/etc/fail2ban/jail.d/site.local", "w") as jail:
        jail.write("[DEFAULT]\nbanaction = dummy\nbackend = polling\n[sshd]\nenabled = true\n")
    open(LOG, "w").close()
    make_empty("/var/lib/fail2ban")
    os.makedirs("/run/fail2ban")


def main():
    serve({"*": {"TXT": "desk@example.net"}}, {}, host="127.0.0.1")
    set_up()
    server = start("ndr-triage.local")
    attack("203.0.113.5")
    check_letter("203.0.113.5", "abuse@colo-west.example.net", "5 of 5")
    timeout = run("fail2ban-client", "get", "sshd", "action", "ndr-triage", "timeout").strip()
    check(timeout == "120", f"the action may take {timeout} s")

    stop(server)
    server = start("ndr-triage.local")
    wait_for(lambda: "203.0.113.5" in banned(), "the ban after the restart")
    attack("203.0.113.6")  # a jail's actions come one after the other: behind the restored ban's
    check_letter("203.0.113.6", "abuse@colo-west.example.net")
    check(len(MailHost.letters) == 2, f"{len(MailHost.letters)} letters for two bans")

    stop(server)
    server = start("ndr-triage-by-mail.local")
    attack("203.0.113.7")
    check_letter("203.0.113.7", "desk@example.net", "abusix.com", "Lines containing failures")
    errors = [line for line in open("/var/log/fail2ban.log")
              if " ERROR " in line and "transmitter" not in line]  # which we asked before it knew
    check(not errors, "".join(errors))
    print("fail2ban: passed")


main()

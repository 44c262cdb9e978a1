"""A Dovecot of our own, set up as sieve/ says."""
import os
import shutil
import smtplib
import subprocess

from world import STATE, make_user, run

PROGRAMS = "/usr/local/lib/dovecot/ndr-triage"
SITE = """
protocols = lmtp
ssl = no
log_path = /var/log/dovecot.log
mail_location = maildir:~/Maildir
first_valid_uid = 1
postmaster_address = postmaster@example.org
passdb {{
  driver = static
}}
userdb {{
  driver = static
  args = uid={user} gid={user} home={home} allow_all_users=yes
}}
service lmtp {{
  unix_listener {socket} {{
    mode = 0666
  }}
}}
!include conf.d/*.conf
"""


def use_script(name):
    shutil.copy(f"/mnt/sieve/{name}.sieve", "/etc/dovecot/ndr-triage.sieve")
    run("sievec", "/etc/dovecot/ndr-triage.sieve")


def set_up_dovecot(socket, script, user="ndr-triage", home=STATE):
    for name in ("dovecot", "dovenull", user):
        make_user(name, home)
    os.makedirs("/etc/dovecot/conf.d", exist_ok=True)
    for file in os.listdir("/etc/dovecot/conf.d"):
        os.remove(f"/etc/dovecot/conf.d/{file}")
    shutil.copy("/mnt/sieve/dovecot.conf", "/etc/dovecot/conf.d/95-ndr-triage.conf")
    if user != "ndr-triage":
        shutil.copy("/mnt/sieve/virtual.conf", "/etc/dovecot/conf.d/96-ndr-triage.conf")
    with open("/usr/local/bin/ndr-triage", "rb") as program:
        is_sanitized = b"__asan_init" in program.read()
    with open("/etc/dovecot/dovecot.conf", "w") as file:
        file.write(SITE.format(user=user, home=home, socket=socket))
        if is_sanitized:  # needs terabytes of address space; else Dovecot's limit holds
            file.write("default_vsz_limit = 0\n")
    os.makedirs(PROGRAMS, exist_ok=True)
    for name in ("deliver", "filter", "outcome"):
        run("install", "-m", "755", f"/mnt/sieve/ndr-triage-{name}", PROGRAMS)
    use_script(script)
    run("doveconf", "-n")  # tells what is wrong
    run("sh", "-c", "dovecot >/dev/null 2>&1")  # it keeps what it is given open


def stop_dovecot():
    subprocess.run(["doveadm", "stop"], capture_output=True)


def give_by_lmtp(socket, recipient, octets, sender=""):
    """What the mail server answers for this recipient: 250, or why not."""
    with smtplib.LMTP(socket) as lmtp:
        lmtp.ehlo_or_helo_if_needed()
        lmtp.mail(f"<{sender}>")
        code, words = lmtp.rcpt(f"<{recipient}>")
        if code >= 300:
            return code, words
        return lmtp.data(octets)

"""The contacts' own mail host, beside ours: another Postfix, on 127.0.0.2."""
import os
import shutil

from world import make_empty, run

DIRECTORY = "/etc/postfix-contact"
SPOOL = "/var/spool/postfix-contact"
DATA = "/var/lib/postfix-contact"


def set_up_contact_host(*settings, services=""):
    """After set_up_postfix(), whose users and files it takes. `services` go into master.cf."""
    for directory in (SPOOL, DATA):
        make_empty(directory)
    run("chown", "postfix:", DATA)
    os.makedirs(DIRECTORY)
    for file in ("main.cf.debian", "master.cf.dist"):
        shutil.copy(f"/usr/share/postfix/{file}", f"{DIRECTORY}/{file[:file.rindex('.')]}")
    shutil.copy("/usr/share/postfix/dynamicmaps.cf", DIRECTORY)
    with open(f"{DIRECTORY}/master.cf", "a") as master:
        master.write(services)
    run("postconf", "-c", DIRECTORY, f"queue_directory = {SPOOL}", f"data_directory = {DATA}",
        "myhostname = mx.example.net", "myorigin = example.net", "mydestination =",
        "inet_interfaces = 127.0.0.2", "inet_protocols = ipv4", "mynetworks = 127.0.0.0/8",
        "smtp_bind_address = 127.0.0.2",
        "maillog_file = /var/log/mail-contact.log", *settings)
    run("postconf", "-c", DIRECTORY, "-F", "*/*/chroot = n")
    run("ip", "address", "add", "127.0.0.2/8", "dev", "lo")  # Postfix knows no other interface
    run("postfix", "-c", DIRECTORY, "start")

"""A Postfix of our own, set up as examples/postfix says."""
from world import make_empty, make_user, run


def add(example, file):
    with open(file, "a") as to:
        to.write("\n" + open(f"/mnt/examples/postfix/{example}").read())


def set_up_postfix(*settings):
    """What the package does when it is installed, the site's own settings, then the examples."""
    for group in ("postfix", "postdrop"):
        run("groupadd", "--system", "--force", group)
    make_user("postfix", "/var/spool/postfix", "--gid", "postfix")
    make_empty("/var/spool/postfix")
    run("cp", "/usr/share/postfix/main.cf.debian", "/etc/postfix/main.cf")
    run("cp", "/usr/share/postfix/master.cf.dist", "/etc/postfix/master.cf")
    run("cp", "/usr/share/postfix/dynamicmaps.cf", "/etc/postfix/dynamicmaps.cf")
    run("postconf", "myhostname = mx.example.org", "myorigin = example.org",
        "mydestination = example.org, localhost", "inet_interfaces = 127.0.0.1",
        "maillog_file = /var/log/mail.log", *settings)
    add("main.cf", "/etc/postfix/main.cf")
    add("master.cf", "/etc/postfix/master.cf")
    add("transport", "/etc/postfix/transport")
    add("aliases", "/etc/aliases")
    run("postmap", "/etc/postfix/transport")
    run("newaliases")
    run("chown", "postfix:", "/var/lib/postfix")
    run("chgrp", "postdrop", "/usr/sbin/postdrop", "/usr/sbin/postqueue")
    run("chmod", "g+s", "/usr/sbin/postdrop", "/usr/sbin/postqueue")
    run("/usr/lib/postfix/configure-instance.sh", "-")
    run("postfix", "start")

"""Registries of a test's own: an RDAP server and two whois servers on loopback ports that the kernel
chose. Prints "RDAP WHOIS REFERRED" when all three listen; ends when its standard input does. Each
question is a line in the file named first on the command line, written before the answer.

RDAP answers at /CASE/ip/ADDRESS; which case is in the URL that a bootstrap file names.
"""
import http.server
import json
import socketserver
import sys
import threading

log_path = sys.argv[1]
log_lock = threading.Lock()
over = threading.Event()


def note(line):
    with log_lock, open(log_path, "a") as log:
        log.write(line + "\n")


def network(address, start, end, contact):
    return json.dumps({
        "objectClassName": "ip network", "handle": "NET-" + address, "startAddress": start,
        "endAddress": end, "ipVersion": "v4", "name": "FROM-RDAP", "country": "NZ",
        "port43": "whois.apnic.net",
        "entities": [{"objectClassName": "entity", "roles": ["abuse"],
                      "vcardArray": ["vcard", [["email", {}, "text", contact]]]}] if contact else [],
    }).encode()


class Rdap(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        note("GET %s %s" % (self.path, self.headers.get("Accept")))
        case, _, address = self.path.strip("/").partition("/ip/")
        getattr(self, "case_" + case.replace("-", "_"), self.case_missing)(address)

    def answer(self, status, body, kind="application/rdap+json", fields=()):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in fields:
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def redirect(self, where):
        self.answer(302, b"", fields=[("Location", where)])

    def case_good(self, address):
        base = address.rsplit(".", 1)[0]
        self.answer(200, network(address, base + ".0", base + ".255", "abuse@example.net"))

    def case_changed(self, address):
        base = address.rsplit(".", 1)[0]
        self.answer(200, network(address, base + ".0", base + ".255", "cert@example.net"))

    def case_silent(self, address):
        base = address.rsplit(".", 1)[0]
        self.answer(200, network(address, base + ".0", base + ".255", ""))

    def case_elsewhere(self, address):
        self.answer(200, network(address, "192.0.2.0", "192.0.2.255", "abuse@example.net"))

    def case_redirect(self, address):
        self.redirect("/good/ip/" + address)

    def case_loop(self, address):
        self.redirect("/loop/ip/" + address)

    def case_file(self, address):
        self.redirect("file:///etc/hostname")

    def case_missing(self, address):
        self.answer(404, b"<html>not here</html>", "text/html")

    def case_busy(self, address):
        self.answer(429, b"<html>too many</html>", "text/html", [("Retry-After", "120")])

    def case_html(self, address):
        self.answer(200, b"<!DOCTYPE html><p>Welcome</p>", "text/html")

    def case_huge(self, address):
        self.answer(200, b"x" * (10 * 1024 * 1024))

    def case_slow(self, address):
        over.wait()

    def log_message(self, *arguments):
        pass


class Whois(socketserver.StreamRequestHandler):
    def handle(self):
        address = self.rfile.readline().decode().strip()
        note("%s %s" % (self.server.name, address))
        answer = getattr(self, self.server.name)(address)
        try:
            self.wfile.write(answer.encode())
        except OSError:
            pass

    def first(self, address):
        refer = "ReferralServer: whois://127.0.0.1:%d\n" % referred.server_address[1]
        wide = "inetnum: 203.0.112.0 - 203.0.113.255\nnetname: WIDE\ncountry: AU\nsource: APNIC\n"
        if address == "203.0.113.7" or address == "203.0.113.8":
            return wide + "\n" + refer
        if address == "203.0.113.9":
            return refer
        if address == "203.0.113.10":
            return "x" * (10 * 1024 * 1024)
        if address == "203.0.113.11":
            over.wait()
        return "%ERROR:101: no entries found\n"

    def referred(self, address):
        contact = "abuse-c: A\n\nrole: Desk\nnic-hdl: A\nabuse-mailbox: abuse@small.example\n"
        back = "\nReferralServer: whois://127.0.0.1:%d\n" % first.server_address[1]
        ranges = {"203.0.113.7": "203.0.113.0 - 203.0.113.127",
                  "203.0.113.8": "203.0.0.0 - 203.0.255.255",
                  "203.0.113.9": "203.0.113.0 - 203.0.113.63"}
        return "inetnum: %s\nnetname: SMALL\n%s%s" % (ranges[address], contact, back)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, name):
        super().__init__(("127.0.0.1", 0), Whois)
        self.name = name


rdap = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Rdap)
first = Server("first")
referred = Server("referred")
for server in (rdap, first, referred):
    threading.Thread(target=server.serve_forever, daemon=True).start()
print(rdap.server_address[1], first.server_address[1], referred.server_address[1], flush=True)
sys.stdin.read()
over.set()

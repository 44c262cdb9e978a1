// support/complained.hpp -- a site that complained about 203.0.113.7, and the bounces that our own
// MTA writes of its complaints, with their tokens: what follows is due at once.
#pragma once

#include "site.hpp"
#include "smtp_server.hpp"

namespace ndr::support {

class Complained {
public:
    // What a registry says of 203.0.113.7, then the complaint.
    explicit Complained(std::string_view answer) {
        site.configure("allow_documentation = yes\nlookup = no\nrelay = " + server.address() +
                       "\n");
        site.output({"networks", "import", site.write("whois.txt", answer)});
        site.output({"complain", "--ip", "203.0.113.7"});
    }

    // The copy to `contact` came back.
    void bounce(const std::string& contact, const std::string& status,
                const std::string& diagnostic) const {
        const std::string sender = sender_to(contact);
        const std::string octets =
            "Received: by mail.example.org (Postfix)\n\tid 1; Mon, 23 Nov 2026 11:59:00 +0000\n"
            "From: MAILER-DAEMON@mail.example.org\nTo: complaints@example.org\n"
            "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <" +
            sender +
            ">\nDate: Mon, 23 Nov 2026 11:59:00 +0000\nMIME-Version: 1.0\nContent-Type: "
            "multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nfailed\n--b\n"
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n"
            "Final-Recipient: rfc822; " +
            contact + "\nAction: failed\nStatus: " + status +
            "\nRemote-MTA: dns; mx.example.net\nDiagnostic-Code: " + diagnostic + "\n\n--b--\n";
        expect_silent_success(
            site.run({"deliver", "--recipient", sender, "--sender", "", "--client", ""}, octets));
    }

    // The envelope sender, token and all, of the last letter to that contact.
    std::string sender_to(const std::string& contact) const {
        std::string sender;
        std::string last;
        for (const auto& session : server.received()) {
            for (const auto& command : session.commands) {
                const auto begin = command.find('<') + 1;
                const std::string address = command.substr(begin, command.find('>') - begin);
                if (command.rfind("MAIL FROM:", 0) == 0) last = address;
                if (command.rfind("RCPT TO:", 0) == 0 && address == contact) sender = last;
            }
        }
        return sender;
    }

    // The number of the one follow-up of that kind.
    std::string follow_up(const std::string& kind) const {
        const auto rows = site.listed({"act", "--dry-run"});
        for (const auto& row : rows) {
            if (row["kind"] == kind) return std::to_string(row["id"].get<int>());
        }
        return "none";
    }

    SmtpServer server;
    Site site;
};

inline constexpr const char* no_such_user = "smtp; 550 5.1.1 <abuse@example.net>: User unknown";

}  // namespace ndr::support

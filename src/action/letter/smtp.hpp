// smtp.hpp -- one conversation with the local MTA (RFC 5321), as its client.
//
// No Debian library speaks SMTP with the parameters of RFC 3461 (libcurl 7.88 has no ENVID), so the
// commands are written here; GIO has the connection and its time limit.
#pragma once

#include <gio/gio.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace ndr {

class SmtpSession {
public:
    // Connects. `recipient` is for the message of a fault. Everything throws SubmissionError.
    SmtpSession(const std::string& host, std::uint16_t port, const std::string& recipient);

    void send(std::string_view octets);
    // The reply's lines, each with an LF in front and without its code; any other code throws.
    std::string expect(int code, std::string_view to_what);
    std::string command(const std::string& line, int code);
    // QUIT; what the MTA answers does not matter any more.
    void say_goodbye();
    // It ended, or fell silent, while its answer was awaited.
    bool is_lost() const { return is_lost_; }

private:
    struct Unref {
        void operator()(void* object) const { g_object_unref(object); }
    };

    std::string read_line();
    [[noreturn]] void fail(const std::string& why, bool is_permanent = false) const;

    bool is_lost_ = false;
    std::string peer_;
    std::string recipient_;
    std::unique_ptr<GSocketConnection, Unref> connection_;
    std::unique_ptr<GDataInputStream, Unref> input_;
};

// RFC 3461 section 4: '+', '=' and what is no printable ASCII as +HH.
std::string xtext(std::string_view text);
// What we call ourselves in EHLO.
std::string own_host_name();

}  // namespace ndr

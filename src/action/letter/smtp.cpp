#include "smtp.hpp"

#include <fmt/core.h>

#include "ndr_triage/action/letter/submission.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr unsigned time_limit = 60;      // seconds for each answer
constexpr std::size_t most_lines = 100;  // of one reply

struct ErrorFree {
    void operator()(GError* error) const { g_error_free(error); }
};
using Error = std::unique_ptr<GError, ErrorFree>;

std::string reason_of(const Error& error) {
    return error ? printable(error->message) : "the connection was closed";
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

SmtpSession::SmtpSession(const std::string& host, std::uint16_t port, const std::string& recipient)
    : peer_(fmt::format("{} port {}", host, port)), recipient_(recipient) {
    const std::unique_ptr<GSocketClient, Unref> client(g_socket_client_new());
    g_socket_client_set_timeout(client.get(), time_limit);
    g_socket_client_set_enable_proxy(client.get(), FALSE);
    const std::unique_ptr<GSocketConnectable, Unref> address(
        g_network_address_new(host.c_str(), port));
    GError* raw = nullptr;
    connection_.reset(g_socket_client_connect(client.get(), address.get(), nullptr, &raw));
    const Error error(raw);
    if (!connection_) fail(reason_of(error));
    input_.reset(
        g_data_input_stream_new(g_io_stream_get_input_stream(G_IO_STREAM(connection_.get()))));
    g_data_input_stream_set_newline_type(input_.get(), G_DATA_STREAM_NEWLINE_TYPE_LF);
}

void SmtpSession::send(std::string_view octets) {
    GError* raw = nullptr;
    const bool sent =
        g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection_.get())),
                                  octets.data(), octets.size(), nullptr, nullptr, &raw) == TRUE;
    const Error error(raw);
    if (!sent) fail(reason_of(error));
}

std::string SmtpSession::read_line() {
    GError* raw = nullptr;
    gsize size = 0;
    const std::unique_ptr<char, decltype(&g_free)> line(
        g_data_input_stream_read_line(input_.get(), &size, nullptr, &raw), &g_free);
    const Error error(raw);
    is_lost_ = line == nullptr;
    if (is_lost_) fail(reason_of(error));
    return std::string(trimmed(std::string_view(line.get(), size)));
}

std::string SmtpSession::expect(int code, std::string_view to_what) {
    std::string text;
    for (std::size_t lines = 0; lines < most_lines; ++lines) {
        const std::string line = read_line();
        const bool is_reply = line.size() >= 3 && is_digit(line[0]) && is_digit(line[1]) &&
                              is_digit(line[2]) &&
                              (line.size() == 3 || line[3] == ' ' || line[3] == '-');
        if (!is_reply) fail("it does not speak SMTP: '" + printable(line, 80) + "'");
        if (line.compare(0, 3, std::to_string(code)) != 0)
            fail(fmt::format("it answered {} with '{}'", printable(to_what, 120),
                             printable(line, 200)),
                 line.front() == '5');
        text += "\n" + (line.size() > 4 ? line.substr(4) : std::string());
        if (line.size() == 3 || line[3] == ' ') return text;
    }
    fail("its answer does not end");
}

std::string SmtpSession::command(const std::string& line, int code) {
    send(line + "\r\n");
    return expect(code, line);
}

void SmtpSession::say_goodbye() {
    constexpr std::string_view quit = "QUIT\r\n";
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection_.get())),
                              quit.data(), quit.size(), nullptr, nullptr, nullptr);
}

void SmtpSession::fail(const std::string& why, bool is_permanent) const {
    throw SubmissionError(
        is_permanent ? ExitStatus::unavailable : ExitStatus::temp_fail,
        fmt::format("the MTA at {} did not take the letter to {}: {}", peer_, recipient_, why));
}

std::string xtext(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool is_plain = c > ' ' && c < '\x7f' && c != '+' && c != '=';
        if (is_plain) {
            result += c;
        } else {
            result += fmt::format("+{:02X}", static_cast<unsigned char>(c));
        }
    }
    return result;
}

std::string own_host_name() {
    const char* name = g_get_host_name();
    return name != nullptr && *name != '\0' ? name : "localhost";
}

}  // namespace ndr

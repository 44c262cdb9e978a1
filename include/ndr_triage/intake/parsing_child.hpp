// intake/parsing_child.hpp -- a process of its own in which hostile mail is parsed and judged.
//
// The child has no ledger, no key and no file; memory and time are limited, and seccomp (where the
// kernel has it, and not under the sanitizers) leaves it what reading a socket and computing take.
// It answers with a judgement over a socket, bounded. If it dies or is slow, only the one message
// is affected. Fork it before anything secret is opened.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "ndr_triage/base/files.hpp"
#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// What came back: a judgement, or why there is none.
struct Examination {
    std::optional<Judgement> judgement;
    std::string fault;  // one line, "" with a judgement
};

class ParsingChild {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds time_limit{3000};

    // Forks. `rules` must have been set up; the charsets' converters, too, if the mail may need
    // them. Throws IoError if the system gives no process.
    explicit ParsingChild(const RuleSet& rules);
    // A child that another process forked for us, by its socket and its pidfd (pidfd_open(2)).
    ParsingChild(Descriptor socket, Descriptor process);
    ~ParsingChild();  // ends the child
    ParsingChild(ParsingChild&&) noexcept = default;
    ParsingChild& operator=(ParsingChild&& other) noexcept;

    // One message at a time: send, then receive. A child that failed once is not used again.
    void send(std::string_view octets);
    Examination receive();
    Examination judge(std::string_view octets);

    // Lets the child live on without us: its descriptors were handed to another process.
    void give_up() { process_.reset(); }

    bool is_usable() const { return !failed_; }
    // Becomes readable when the answer is there, or the child is not.
    int socket() const { return socket_.get(); }
    int process() const { return process_.get(); }
    // When the message that was sent last must be answered.
    Clock::time_point deadline() const { return deadline_; }

private:
    Examination failure(const std::string& why);
    bool wait_for(short event);
    bool write_exactly(const char* octets, std::size_t size);
    bool read_exactly(char* octets, std::size_t size);
    void end();

    Descriptor socket_;
    Descriptor process_;
    Clock::time_point deadline_{};
    bool has_sent_ = false;
    bool failed_ = false;
    bool is_late_ = false;
};

// True when the kernel offers seccomp filters and this build uses them, for `doctor`.
bool has_seccomp();

}  // namespace ndr

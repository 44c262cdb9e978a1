#include "ndr_triage/intake/incoming.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

namespace {

class Reader {
public:
    Reader(const SizeLimits& limits, Hold& hold) : builder_(limits), hold_(hold), limits_(limits) {}

    void take(std::string_view octets) {
        if (!spool_ && fault_.empty() && builder_.size() + octets.size() > limits_.max_size) {
            spool([&] {
                spool_ = std::make_unique<HeldFile>(hold_);
                spool_->write(builder_.octets());
            });
        }
        if (spool_) spool([&] { spool_->write(octets); });
        builder_.feed(octets);
    }

    Incoming finish() { return {builder_.finish(), std::move(spool_), std::move(fault_)}; }

private:
    template <typename Work>
    void spool(const Work& work) {
        try {
            work();
        } catch (const IoError& error) {
            spool_.reset();
            fault_ = error.what();
        }
    }

    RawMessageBuilder builder_;
    Hold& hold_;
    SizeLimits limits_;
    std::unique_ptr<HeldFile> spool_;
    std::string fault_;
};

template <typename Take>
void read_to_end(int fd, const std::string& name, const Take& take) {
    std::array<char, 64 * 1024> buffer{};
    for (;;) {
        const ssize_t got = read(fd, buffer.data(), buffer.size());
        if (got == 0) return;
        if (got > 0) {
            take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
        } else if (errno != EINTR) {
            throw_io_error("read", name, errno);
        }
    }
}

}  // namespace

Incoming read_incoming(int fd, const SizeLimits& limits, Hold& hold, const std::string& name) {
    Reader reader(limits, hold);
    read_to_end(fd, name, [&](std::string_view octets) { reader.take(octets); });
    return reader.finish();
}

RawMessage read_raw_message(int fd, const SizeLimits& limits, const std::string& name) {
    RawMessageBuilder builder(limits);
    read_to_end(fd, name, [&](std::string_view octets) { builder.feed(octets); });
    return builder.finish();
}

}  // namespace ndr

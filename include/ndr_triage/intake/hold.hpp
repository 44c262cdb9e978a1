// intake/hold.hpp -- the hold Maildir: messages that could not be taken in, octet for octet.
//
// new/ has those that `act` and `hold retry` try once more, cur/ those that failed again. Beside
// them info/NAME.json says why and how the message came. A message stands in new/ or cur/ only when
// it is whole and durable. Throws IoError.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/mail/envelope.hpp"

namespace ndr {

struct HoldReason {
    std::string reason;  // one line
    Instant held_at{};
    Envelope envelope;
    bool is_record = false;  // it came where complaints are recorded, and no reply
};

struct HeldMessage {
    std::string name;
    std::string path;
    bool was_retried = false;  // it lies in cur/
    std::uint64_t size = 0;
    HoldReason reason;
};

class Hold {
public:
    explicit Hold(std::string directory) : directory_(std::move(directory)) {}

    const std::string& directory() const { return directory_; }

    // By name, that is by time; none if there is no directory.
    std::vector<HeldMessage> list() const;
    // The message of that name, or of that number in list() counted from 1.
    std::optional<HeldMessage> find(std::string_view name_or_number) const;
    void drop(const HeldMessage& message);
    // Puts it aside with a new reason.
    void give_up(const HeldMessage& message, const std::string& reason);

private:
    friend class HeldFile;
    std::string directory_;
};

// A message on its way into hold: what is not kept is gone when it goes out of scope.
class HeldFile {
public:
    // Creates the Maildir if it is missing.
    explicit HeldFile(Hold& hold);
    ~HeldFile();
    HeldFile(const HeldFile&) = delete;
    HeldFile& operator=(const HeldFile&) = delete;

    void write(std::string_view octets);
    // All that was written, piece by piece; also after keep(), wherever the file is by then.
    void read(const std::function<void(std::string_view)>& take) const;
    // Whole and durable in new/ when it returns; the path there.
    std::string keep(const HoldReason& reason);

private:
    std::string directory_;
    std::string name_;
    Descriptor fd_;
    bool is_kept_ = false;
};

}  // namespace ndr

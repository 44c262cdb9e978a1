#include "ndr_triage/mail/sources.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <filesystem>

#include "mbox.hpp"

namespace ndr {

namespace fs = std::filesystem;

namespace {

struct Place {
    std::string path;
    bool is_found = false;  // in a directory; else somebody named it
};

SourceItem fault_item(const std::string& path, ExitStatus status, const std::string& text) {
    SourceItem item{path, 0, {}, std::nullopt};
    item.fault = SourceFault{status, text};
    return item;
}

SourceItem fault_item(const std::string& path, const std::string& verb, int error) {
    try {
        throw_io_error(verb, path, error);
    } catch (const IoError& failure) {
        return fault_item(path, failure.status(), failure.what());
    }
}

bool is_maildir(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path / "new", ignored) && fs::is_directory(path / "cur", ignored);
}

bool lies_in_maildir(const fs::path& file) {
    const auto folder = file.parent_path().filename();
    return (folder == "new" || folder == "cur") && is_maildir(file.parent_path().parent_path());
}

}  // namespace

class MessageSource::Walker {
public:
    Walker(std::vector<std::string> paths, const SizeLimits& limits) : limits_(limits) {
        for (auto& path : paths) {
            count_size(path);
            pending_.push_back({std::move(path), false});
        }
    }

    std::optional<SourceItem> next() {
        for (;;) {
            if (file_) {
                if (auto item = file_->next()) return item;
                octets_read_ += file_->octets_read();
                file_.reset();
            }
            if (pending_.empty()) return std::nullopt;
            const Place place = std::move(pending_.front());
            pending_.pop_front();
            if (auto fault = open(place)) return fault;
        }
    }

    std::uint64_t octets_read() const { return octets_read_ + (file_ ? file_->octets_read() : 0); }
    std::uint64_t octets_known() const { return octets_known_; }

private:
    // All that lies below, so that a progress bar never runs backwards; faults show up later.
    void count_size(const fs::path& path) {
        std::error_code error;
        if (const auto size = fs::file_size(path, error); !error) octets_known_ += size;
        using Walk = fs::recursive_directory_iterator;
        if (!fs::is_directory(path, error)) return;
        for (Walk entry(path, fs::directory_options::skip_permission_denied, error);
             !error && entry != Walk(); entry.increment(error)) {
            std::error_code no_file;
            const auto size = entry->file_size(no_file);
            if (!no_file) octets_known_ += size;
        }
    }

    std::optional<SourceItem> open(const Place& place) {
        if (place.path == "-") {
            File file(fdopen(dup(STDIN_FILENO), "r"));
            if (!file) return fault_item(place.path, "read", errno);
            file_ = std::make_unique<MessageFile>("-", std::move(file), true, limits_);
            return std::nullopt;
        }
        std::error_code error;
        const auto status = fs::status(place.path, error);
        if (error) return fault_item(place.path, "read", error.value());
        if (fs::is_directory(status)) return open_directory(place);
        // A fifo that somebody names has a writer; one found on the way may wait for it for ever.
        const bool is_readable =
            fs::is_regular_file(status) || (fs::is_fifo(status) && !place.is_found);
        if (!is_readable)
            return fault_item(place.path, ExitStatus::data_error,
                              place.path + ": neither a file nor a directory");
        File file(std::fopen(place.path.c_str(), "re"));
        if (!file) return fault_item(place.path, "read", errno);
        const bool single = place.path.ends_with(".eml") || lies_in_maildir(place.path);
        file_ = std::make_unique<MessageFile>(place.path, std::move(file), !single, limits_);
        return std::nullopt;
    }

    std::optional<SourceItem> open_directory(const Place& place) {
        const bool maildir = is_maildir(place.path);
        std::vector<fs::path> found;
        for (const char* folder : {"new", "cur"}) {
            if (!maildir) break;
            if (auto fault = list(fs::path(place.path) / folder, found)) return fault;
        }
        if (!maildir) {
            if (auto fault = list(place.path, found)) return fault;
        }
        std::sort(found.begin(), found.end());
        const auto at = pending_.begin();
        std::deque<Place> places;
        for (const auto& path : found)
            places.push_back({path.string(), true});
        pending_.insert(at, places.begin(), places.end());
        return std::nullopt;
    }

    static std::optional<SourceItem> list(const fs::path& directory, std::vector<fs::path>& found) {
        std::error_code error;
        fs::directory_iterator entries(directory, error);
        if (error) return fault_item(directory.string(), "read", error.value());
        while (entries != fs::directory_iterator()) {
            const auto& path = entries->path();
            std::error_code ignored;
            const bool link_to_directory =
                fs::is_symlink(path, ignored) && fs::is_directory(path, ignored);
            if (!path.filename().string().starts_with('.') && !link_to_directory)
                found.push_back(path);
            entries.increment(error);  // at an error it is at the end
        }
        if (error) return fault_item(directory.string(), "read", error.value());
        return std::nullopt;
    }

    SizeLimits limits_;
    std::deque<Place> pending_;
    std::unique_ptr<MessageFile> file_;
    std::uint64_t octets_read_ = 0;
    std::uint64_t octets_known_ = 0;
};

MessageSource::MessageSource(std::vector<std::string> paths, const SizeLimits& limits)
    : walker_(std::make_unique<Walker>(std::move(paths), limits)) {}
MessageSource::~MessageSource() = default;

std::optional<SourceItem> MessageSource::next() {
    return walker_->next();
}
std::uint64_t MessageSource::octets_read() const {
    return walker_->octets_read();
}
std::uint64_t MessageSource::octets_known() const {
    return walker_->octets_known();
}

}  // namespace ndr

#include "findings.hpp"

#include <fmt/core.h>
#include <sys/stat.h>

#include <optional>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"

namespace ndr {

namespace {

std::optional<struct stat> status_of(const std::string& path) {
    struct stat file {};
    if (stat(path.c_str(), &file) != 0) return std::nullopt;
    return file;
}

}  // namespace

void Findings::broken(const std::string& what, const std::string& remedy) {
    found_.push_back({Health::broken, subject_ + ": " + what, remedy});
}

void Findings::warn(const std::string& what, const std::string& remedy) {
    found_.push_back({Health::warning, subject_ + ": " + what, remedy});
}

void Findings::run_by(const std::string& user, const std::string& owner,
                      const std::string& remedy) {
    user_ = user;
    if (user != owner)
        broken(fmt::format("runs as {}, but the ledger is {}'s", user, owner), remedy);
}

void Findings::add_to(std::vector<Checked>& all) && {
    if (found_.empty())
        found_.push_back(
            {Health::works,
             subject_ + ": as it should be" + (user_.empty() ? "" : ", run by " + user_), ""});
    all.insert(all.end(), found_.begin(), found_.end());
}

std::string text_of(const std::string& path) {
    try {
        return read_file_if_there(path).value_or("");
    } catch (const IoError&) {
        return {};
    }
}

bool is_there(const std::string& path) {
    return status_of(path).has_value();
}

std::string owner_of(const std::string& path) {
    const auto file = status_of(path);
    return file ? name_of_user(file->st_uid) : "";
}

bool is_writable_by_others(const std::string& path) {
    const auto file = status_of(path);
    return file && (file->st_mode & S_IWOTH) != 0;
}

}  // namespace ndr

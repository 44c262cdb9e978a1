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

void check_own_file(const std::string& path, const std::string& owner, const FileDemands& demands,
                    Findings& findings) {
    findings.run_by(owner, owner, "");
    const auto file = status_of(path);
    if (!file) return;
    const std::string it_is = name_of_user(file->st_uid);
    if (it_is != owner && !(demands.root_may_own && file->st_uid == 0))
        findings.broken(fmt::format("is {}'s, so {}", it_is, demands.otherwise),
                        fmt::format("chown {} {}", owner, path));
    const mode_t writers = S_IWOTH | (demands.group_may_write ? 0U : S_IWGRP);
    if ((file->st_mode & writers) != 0)
        findings.broken(fmt::format("others may write it, so {}", demands.otherwise),
                        "chmod go-w " + path);
    const std::string directory = directory_of(path);
    if (demands.looks_at_directory && is_writable_by_others(directory))
        findings.broken(fmt::format("others may write its directory, so {}", demands.otherwise),
                        "chmod o-w " + directory);
}

}  // namespace ndr

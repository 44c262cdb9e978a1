#include "ndr_triage/base/privileges.hpp"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

namespace {

std::vector<gid_t> own_groups() {
    std::vector<gid_t> groups(static_cast<std::size_t>(getgroups(0, nullptr)));
    groups.resize(
        static_cast<std::size_t>(getgroups(static_cast<int>(groups.size()), groups.data())));
    return groups;
}

bool take_groups_of(uid_t user, gid_t group) {
    const passwd* known = getpwuid(user);
    return known != nullptr ? initgroups(known->pw_name, group) == 0 : setgroups(1, &group) == 0;
}

}  // namespace

void Privileges::put_down(uid_t user, gid_t group, const std::string& reason) {
    if (geteuid() != 0 || user == 0) return;
    if (!are_down_) {
        groups_ = own_groups();
        group_ = getegid();
    }
    are_down_ = true;
    if (!take_groups_of(user, group) || setresgid(group, group, group_) != 0 ||
        setresuid(user, user, 0) != 0)
        throw_io_error("become the owner of", reason, errno);
}

void Privileges::take_up() {
    if (!are_down_) return;
    if (setresuid(0, 0, 0) != 0 || setresgid(group_, group_, group_) != 0 ||
        setgroups(groups_.size(), groups_.data()) != 0)
        throw_io_error("take up", "root's rights again", errno);
    are_down_ = false;
}

}  // namespace ndr

// base/privileges.hpp -- root puts its rights down, and takes them up again.
//
// While they are down, real and effective user, group and groups are another's, and root is left in
// the saved ids alone (credentials(7)). execve(2) copies the effective ids over those: no program
// that is started meanwhile can become root again. Files belong to whom the rights were put down
// for.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace ndr {

class Privileges {
public:
    // Takes the user, and the groups that it has; `group` alone where nobody knows the user. Does
    // nothing unless the effective user is root. Throws IoError naming `reason`.
    void put_down(uid_t user, gid_t group, const std::string& reason);
    // Nothing if they are not down. Throws IoError.
    void take_up();

private:
    std::vector<gid_t> groups_;  // root's own
    gid_t group_ = 0;
    bool are_down_ = false;
};

}  // namespace ndr

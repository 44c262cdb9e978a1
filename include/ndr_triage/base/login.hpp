// base/login.hpp -- who sits at the keyboard, for the audit trail.
#pragma once

#include <string>

namespace ndr {

// The name that the user logged in with (login uid, pam_loginuid(8)), through sudo and su; else
// whom sudo(8) says that it works for; else the real user. "uid 1234" where nobody knows the name.
// To be asked before privileges are put down.
std::string login_name();

}  // namespace ndr

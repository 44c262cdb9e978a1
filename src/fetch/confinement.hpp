// fetch/confinement.hpp -- what this process may still open while it talks to servers that we know
// nothing of: whoever takes it over finds neither ledger nor key, whatever its user may read.
//
// By Landlock (landlock(7), Linux 5.13), which no right of the user takes back. Where the kernel
// has none, or the host does not let us ask, nothing is forbidden but what the user is not allowed.
#pragma once

#include <string>
#include <vector>

namespace ndr {

// From now on this process can read what every program needs (libraries, certificates, how names
// are looked up) and `files`, and it can make, change and remove files in `directory` ("" none);
// nothing else can be opened, made, removed, renamed or run. truncate(2) is forbidden since Linux
// 6.2 alone; whether a file is there is no secret. PR_SET_NO_NEW_PRIVS must be set. Throws Failure.
void confine(const std::vector<std::string>& files, const std::string& directory);

}  // namespace ndr

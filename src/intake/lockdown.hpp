// intake/lockdown.hpp -- what a process that reads hostile mail gives up, for good.
#pragma once

namespace ndr {

// Closes every descriptor but `kept`, drops every capability and the way back to another user,
// limits memory, forbids core dumps, new privileges, files and all system calls but those of
// computing and of reading and writing open descriptors. Ends the process if what must hold cannot
// be had; a kernel without seccomp is no such case.
void lock_down(int kept);

}  // namespace ndr

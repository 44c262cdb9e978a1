// block/dns_list.hpp -- rbldnsd, which serves bl.example.org from the files blocked4 and blocked6
// of a directory.
#pragma once

#include <string>

#include "tools.hpp"

namespace ndr::support {

class DnsList {
public:
    // At port 53 of each address. In a process group of its own (set -m), which outlives the
    // command line. It listens before it has read its files, and looks for new ones every second.
    explicit DnsList(const std::string& directory, const Lines& addresses = {"127.0.0.1"}) {
        std::string bindings;
        for (const auto& address : addresses)
            bindings += " -b " + address + "/53";
        pid_ =
            typed("set -m; cd " + directory + "; chmod 755 .; rbldnsd -n -u mail -w ." + bindings +
                  " -c 1 bl.example.org:ip4trie:blocked4 bl.example.org:ip6trie:blocked6 "
                  ">log 2>&1 & echo $!");
    }
    // It has ended when it is done: the next one needs the port.
    ~DnsList() {
        typed("pid=" + pid_ + "kill $pid; timeout 20 tail -s 0.1 -f --pid=$pid /dev/null");
    }
    DnsList(const DnsList&) = delete;
    DnsList& operator=(const DnsList&) = delete;

private:
    std::string pid_;  // and LF
};

}  // namespace ndr::support

// block/bans.hpp -- fail2ban with the jail and the action of examples/fail2ban, and another jail.
#pragma once

#include "tools.hpp"

namespace ndr::support {

class Bans {
public:
    // All of it lives in /run/site, which stands in the place of /etc/fail2ban.
    Bans() {
        typed(
            "nft flush ruleset; mkdir -p /run/fail2ban /run/site && cd /run/site && rm -rf * && "
            "cp -a /etc/fail2ban/. . && rm -f jail.d/* && "
            "cp " NDR_EXAMPLES
            "/fail2ban/jail.d/ndr-triage-blocks.local jail.d && "
            "cp " NDR_EXAMPLES
            "/fail2ban/action.d/ndr-triage-nftables.conf action.d && "
            // What it forgets of its bans' history after a second, it needs for no ban.
            "printf '[Definition]\\nlogtarget = /run/site/log\\ndbfile = /run/site/db\\n"
            "dbpurgeage = 1\\n' >fail2ban.local && "
            "printf '[other]\\nenabled = true\\nfilter =\\nbackend = polling\\n"
            "action = dummy\\n' >jail.d/other.local && "
            "mount --bind /run/site /etc/fail2ban");
    }
    // Must have been started.
    ~Bans() { typed("fail2ban-client stop; umount /etc/fail2ban"); }
    Bans(const Bans&) = delete;
    Bans& operator=(const Bans&) = delete;

    static void start() { typed("fail2ban-client start"); }
};

}  // namespace ndr::support

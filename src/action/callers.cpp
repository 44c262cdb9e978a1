#include "ndr_triage/action/callers.hpp"

namespace ndr {

std::vector<Checked> check_callers(const CallerSite& site) {
    std::vector<Checked> all;
    for (auto* check : {check_postfix, check_exim, check_opensmtpd, check_procmail, check_maildrop,
                        check_sieve}) {
        const auto found = check(site);
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

}  // namespace ndr

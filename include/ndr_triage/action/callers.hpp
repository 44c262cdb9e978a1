// action/callers.hpp -- whether those that call us were told to do so without losing mail.
//
// Reads their configuration as far as it names ndr-triage; a file that is not there, or that this
// user may not read, is nobody's fault. What is not known to go wrong is left alone.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/action/checkup.hpp"

namespace ndr {

// Where callers keep what they were told, and whom the ledger belongs to.
struct CallerSite {
    std::string etc = "/etc";
    std::string home;   // of the owner, "" if nobody knows
    std::string owner;  // of the ledger
    bool has_retry_folders = false;
    std::string sieve_programs = "/usr/local/lib/dovecot/ndr-triage";
};

// All of those below.
std::vector<Checked> check_callers(const CallerSite& site);

// The services of pipe(8) in master.cf, the commands that /etc/aliases, a file that it includes, or
// ~/.forward gives to local(8), and what main.cf says of both.
std::vector<Checked> check_postfix(const CallerSite& site);

// The recipes of /etc/procmailrc and ~/.procmailrc: procmailrc(5).
std::vector<Checked> check_procmail(const CallerSite& site);

// The statements `to`, `cc` and `xfilter` of /etc/maildroprc and ~/.mailfilter: maildropfilter(7).
std::vector<Checked> check_maildrop(const CallerSite& site);

// The pipe transports of /etc/exim4, as Debian lays it out, and who routes to them.
std::vector<Checked> check_exim(const CallerSite& site);

// The actions with `mda` of /etc/smtpd.conf.
std::vector<Checked> check_opensmtpd(const CallerSite& site);

// The script /etc/dovecot/ndr-triage.sieve, and the programs that it names (Pigeonhole's
// vnd.dovecot.pipe, .filter and .execute).
std::vector<Checked> check_sieve(const CallerSite& site);

}  // namespace ndr

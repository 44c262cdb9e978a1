// casework/house.hpp -- what a site owns and decided, as far as replies are judged by it.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/casework/keyring.hpp"
#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/network/address.hpp"

namespace ndr {

struct House {
    Policy policy = Policy::standard();
    Keyring keyring;
    std::string key_file;                       // where it lies, for what must be said of it
    std::vector<Address> own_mta;               // clients whose mail was written here
    Seconds token_age = std::chrono::days(60);  // of its complaint: a token is good so long
};

}  // namespace ndr

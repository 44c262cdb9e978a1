// block/local_api.hpp -- CrowdSec's local API (LAPI) on a port of ours, with a machine and
// bouncers.
#pragma once

#include <string>

namespace ndr::support {

class LocalApi {
public:
    // Listens at `address`:8080 when it is done; all of it lives in /run/crowdsec. Its machine
    // `ndr-triage` is the one of examples/crowdsec/config.yaml, which is /run/crowdsec/client.yaml;
    // /run/crowdsec/local.yaml is the same with the database. The bouncers `firewall` (key
    // "firewall-key") and `ndr-triage-verify` (in the file /run/crowdsec/bouncer.key).
    explicit LocalApi(const std::string& address = "127.0.0.1");
    // It has ended when it is done.
    ~LocalApi();
    LocalApi(const LocalApi&) = delete;
    LocalApi& operator=(const LocalApi&) = delete;

    // What `cscli` of LAPI's own administrator prints.
    std::string cscli(const std::string& words) const;
};

}  // namespace ndr::support

// support/registry.hpp -- registries of a test's own (registry.py): RDAP and whois on loopback.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "temporary_directory.hpp"

namespace ndr::support {

class Registry {
public:
    Registry();  // returns when all of it listens
    ~Registry();
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;

    // A bootstrap file (RFC 9224) that sends every address to one case of registry.py. In a new
    // directory that everybody may read.
    std::string bootstrap(const std::string& behaviour);
    // "127.0.0.1:PORT"
    std::string rdap() const { return "127.0.0.1:" + std::to_string(rdap_); }
    std::string whois() const { return "127.0.0.1:" + std::to_string(whois_); }
    std::string referred() const { return "127.0.0.1:" + std::to_string(referred_); }
    // Every question that was asked.
    std::vector<std::string> questions() const;

private:
    TemporaryDirectory directory_;
    pid_t process_ = -1;
    int input_ = -1;
    int rdap_ = 0;
    int whois_ = 0;
    int referred_ = 0;
};

// The path of ndr-triage-fetch.
std::string fetch_program();

}  // namespace ndr::support

// action/block/rbldnsd.hpp -- blocks as a DNS list, in two data sets for rbldnsd(8):
//
//     rbldnsd ... bl.example.org:ip4trie:blocked4 bl.example.org:ip6trie:blocked6
//
// The files are replaced whole, and only if they change; rbldnsd looks for new ones by itself
// (-c). Whoever asks the list is not known here: `verify` asks it itself.
#pragma once

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

struct RbldnsdSettings {
    std::string ipv4_path;
    std::string ipv6_path;
    std::string zone;                  // "bl.example.org"
    std::string server = "127.0.0.1";  // to ask, and its port
    int port = 53;
    std::string answer = "127.0.0.2";
    std::string text = "Complaints about attacks from this network are not received there";
    int ttl = 300;  // seconds
    std::string dig = "dig";
};

class Rbldnsd : public BackEnd {
public:
    // Throws ConfigError for a text that is not one line, an answer that is no address of
    // 127.0.0.0/8, or a zone that is no domain.
    explicit Rbldnsd(RbldnsdSettings settings);

    std::string name() const override { return "rbldnsd"; }
    // Both files, one behind the other.
    std::string plan(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    void apply(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // What is in the files, and what the server answers for the first and the last address of each
    // prefix.
    std::vector<std::string> verify(const std::vector<ActiveBlock>& blocks,
                                    Instant now) const override;

private:
    RbldnsdSettings settings_;
};

}  // namespace ndr

#include "ndr_triage/view/key_list.hpp"

namespace ndr {

namespace {

// Until when tokens of the key are believed; nullopt without end.
std::optional<Instant> believed_until(const House& house, const Key& key) {
    const auto superseded = house.keyring.superseded_at(key);
    return superseded ? std::optional(*superseded + house.token_age) : std::nullopt;
}

std::string use_of(const House& house, const Key& key, Instant now) {
    const auto until = believed_until(house, key);
    if (until && now > *until) return "expired";
    return &key == house.keyring.signing() ? "signs" : "verifies";
}

}  // namespace

Listing listing_of_keys(const House& house, Instant now) {
    Listing listing{{{"id", "ID"},
                     {"use", "USE"},
                     {"is_foreign", ""},
                     {"created_at", "CREATED"},
                     {"believed_until", "BELIEVED UNTIL"}},
                    {}};
    for (const auto& key : house.keyring.keys()) {
        const auto until = believed_until(house, key);
        listing.rows.push_back({key.id, use_of(house, key, now), !key.signs,
                                iso_text(key.created_at),
                                until ? Value(iso_text(*until)) : Value()});
    }
    return listing;
}

}  // namespace ndr

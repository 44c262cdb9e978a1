// ARIN's own text: a NetRange, its organisation, its points of contact; then the next NetRange.
#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/network/time_zones.hpp"
#include "registry_text.hpp"

namespace ndr {

namespace {

struct Kind {
    std::string_view start;  // of the attribute's name
    ContactRole role;
};
// What a network says of itself (R...) comes before what its organisation says.
constexpr std::array kinds{
    Kind{"rabuse", ContactRole::abuse},    Kind{"orgabuse", ContactRole::abuse},
    Kind{"rtech", ContactRole::technical}, Kind{"orgtech", ContactRole::technical},
    Kind{"rnoc", ContactRole::noc},        Kind{"orgnoc", ContactRole::noc}};

// "EXISP" of "Example ISP (EXISP)".
std::string handle_in(std::string_view organisation) {
    const auto open = organisation.rfind('(');
    if (open == std::string_view::npos || !organisation.ends_with(')')) return {};
    return std::string(organisation.substr(open + 1, organisation.size() - open - 2));
}

// ARIN's handles for the other registries and IANA: what these hold is registered there. A
// network's name, which its holder chooses, says nothing of the kind.
bool is_registry(std::string_view handle) {
    static constexpr std::array<std::string_view, 5> handles{"RIPE", "APNIC", "LACNIC", "AFRINIC",
                                                             "IANA"};
    return std::find(handles.begin(), handles.end(), handle) != handles.end();
}

// One network as it is read: the text tells its parts one after the other.
class Gathering {
public:
    explicit Gathering(std::string written) : written_(std::move(written)) {}

    void take(const Attribute& attribute) {
        const auto& [name, value] = attribute;
        if (name == "netname") network_.name = value;
        if (name == "nethandle") network_.handle = value;
        if (name == "country" && network_.country.empty()) network_.country = country_of(value);
        if (name == "organization") holder_ = handle_in(value);
        if (name == "orgname") network_.organisation = value;
        if (name == "custname") {
            network_.organisation = value;
            is_customer_ = true;
        }
        if (name == "stateprov" && state_.empty()) state_ = value;
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            if (name.starts_with(kinds.at(i).start))
                take_contact(i, name.substr(kinds.at(i).start.size()), value);
        }
    }

    void add_to(RegistryAnswer& answer) {
        const auto range = AddressRange::parse(written_);
        if (!range) {
            note_fault(answer,
                       fmt::format("the NetRange '{}' is no range", printable(written_, 80)));
            return;
        }
        network_.range = *range;
        network_.registry = Rir::arin;
        // The telephone is not a customer's own.
        if (!is_customer_) network_.region = region_of(network_.country, state_);
        std::vector<NetworkContact> contacts;
        for (const auto& of_kind : contacts_)
            contacts.insert(contacts.end(), of_kind.begin(), of_kind.end());
        set_contacts(network_, std::move(contacts));
        if (is_registry(holder_)) return note_elsewhere(answer, network_);
        add_network(answer, std::move(network_), {holder_});
    }

private:
    // "OrgAbuseHandle" begins a contact; name, telephone and address follow.
    void take_contact(std::size_t kind, std::string_view what, const std::string& value) {
        auto& of_kind = contacts_.at(kind);
        if (what == "handle" || of_kind.empty())
            of_kind.push_back({kinds.at(kind).role, {}, {}, {}, {}});
        auto& contact = of_kind.back();
        if (what == "name") contact.name = value;
        if (what == "phone") contact.telephone = value;
        if (what == "email") contact.address = value;
    }

    std::string written_;
    std::string holder_;  // handle of the organisation
    std::string state_;
    bool is_customer_ = false;
    Network network_;
    std::array<std::vector<NetworkContact>, kinds.size()> contacts_;
};

}  // namespace

void read_arin(const std::vector<RegistryObject>& objects, RegistryAnswer& answer) {
    std::optional<Gathering> gathering;
    for (const auto& object : objects) {
        for (const auto& attribute : object.attributes) {
            if (attribute.name == "netrange") {
                if (gathering) gathering->add_to(answer);
                gathering.emplace(attribute.value);
            } else if (gathering) {
                gathering->take(attribute);
            }
        }
    }
    if (gathering) gathering->add_to(answer);
}

}  // namespace ndr

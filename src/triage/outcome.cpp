#include "ndr_triage/triage/outcome.hpp"

#include "ndr_triage/base/named.hpp"

namespace ndr {

namespace {

constexpr std::array outcomes = std::to_array<Named<Outcome>>({
    {Outcome::mailbox_full, "mailbox-full"},
    {Outcome::recipient_unknown, "recipient-unknown"},
    {Outcome::lost_connection, "lost-connection"},
    {Outcome::acknowledged, "acknowledged"},
    {Outcome::refused, "refused"},
    {Outcome::delayed, "delayed"},
    {Outcome::undetermined, "undetermined"},
    {Outcome::unrelated, "unrelated"},
});

constexpr std::array forms = std::to_array<Named<Form>>({
    {Form::dsn, "dsn"},
    {Form::bounce, "bounce"},
    {Form::auto_reply, "auto-reply"},
    {Form::reply, "reply"},
    {Form::mdn, "mdn"},
    {Form::feedback_report, "feedback-report"},
    {Form::other, "other"},
});

constexpr std::array acknowledgements = std::to_array<Named<Acknowledgement>>({
    {Acknowledgement::ticket, "ticket"},
    {Acknowledgement::vacation, "vacation"},
    {Acknowledgement::automatic, "automatic"},
    {Acknowledgement::redirected, "redirected"},
    {Acknowledgement::person, "person"},
    {Acknowledgement::displayed, "displayed"},
    {Acknowledgement::delivered, "delivered"},
});

}  // namespace

std::string_view text(Outcome outcome) {
    return name_in(outcomes, outcome);
}
std::string_view text(Form form) {
    return name_in(forms, form);
}
std::string_view text(Acknowledgement acknowledgement) {
    return name_in(acknowledgements, acknowledgement);
}

std::optional<Outcome> outcome_of(std::string_view text) {
    return value_in(outcomes, text);
}
std::optional<Form> form_of(std::string_view text) {
    return value_in(forms, text);
}
std::optional<Acknowledgement> acknowledgement_of(std::string_view text) {
    return value_in(acknowledgements, text);
}

}  // namespace ndr

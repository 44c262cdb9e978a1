// view/agenda.hpp -- what there is to do, and why, for people.
#pragma once

#include <string>

#include "ndr_triage/action/act.hpp"

namespace ndr {

// Follow-ups by state: due, held, proposed, refused; each with its complaint and its reason.
std::string agenda_text(const Agenda& agenda, Instant now);

}  // namespace ndr

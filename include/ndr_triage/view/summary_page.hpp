// view/summary_page.hpp -- a summary as one page of HTML that needs nothing else.
//
// It is well-formed XML, too. Nothing in it asks for anything: no script, no picture, no font, and
// a Content-Security-Policy that forbids them. Every stranger's text passes printable() and is
// escaped. Charts are drawn as SVG; each has a title, a description, and its figures in a table.
#pragma once

#include <string>

#include "ndr_triage/ledger/summary.hpp"

namespace ndr {

std::string summary_page(const Summary& summary);

}  // namespace ndr

// cli/correspondence.hpp -- the mail that `act` sends: letters of cases, replies for people, news.
//
// Each gives what went wrong, a line each; nothing is lost by that, the next run tries again.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"

namespace ndr {

// Notices to postmasters and mail to registries, as far as `enforce` names them.
std::vector<std::string> send_letters(Context& context);
// What a person should read goes on to `answers`, if somebody does.
std::vector<std::string> pass_on_replies(Context& context);
// `notify` is told what is new, `faults` among it.
std::vector<std::string> tell_news(Context& context, const std::vector<std::string>& faults);

}  // namespace ndr

// cli/version.hpp -- the version of the program, set by the build.
#pragma once

#include <string_view>

namespace ndr {

inline constexpr std::string_view version = NDR_VERSION;

}  // namespace ndr

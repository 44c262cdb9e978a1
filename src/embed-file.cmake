# Writes OUTPUT, a translation unit that holds the text of INPUT under NAME. A piece ends with a line:
# Clang takes no half characters.
file(READ ${INPUT} text)
string(LENGTH "${text}" length)
set(body "")
set(at 0)
while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(FIND "${piece}" "\n" end REVERSE)
    if(end EQUAL -1)
        message(FATAL_ERROR "${INPUT}: a line is too long, or its end is missing")
    endif()
    math(EXPR end "${end} + 1")
    string(SUBSTRING "${piece}" 0 ${end} piece)
    string(APPEND body "\nR\"embedded(${piece})embedded\"")
    math(EXPR at "${at} + ${end}")
endwhile()
if(body STREQUAL "")
    set(body "\"\"")
endif()
file(WRITE ${OUTPUT} "#include \"ndr_triage/base/embedded.hpp\"

namespace ndr::embedded {
static constexpr char octets[] = ${body};
const std::string_view ${NAME}{octets, sizeof octets - 1};
}  // namespace ndr::embedded
")

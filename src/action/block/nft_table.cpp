#include "nft_table.hpp"

#include "tool.hpp"

namespace ndr {

NftListing nft_table(const std::string& back_end, const std::string& program,
                     const std::string& table, bool keeps_port_25_open, Instant now) {
    const auto read = [&](const std::vector<std::string>& words) {
        std::vector<std::string> arguments{program, "-j", "list"};
        arguments.insert(arguments.end(), words.begin(), words.end());
        return answer_of_tool(back_end, arguments);
    };
    // To list a table that is not there is an error.
    auto answer = read({"tables", "inet"});
    if (has_nft_table(answer, table))
        answer = read({"table", "inet", table});
    else
        answer = R"({"nftables": []})";
    auto result = read_nft_listing(answer, keeps_port_25_open, now);
    if (!result) throw BackEndError(back_end, program + " -j: no listing");
    return std::move(*result);
}

}  // namespace ndr

// triage/samples.hpp -- for the tests of this folder: the standard rules, and messages judged by
// them. tests/corpus/OUTCOME/NAME.eml is a message, the folder its expected outcome.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/triage/judgement.hpp"
#include "support/mail_set_up.hpp"

namespace ndr::samples {

inline const RuleSet& standard_rules() {
    static const RuleSet rules = RuleSet::standard();
    return rules;
}

// Beside this file; if the compiler was told a shortened path, above the working directory.
inline std::filesystem::path corpus() {
    namespace fs = std::filesystem;
    const auto beside = fs::path(__FILE__).parent_path().parent_path() / "corpus";
    if (fs::is_directory(beside)) return beside;
    for (auto above = fs::current_path(); above != above.root_path(); above = above.parent_path()) {
        if (fs::is_directory(above / "tests" / "corpus")) return above / "tests" / "corpus";
    }
    throw std::runtime_error("no tests/corpus above the working directory");
}

inline std::string octets_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

inline Judgement judged(std::string_view octets) {
    return judge(standard_rules(), parse_message(octets));
}

// One file of tests/corpus, judged.
struct Sample {
    std::filesystem::path path;
    std::string octets;
    Judgement judgement;
};

// All of them, by path, judged once.
inline const std::vector<Sample>& all_samples() {
    static const std::vector<Sample> samples = [] {
        std::vector<Sample> result;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus())) {
            if (entry.is_regular_file())
                result.push_back({entry.path(), octets_of(entry.path()), {}});
        }
        std::sort(result.begin(), result.end(),
                  [](const Sample& a, const Sample& b) { return a.path < b.path; });
        for (auto& sample : result)
            sample.judgement = judged(sample.octets);
        return result;
    }();
    return samples;
}

// `name` within tests/corpus: "mailbox-full/qmail-over-quota.eml".
inline Judgement judged_sample(const std::string& name) {
    return judged(octets_of(corpus() / name));
}

}  // namespace ndr::samples

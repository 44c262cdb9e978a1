#include "site.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace ndr::support {

namespace fs = std::filesystem;

Site::Site() {
    give_to_program(directory_.path().string());
    configure("ledger = " + ledger() + "\naddress = complaints@example.org\n");
}

std::string Site::write(std::string_view name, std::string_view octets) const {
    const auto parent = fs::path(name).parent_path();
    if (!parent.empty()) make_directory(parent.string());
    const std::string path = directory_.write(name, octets);
    give_to_program(path);
    return path;
}

std::string Site::make_directory(std::string_view name) const {
    fs::path made = directory_.path();
    for (const auto& step : fs::path(name)) {
        made /= step;
        if (fs::create_directory(made)) give_to_program(made.string());
    }
    return made.string();
}

void Site::configure(std::string_view lines) {
    configuration_ += lines;
    write("site.conf", configuration_);
}

void Site::change(const std::string& key, const std::string& value) {
    std::string kept;
    for (const auto& line : lines_of(configuration_)) {
        if (!line.starts_with(key + " = ")) kept += line + "\n";
    }
    configuration_ = kept;
    configure(key + " = " + value + "\n");
}

std::string Site::copy_examples(const std::string& folder) const {
    for (const auto& name : names_in(examples_at(folder)))
        write(folder + "/" + name, example(folder + "/" + name));
    return at(folder);
}

void Site::take_in_examples() const {
    output({"record", copy_examples("complaints")});
    output({"replay", copy_examples("replies")});
}

Program Site::program(std::vector<std::string> words, std::string input) const {
    Program program;
    program.words = {"--config", at("site.conf"), "--now", now};
    program.words.insert(program.words.end(), words.begin(), words.end());
    program.input = std::move(input);
    program.directory = directory_.path().string();
    return program;
}

Ran Site::run(std::vector<std::string> words, std::string input) const {
    return support::run(program(std::move(words), std::move(input)));
}

Ran Site::run_at(std::string_view time, std::vector<std::string> words) const {
    Program later = program(std::move(words));
    *std::next(std::find(later.words.begin(), later.words.end(), "--now")) = time;
    return support::run(later);
}

std::string Site::output(std::vector<std::string> words, std::string input) const {
    const Ran ran = run(std::move(words), std::move(input));
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_EQ(ran.err, "") << ran;
    return ran.out;
}

Ran Site::run_record(std::string_view octets, std::vector<std::string> options) const {
    write("complaint.eml", octets);
    options.insert(options.begin(), "record");
    options.emplace_back("complaint.eml");
    return run(std::move(options));
}

std::string Site::record(std::string_view octets, std::vector<std::string> options) const {
    const Ran ran = run_record(octets, std::move(options));
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_EQ(ran.err, "") << ran;
    return ran.out;
}

std::vector<Json> Site::listed(std::vector<std::string> words) const {
    words.emplace_back("--json");
    return json_lines(output(std::move(words)));
}

std::string examples_at(const std::string& folder) {
    return std::string(NDR_EXAMPLES) + "/" + folder;
}

std::string octets_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string example(const std::string& path) {
    return octets_of(examples_at(path));
}

std::vector<std::string> names_in(const std::string& directory) {
    std::vector<std::string> names;
    if (!fs::exists(directory)) return names;
    for (const auto& entry : fs::directory_iterator(directory))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::vector<Json> json_lines(std::string_view text) {
    std::vector<Json> objects;
    for (const auto& line : lines_of(text)) {
        Json object = Json::parse(line, nullptr, false);
        EXPECT_TRUE(object.is_object()) << "no JSON object: " << line;
        objects.push_back(std::move(object));
    }
    return objects;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

void expect_one_line_error(const Ran& ran, int status, const std::vector<std::string>& parts) {
    EXPECT_EQ(ran.status, status) << ran;
    EXPECT_EQ(lines_of(ran.err).size(), 1U) << ran;
    expect_lines_for_mta(ran.err);
    for (const auto& part : parts)
        EXPECT_NE(ran.err.find(part), std::string::npos) << "lacks '" << part << "': " << ran;
}

void expect_lines_for_mta(const std::string& err) {
    constexpr std::string_view name = "ndr-triage: ";
    for (const auto& line : lines_of(err))
        EXPECT_EQ(line.substr(0, name.size()), name);
}

void expect_silent_success(const Ran& ran) {
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_EQ(ran.out, "") << ran;
    EXPECT_EQ(ran.err, "") << ran;
}

}  // namespace ndr::support

// support/site.hpp -- a site of a test's own: a configuration, a ledger and a hold in one temporary
// directory that belongs to whom the program runs as.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "program.hpp"
#include "temporary_directory.hpp"

namespace ndr::support {

using Json = nlohmann::ordered_json;

class Site {
public:
    // The clock of every run, some days after the examples.
    static constexpr const char* now = "2026-11-23T12:00:00Z";

    Site();

    std::string at(std::string_view name) const { return directory_.at(name); }
    std::string ledger() const { return at("ledger.sqlite3"); }
    std::string hold() const { return at("hold"); }

    // A file, or a directory, of whom the program runs as. Relative paths on its command line are
    // seen from here.
    std::string write(std::string_view name, std::string_view octets) const;
    std::string make_directory(std::string_view name) const;
    // Adds lines to the configuration.
    void configure(std::string_view lines);
    // In place of the line that sets this key.
    void change(const std::string& key, const std::string& value);
    // All of examples/complaints or examples/replies, as a directory of that name.
    std::string copy_examples(const std::string& folder) const;
    // Both, and takes them in.
    void take_in_examples() const;

    // The program in this site, not yet started. The configuration is named by --config.
    Program program(std::vector<std::string> words, std::string input = {}) const;
    Ran run(std::vector<std::string> words, std::string input = {}) const;
    // The same at another time.
    Ran run_at(std::string_view time, std::vector<std::string> words) const;
    // As `run`, and a test failure unless it ends well and complains of nothing.
    std::string output(std::vector<std::string> words, std::string input = {}) const;
    // Records a complaint from a file, complaint.eml.
    Ran run_record(std::string_view octets, std::vector<std::string> options = {}) const;
    std::string record(std::string_view octets, std::vector<std::string> options = {}) const;
    // The output of a command with --json.
    std::vector<Json> listed(std::vector<std::string> words) const;

private:
    TemporaryDirectory directory_;
    std::string configuration_;
};

// Where a folder of the examples lies.
std::string examples_at(const std::string& folder);
// "replies/01-postfix-mailbox-full.eml": its octets.
std::string example(const std::string& path);
std::string octets_of(const std::string& path);
// Names in a directory, sorted; none if it is not there.
std::vector<std::string> names_in(const std::string& directory);

std::vector<std::string> lines_of(std::string_view text);
// One JSON object a line; a line that is none fails the test.
std::vector<Json> json_lines(std::string_view text);
std::string replaced(std::string text, std::string_view what, std::string_view by);

// The program failed with one line on standard error that holds all of `parts`.
void expect_one_line_error(const Ran& ran, int status, const std::vector<std::string>& parts);
// Every line on standard error begins with our name: an MTA may take a leading digit for a status.
void expect_lines_for_mta(const std::string& err);
// It ended well and said nothing at all.
void expect_silent_success(const Ran& ran);

}  // namespace ndr::support

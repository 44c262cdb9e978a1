#include <filesystem>

#include "support/caller_test.hpp"

namespace ndr {

namespace {

namespace fs = std::filesystem;
using support::octets_of;

class SieveCaller : public support::CallerTest {
protected:
    static std::string script(const std::string& name) {
        return octets_of(support::examples_at("../sieve/") + name + ".sieve");
    }
    CallerSite site_with(bool has_retry_folders) const {
        CallerSite site = this->site();
        site.has_retry_folders = has_retry_folders;
        site.sieve_programs = at("programs");
        return site;
    }
    std::vector<Checked> found(const std::string& text, bool has_retry_folders = false) {
        write("etc/dovecot/ndr-triage.sieve", text);
        return check_sieve(site_with(has_retry_folders));
    }
    std::string said(const std::string& text, bool has_retry_folders = false) {
        return only(found(text, has_retry_folders));
    }
};

}  // namespace

TEST_F(SieveCaller, as_our_scripts_works) {
    for (const char* name : {"deliver", "virtual"})
        expect(said(script(name)), "works", "Sieve: pipe in " + at("etc/dovecot"));
    expect(said(script("filter"), true), "works", "Sieve: filter in ");
    expect(said(script("outcome"), true), "works", "Sieve: execute in ");
}

TEST_F(SieveCaller, that_does_not_know_us_is_none_of_our_business) {
    EXPECT_TRUE(check_sieve(site_with(false)).empty());
    EXPECT_EQ(said("# pipe :try \"ndr-triage-deliver\";\n/* pipe :try \"ndr-triage-deliver\"; */\n"
                   "pipe :try \"other\"; redirect \"ndr-triage@example.org\";"),
              "0 findings");
}

TEST_F(SieveCaller, keeps_what_fails_unless_it_only_tries_without_a_copy) {
    expect(said(changed(script("deliver"), ":copy :try", ":try")), "broken", "is nowhere");
    expect(said(changed(script("deliver"), ":copy :try", "")), "works", "");
    expect(said(changed(script("deliver"), ":copy :try", ":copy")), "works", "");
    expect(said(changed(script("virtual"), ":copy :try", ":try")), "broken", "is nowhere");
}

TEST_F(SieveCaller, needs_somebody_who_takes_up_what_failed) {
    for (const char* name : {"filter", "outcome"}) {
        expect(said(script(name)), "warning", "retry_folders");
        expect(said(changed(script(name), "fileinto :create \"ndr-retry\"", "discard"), true),
               "broken", "discarded");
        expect(said(changed(script(name), "fileinto :create \"ndr-retry\";", "")), "works", "");
    }
    expect(said("if filter \"ndr-triage-filter\" { fileinto \"failures\"; }"), "works", "");
}

TEST_F(SieveCaller, runs_only_programs_that_not_everybody_may_write) {
    write("programs/ndr-triage-deliver", "#!/bin/sh\n");
    const auto with_mode = [&](unsigned mode) {
        fs::permissions(at("programs/ndr-triage-deliver"), fs::perms(mode));
        return said(script("deliver"));
    };
    expect(with_mode(0755), "works", "");
    expect(with_mode(0775), "works", "");
    expect(with_mode(0757), "broken", "everybody may write");
    expect(with_mode(0644), "broken", "cannot be run");
}

TEST_F(SieveCaller, is_read_to_its_end_however_it_ends) {
    for (const char* text : {"pipe", "pipe \"", "pipe \"ndr-triage-deliver", "if not filter",
                             "if not filter \"ndr-triage-filter\" { {", "/*", "}}}", "\\", "\"\\"})
        EXPECT_LE(found(text).size(), 1U) << text;
}

}  // namespace ndr

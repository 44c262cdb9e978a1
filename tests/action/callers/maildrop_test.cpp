#include "support/caller_test.hpp"

namespace ndr {

namespace {

using support::example;

class MaildropCaller : public support::CallerTest {
protected:
    std::string said(const std::string& filter) {
        write("home/.mailfilter", filter);
        return only(check_maildrop(site()));
    }
    std::string said(const std::string& file, const std::string& what, const std::string& by) {
        return said(changed(example("maildrop/" + file), what, by));
    }
};

}  // namespace

TEST_F(MaildropCaller, as_our_examples_works) {
    for (const char* filter : {"deliver", "copy"})
        expect(said(example("maildrop/" + std::string(filter))), "works", at("home/.mailfilter"));
}

TEST_F(MaildropCaller, that_does_not_know_us_is_none_of_our_business) {
    EXPECT_TRUE(check_maildrop(site()).empty());
    EXPECT_EQ(said("copy", "cc \"| /usr/local/bin/ndr-triage", "cc \"| /bin/other"), "0 findings");
}

TEST_F(MaildropCaller, must_end_in_75_or_not_at_all) {
    expect(said("deliver", "exception {\n", "{\n"), "broken", "missing or killed");
    expect(said("deliver", "\nEXITCODE=75", ""), "broken", "EXITCODE=75");
    expect(said("deliver", "EXITCODE=75\nexit", "EXITCODE=75"), "broken", "exit");
    expect(said("copy", "\nEXITCODE=0", ""), "broken", "EXITCODE=0");
}

}  // namespace ndr

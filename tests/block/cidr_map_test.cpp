// Postfix's own tools on the map; no Postfix runs.
#include "ndr_triage/action/block/cidr_map.hpp"

#include "support/temporary_directory.hpp"
#include "tools.hpp"

namespace ndr::support {

namespace {

class RealPostfix : public testing::Test {
protected:
    RealPostfix() {
        settings_.path = directory_.at("blocked.cidr");
        settings_.configuration = directory_.path().string();
        directory_.write("master.cf", "");
        name_in_main_cf(
            "smtpd_client_restrictions = permit_mynetworks, check_client_access "
            "cidr:" +
            settings_.path);
    }

    void name_in_main_cf(const std::string& line) {
        directory_.write("main.cf",
                         "compatibility_level = 3.6\nmyhostname = mx.example.org\n"
                         "mail_owner = mail\nsetgid_group = games\n" +
                             line + "\n");
    }
    void apply() { CidrMap(settings_).apply(blocks_, system_now()); }
    Lines faults() { return CidrMap(settings_).verify(blocks_, system_now()); }

    TemporaryDirectory directory_;
    CidrMapSettings settings_;
    std::vector<ActiveBlock> blocks_{block(1, "203.0.113.0/24", std::chrono::days(1)),
                                     block(2, "2001:db8::/32", std::chrono::days(2)),
                                     block(3, "203.0.113.128/26", std::chrono::days(3))};
};

TEST_F(RealPostfix, finds_every_address_and_no_other) {
    EXPECT_EQ(faults(), Lines{settings_.path + ": missing"});
    apply();
    EXPECT_EQ(faults(), Lines{});
    EXPECT_EQ(
        typed("postmap -c " + settings_.configuration + " -q 203.0.113.130 cidr:" + settings_.path),
        settings_.action + "\n");
    EXPECT_EQ(typed("postmap -c " + settings_.configuration +
                    " -q 198.51.100.1 cidr:" + settings_.path + " || true"),
              "");
}

TEST_F(RealPostfix, that_does_not_name_the_map_blocks_nothing) {
    apply();
    const Lines not_named{"main.cf does not name cidr:" + settings_.path + ", nothing is blocked"};
    name_in_main_cf("");
    EXPECT_EQ(faults(), not_named);
    name_in_main_cf("smtpd_client_restrictions = check_client_access cidr:" + settings_.path +
                    ".old");
    EXPECT_EQ(faults(), not_named);
    directory_.write("master.cf",
                     "smtp inet n - y - - smtpd\n  -o smtpd_client_restrictions="
                     "check_client_access,cidr:" +
                         settings_.path + "\n");
    EXPECT_EQ(faults(), Lines{});
}

TEST_F(RealPostfix, names_what_was_changed_by_hand_and_mends_it) {
    const std::string sed = "sed -i '";
    for (const char* harm : {"/^203.0.113.0.25/d", "s,^203.0.113.0/25,203.0.113.0/32,",
                             "s/^2001.*/2001:db8::\\/32 OK/", "2i 0.0.0.0/0 OK", "2i if 192.0.2.1",
                             "2i 192.0.2.1/24 REJECT", "s/until 2/until 3/"}) {
        apply();
        ASSERT_EQ(faults(), Lines{}) << "before " << harm;
        typed(sed + harm + "' " + settings_.path);
        EXPECT_NE(faults(), Lines{}) << harm;
        apply();
        EXPECT_EQ(faults(), Lines{}) << harm;
    }
}

TEST_F(RealPostfix, looks_ten_thousand_prefixes_up) {
    blocks_ = many_blocks(10'000);
    const auto begin = std::chrono::steady_clock::now();
    apply();
    const auto taken = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(taken, std::chrono::seconds(5));
    EXPECT_EQ(faults(), Lines{});
}

}  // namespace

}  // namespace ndr::support

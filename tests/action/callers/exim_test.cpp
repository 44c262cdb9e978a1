#include "support/caller_test.hpp"

namespace ndr {

namespace {

using support::example;

class EximCaller : public support::CallerTest {
protected:
    EximCaller() {
        write("etc/exim4/update-exim4.conf.conf", "dc_use_split_config='true'\n");
        write("etc/exim4/conf.d/router/150_local_ndr-triage", example("exim/router"));
        write("etc/exim4/conf.d/transport/10_other", "other:\n  driver = pipe\n  user = nobody\n");
    }
    std::string said(const std::string& transport) {
        write("etc/exim4/conf.d/transport/30_local_ndr-triage", transport);
        return only(check_exim(site()));
    }
    std::string said(const std::string& what, const std::string& by) {
        return said(changed(transport_, what, by));
    }

    const std::string transport_ = example("exim/transport");
};

// Without a shell that has the last word.
std::string bare(const std::string& options) {
    return "ndr_triage:\n  driver = pipe\n  command = /usr/local/bin/ndr-triage deliver\n"
           "  user = ndr-triage\n  timeout_defer\n" +
           options;
}

}  // namespace

TEST_F(EximCaller, as_our_example_works) {
    expect(said(transport_), "works",
           "Exim: transport ndr_triage: as it should be, run by ndr-triage");
}

TEST_F(EximCaller, is_read_where_exim_reads_it) {
    write("etc/exim4/conf.d/transport/30_local_ndr-triage.dpkg-old", bare(""));
    expect(said(transport_), "works", "ndr_triage");
    write("etc/exim4/update-exim4.conf.conf",
          "dc_eximconfig_configtype=\"internet\"\n"
          "dc_use_split_config=\"true\"\n");
    expect(only(check_exim(site())), "works", "ndr_triage");
    write("etc/exim4/update-exim4.conf.conf", "dc_use_split_config='false'\n");
    EXPECT_TRUE(check_exim(site()).empty());
    write("etc/exim4/exim4.conf.template", "begin transports\n\n" + transport_);
    expect(only(check_exim(site())), "works", "ndr_triage");
    write("etc/exim4/exim4.conf", "begin transports\nother:\n  driver = pipe\n");
    EXPECT_TRUE(check_exim(site()).empty());
    write("etc/exim4/exim4.conf",
          "begin routers\n" + example("exim/router") + "begin transports\n" + transport_);
    expect(only(check_exim(site())), "works", "ndr_triage");
}

TEST_F(EximCaller, must_run_the_program_as_the_owner_of_the_ledger) {
    expect(said("user = ndr-triage", "user = nobody"), "broken", "runs as nobody");
    expect(said("user = ndr-triage", "user = $local_part_data"), "works", "");
    expect(said("user = ndr-triage", "user = NDR_USER"), "works", "");
    expect(said("user = ndr-triage", "user = 999"), "works", "");
    expect(said(changed(changed(transport_, "user = ndr-triage", "user = nobody"),
                        "'/usr/local/bin/ndr", "'sudo -u ndr-triage /usr/local/bin/ndr")),
           "works", "");
    expect(said("  user = ndr-triage\n", ""), "broken", "runs as Exim's own user");
    for (const char* option : {"user = ndr-triage", "check_local_user"}) {
        write("etc/exim4/conf.d/router/150_local_ndr-triage",
              example("exim/router") + "  " + option + "\n");
        expect(said("  user = ndr-triage\n", ""), "works", "");
    }
    write("etc/exim4/conf.d/router/150_local_ndr-triage", "");
    expect(said("  user = ndr-triage\n", ""), "works", "");
}

TEST_F(EximCaller, must_defer_when_the_program_is_killed_or_missing) {
    expect(said(" || exit 75", ""), "broken", "killed");
    EXPECT_EQ(said(bare("")), "2 findings");
    expect(said(bare("  temp_errors = *\n")), "broken", "killed");
    expect(said(bare("  freeze_signal\n")), "broken", "missing");
    expect(said(bare("  freeze_signal\n  temp_errors = 75 : 127\n")), "works", "");
    expect(said(bare("  freeze_signal\n  freeze_exec_fail\n")), "works", "");
    expect(said(bare("  freeze_signal\n  no_freeze_exec_fail\n")), "broken", "missing");
}

TEST_F(EximCaller, must_heed_the_status) {
    expect(said("temp_errors = *", "temp_errors = 73"), "broken", "temp_errors has no 75");
    expect(said("temp_errors = *", "temp_errors = 75"), "works", "");
    expect(said("  temp_errors = *\n", ""), "works", "");
    expect(said("temp_errors = *", "ignore_status"), "broken", "ignore_status");
    expect(said("temp_errors = *", "ignore_status = yes"), "broken", "ignore_status");
    expect(said("temp_errors = *", "ignore_status = false"), "works", "");
}

TEST_F(EximCaller, must_not_take_time_or_words_for_failures) {
    expect(said("  timeout_defer\n", ""), "warning", "timeout_defer");
    expect(said("  timeout = 5m\n  timeout_defer\n", "  timeout = 0s\n"), "works", "");
    expect(said("temp_errors = *", "return_output"), "broken", "return_output");
    expect(said("temp_errors = *", "return_fail_output"), "works", "");
}

TEST_F(EximCaller, must_quote_what_may_be_empty_only_for_a_shell) {
    const std::string shell = changed(bare("  use_shell\n"), "triage deliver",
                                      "triage deliver --sender $sender_address "
                                      "--client=x || exit 75");
    expect(said(shell), "broken", "--sender $sender_address");
    expect(said(changed(transport_, "deliver \"", "deliver --sender $sender_address \"")), "works",
           "");
}

}  // namespace ndr

#include "ndr_triage/mail/address.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

using namespace std::string_view_literals;
using Addresses = std::vector<std::string>;

TEST(MailAddress, is_found_in_running_text) {
    EXPECT_EQ(addresses_in("Delivery to <joe@example.net> failed; ask help@example.org."),
              (Addresses{"joe@example.net", "help@example.org"}));
    EXPECT_EQ(addresses_in("mailto:joe@example.net?subject=x"), (Addresses{"joe@example.net"}));
    EXPECT_EQ(addresses_in("(joe@example.net),'amy@example.net';"),
              (Addresses{"joe@example.net", "amy@example.net"}));
    EXPECT_EQ(addresses_in("no address @ all, nor @example.net nor joe@"), Addresses{});
    EXPECT_EQ(addresses_in(""), Addresses{});
}

TEST(MailAddress, tells_where_it_stands) {
    constexpr auto text = "to <joe@example.net>: amy@example.org"sv;
    const auto first = next_address(text);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->begin, 4U);
    EXPECT_EQ(first->end, 19U);
    const auto second = next_address(text, first->end);
    ASSERT_TRUE(second);
    EXPECT_EQ(text.substr(second->begin), "amy@example.org");
    EXPECT_FALSE(next_address(text, second->end));
}

TEST(MailAddress, may_hold_every_sign_of_a_dot_string) {
    EXPECT_EQ(addresses_in("x complaints+b7-a_c=d/e{f}@mx-1.example.org y"),
              (Addresses{"complaints+b7-a_c=d/e{f}@mx-1.example.org"}));
}

TEST(MailAddress, may_be_quoted_a_literal_or_international) {
    EXPECT_EQ(addresses_in("to \"joe doe\"@example.net now"),
              (Addresses{"\"joe doe\"@example.net"}));
    EXPECT_EQ(addresses_in("to postmaster@[192.0.2.1]."), (Addresses{"postmaster@[192.0.2.1]"}));
    EXPECT_EQ(addresses_in("<joe@[IPv6:2001:db8::1]>"), (Addresses{"joe@[IPv6:2001:db8::1]"}));
    EXPECT_EQ(addresses_in("<\u90ae\u7bb1@\u4f8b\u5b50.example>"),
              (Addresses{"\u90ae\u7bb1@\u4f8b\u5b50.example"}));
}

TEST(MailAddress, ends_before_the_full_stop_of_its_sentence) {
    EXPECT_EQ(addresses_in("Write to joe@example.net. Or not."), (Addresses{"joe@example.net"}));
    EXPECT_EQ(addresses_in("joe@example.net..."), (Addresses{"joe@example.net"}));
}

TEST(MailAddress, does_not_reach_back_into_the_one_before) {
    EXPECT_EQ(addresses_in("a@b.example@c.example"), (Addresses{"a@b.example"}));
}

TEST(AddressOfField, reads_what_report_fields_hold) {
    EXPECT_EQ(address_of_field("rfc822; joe@example.net"), "joe@example.net");
    EXPECT_EQ(address_of_field("rfc822;joe@example.net"), "joe@example.net");
    EXPECT_EQ(address_of_field("RFC822; <joe@example.net> (Joe)"), "joe@example.net");
    EXPECT_EQ(address_of_field("Joe Doe <joe@example.net>"), "joe@example.net");
    EXPECT_EQ(address_of_field("joe@example.net (expanded from amy@example.net)"),
              "joe@example.net");
    EXPECT_EQ(address_of_field("rfc822; joe"), "joe");
    EXPECT_EQ(address_of_field("unknown; joe (alias)"), "joe");
    EXPECT_EQ(address_of_field(""), "");
}

TEST(AddressOfField, takes_no_semicolon_behind_the_address_for_a_type) {
    EXPECT_EQ(address_of_field("joe@example.net; amy"), "joe@example.net");
}

// RFC 6533 section 3, EmbeddedUnicodeChar.
TEST(AddressOfField, reads_unicode_escapes) {
    EXPECT_EQ(address_of_field("utf-8; jos\\x{E9}@example.net"), "jos\u00e9@example.net");
    EXPECT_EQ(address_of_field("utf-8; \\x{1F600}@example.net"), "\U0001f600@example.net");
    EXPECT_EQ(address_of_field("utf-8; a\\x{5C}b"), "a\\b");
}

TEST(AddressOfField, lets_no_escape_smuggle_ascii_in) {
    EXPECT_EQ(address_of_field("utf-8; joe\\x{A}Bcc"), "joe\\x{A}Bcc");
    EXPECT_EQ(address_of_field("utf-8; joe\\x{0}"), "joe\\x{0}");
    EXPECT_EQ(address_of_field("utf-8; joe\\x{3E}"), "joe\\x{3E}");
    EXPECT_EQ(address_of_field("utf-8; joe\\x{}"), "joe\\x{}");
    EXPECT_EQ(address_of_field("utf-8; joe\\x{-1F}"), "joe\\x{-1F}");
    EXPECT_EQ(address_of_field("utf-8; joe\\x{zz}"), "joe\\x{zz}");
    EXPECT_EQ(address_of_field("utf-8; joe\\x{D800}"), "joe\\x{D800}");  // a surrogate
    EXPECT_EQ(address_of_field("utf-8; joe\\x{110000}"), "joe\\x{110000}");
    EXPECT_EQ(address_of_field("utf-8; joe\\x{E9"), "joe\\x{E9");
}

TEST(ComparableAddress, ignores_case_and_the_dot_of_the_root) {
    EXPECT_EQ(comparable_address(" Abuse@Example.NET. "), "abuse@example.net");
    EXPECT_EQ(comparable_address("abuse@example.net"), "abuse@example.net");
    EXPECT_EQ(comparable_address(""), "");
}

TEST(MailAddress, splits_at_its_last_at_sign) {
    EXPECT_EQ(local_part("joe@example.net"), "joe");
    EXPECT_EQ(domain_of("joe@example.net"), "example.net");
    EXPECT_EQ(local_part("\"a@b\"@example.net"), "\"a@b\"");
    EXPECT_EQ(domain_of("\"a@b\"@example.net"), "example.net");
    EXPECT_EQ(local_part("joe"), "joe");
    EXPECT_EQ(domain_of("joe"), "");
}

TEST(PlainAddress, is_a_dot_string_at_a_domain_of_letters_digits_and_hyphens) {
    EXPECT_TRUE(is_plain_address("abuse@example.net"));
    EXPECT_TRUE(is_plain_address("complaints+token@mx-1.example.org"));
    EXPECT_TRUE(is_plain_address("o'neil_1@example.net"));
    EXPECT_TRUE(is_plain_address("a@xn--fsqu00a.example"));
}

TEST(PlainAddress, is_nothing_that_could_hurt_an_mta_or_a_command_line) {
    for (const auto address : {""sv,
                               "joe"sv,
                               "@example.net"sv,
                               "joe@"sv,
                               "-t@example.net"sv,
                               "joe@-example.net"sv,
                               ".joe@example.net"sv,
                               "joe.@example.net"sv,
                               "j..oe@example.net"sv,
                               "joe@example..net"sv,
                               "joe@.example.net"sv,
                               "joe@example.net."sv,
                               "joe@[192.0.2.1]"sv,
                               "\"joe\"@example.net"sv,
                               "joe doe@example.net"sv,
                               "joe@example.net\n"sv,
                               "joe@exa\nmple.net"sv,
                               "joe\0@example.net"sv,
                               "joe@example.net\0"sv,
                               "joe@exa_mple.net"sv,
                               "jos\u00e9@example.net"sv,
                               "joe@ex\u00e4mple.net"sv,
                               "a@b@example.net"sv,
                               "joe,amy@example.net"sv,
                               "joe@example.net,amy@example.net"sv,
                               "<joe@example.net>"sv,
                               "joe@example-.net"sv,
                               "joe@a.-b.example"sv,
                               "joe@example.net-"sv})
        EXPECT_FALSE(is_plain_address(address)) << '"' << address << '"';
}

TEST(PlainAddress, is_of_bounded_length) {
    EXPECT_FALSE(is_plain_address(std::string(200, 'a') + "@example.net"));
    EXPECT_FALSE(is_plain_address("a@" + std::string(300, 'a') + ".example"));
}

TEST(AddressesIn, braces_are_no_part_of_an_address) {
    EXPECT_EQ(addresses_in("cannot deliver for {joe@example.net}"),
              std::vector<std::string>{"joe@example.net"});
}

TEST(SeparateAddresses, part_from_letters_written_without_blanks) {
    EXPECT_EQ(with_separate_addresses("请联系abuse@example.net处理"),
              "请联系 abuse@example.net 处理");
    EXPECT_EQ(with_separate_addresses("邮箱（joe@example.net）已满"),
              "邮箱（ joe@example.net ）已满");
    EXPECT_EQ(with_separate_addresses("joe@example.netまで、ann@example.orgへ"),
              "joe@example.net まで、 ann@example.org へ");
}

TEST(SeparateAddresses, keep_the_letters_of_an_international_address) {
    for (const char* text : {"<mißbrauch@example.net>", "to 用户@例子.example now", "no address",
                             "jörg@bücher.example", "joe@localhost"})
        EXPECT_EQ(with_separate_addresses(text), text);
}

}  // namespace

}  // namespace ndr

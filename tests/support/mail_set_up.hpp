// support/mail_set_up.hpp -- include it where a test parses mail: the library is set up once,
// before the first test of the program.
#pragma once

#include <gtest/gtest.h>

#include "ndr_triage/mail/message.hpp"

namespace ndr::support {

class MailSetUp : public ::testing::Environment {
public:
    void SetUp() override { set_up_mail(true); }
};

inline ::testing::Environment* const mail_set_up =
    ::testing::AddGlobalTestEnvironment(new MailSetUp);  // GoogleTest owns it

}  // namespace ndr::support

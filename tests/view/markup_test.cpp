#include "../../src/view/markup.hpp"

#include <gtest/gtest.h>

namespace ndr {

TEST(Markup, of_a_strangers_text_is_nothing_but_text) {
    EXPECT_EQ(escaped("<script>alert('x' & \"y\")</script>"),
              "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;");
    EXPECT_EQ(escaped("a\r\nb\x1b[31m\x01"), "a\\r\\nb\\x1b[31m\\x01");
    EXPECT_EQ(escaped("\xff\xfe"), "\\xff\\xfe");
    EXPECT_EQ(escaped("東京"), "東京");
    EXPECT_EQ(escaped("&lt;"), "&amp;lt;");
}

}  // namespace ndr

#include "kernels/channels/wire/xxhash64.h"

#include <gtest/gtest.h>

#include <string_view>

namespace fozzy::channels {
namespace {

uint64_t HashOf(std::string_view text) {
  return XxHash64(std::as_bytes(std::span(text.data(), text.size())));
}

// As Debian's libxxhash 0.8.1 has it.
TEST(XxHash64Test, GivesWhatOthersGive) {
  EXPECT_EQ(HashOf(""), 0xef46db3751d8e999u);
  EXPECT_EQ(HashOf("a"), 0xd24ec4f1a98c6e5bu);
  EXPECT_EQ(HashOf("abc"), 0x44bc2cf5ad770999u);
  EXPECT_EQ(HashOf("Nobody inspects the spammish repetition"),
            0xfbcea83c8a378bf1u);
}

}  // namespace
}  // namespace fozzy::channels

#include "trace/messages.h"

#include <string>

#include "gtest/gtest.h"
#include "trace/limits.h"
#include "trace/testing/sample.h"

namespace fozzy {
namespace {

TEST(MessagesTest, AHeaderComesBack) {
  TraceHeader header = SampleTrace().header;
  header.scenario_size = 77;
  header.scenario_digest = {1, 2};

  const auto back = DecodeHeader(EncodeHeader(header));

  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(*back, header);
}

TEST(MessagesTest, AFooterComesBack) {
  TraceFooter footer = SampleTrace().footer;
  footer.run_digest = {1, 2};
  footer.counts = {3, 4, 5};
  footer.index = {{6, 7}, {8, 9}};
  footer.file_digest = {10, 11};
  footer.findings[0].step = 0;

  const auto back = DecodeFooter(EncodeFooter(footer));

  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(*back, footer);
}

TEST(MessagesTest, ACutMessageIsRefused) {
  const std::string bytes = EncodeFooter(SampleTrace().footer);
  size_t refused = 0;
  for (size_t size = 0; size < bytes.size(); ++size) {
    if (!DecodeFooter({bytes.data(), size}).ok()) ++refused;
  }

  EXPECT_GT(refused, bytes.size() / 2);
}

TEST(MessagesTest, AMessageOfEmptyFieldsIsRefusedBeforeItIsBuilt) {
  std::string bytes;
  for (size_t i = 0; i <= kMessageFieldsMax; ++i)
    bytes += std::string("\x52\0", 2);

  EXPECT_EQ(DecodeFooter(bytes).status().code(), absl::StatusCode::kDataLoss);
  bytes.resize(bytes.size() - 2);
  EXPECT_TRUE(DecodeFooter(bytes).ok());
}

}  // namespace
}  // namespace fozzy

#include "scenarios/scenario_file.h"

#include <unistd.h>

#include <cstdio>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

// Writes `text` to a file of its own and returns its path.
std::string FileWith(absl::string_view text) {
  const std::string path = ::testing::TempDir() + "scenario_file_test.json";
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  EXPECT_NE(file, nullptr);
  EXPECT_EQ(std::fwrite(text.data(), 1, text.size(), file), text.size());
  EXPECT_EQ(std::fclose(file), 0);
  return path;
}

TEST(ScenarioFileTest, ReadsAllBytes) {
  for (const size_t size : {0U, 1U, 4095U, 4096U, 65'536U, 200'000U}) {
    std::string text(size, '\0');
    for (size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7);
    EXPECT_EQ(ReadScenarioFile(FileWith(text)).value(), text) << size;
  }
}

TEST(ScenarioFileTest, ReadsFilesThatDoNotSayHowLongTheyAre) {
  EXPECT_FALSE(ReadScenarioFile("/proc/self/status").value().empty());
}

TEST(ScenarioFileTest, ErrorsNameTheFile) {
  const struct {
    std::string path;
    absl::StatusCode code;
  } kCases[] = {
      {"no/such/file.json", absl::StatusCode::kNotFound},
      {"/tmp", absl::StatusCode::kInvalidArgument},
  };
  for (const auto& one : kCases) {
    const absl::Status status = ReadScenarioFile(one.path).status();
    EXPECT_EQ(status.code(), one.code);
    EXPECT_TRUE(absl::StrContains(status.message(), one.path)) << status;
  }
}

TEST(ScenarioFileTest, FilesAboveTheLimitAreNotRead) {
  const std::string path = FileWith("");
  // A hole: it takes no space.
  ASSERT_EQ(truncate(path.c_str(), int64_t{kScenarioBytesMax} + 1), 0);
  EXPECT_EQ(ReadScenarioFile(path).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(std::remove(path.c_str()), 0);
}

}  // namespace
}  // namespace fozzy

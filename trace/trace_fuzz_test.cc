// Reruns the inputs that fuzzing has found worth keeping.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "trace/testing/craft.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace fozzy {
namespace {

TEST(TraceFuzzTest, TheCorpusIsReadWithoutCrashing) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator("fuzz_corpus")) {
    const std::string bytes = ReadFileOrDie(entry.path().string());

    EXPECT_EQ(LLVMFuzzerTestOneInput(
                  reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()),
              0);
    ++files;
  }
  EXPECT_GE(files, 3u);
}

}  // namespace
}  // namespace fozzy

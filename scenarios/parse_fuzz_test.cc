// Reruns the inputs that fuzzing has found worth keeping.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "scenarios/scenario_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace fozzy {
namespace {

TEST(ParseFuzzTest, TheCorpusIsReadWithoutCrashing) {
  size_t files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("parse_fuzz_corpus")) {
    const std::string bytes = ReadScenarioFile(entry.path().string()).value();
    EXPECT_EQ(LLVMFuzzerTestOneInput(
                  reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()),
              0);
    ++files;
  }
  EXPECT_GE(files, 10U);
}

}  // namespace
}  // namespace fozzy

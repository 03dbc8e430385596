// What the fuzzer starts from, and what it has found, once more.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "scenarios/established_trace.h"
#include "scenarios/scenario_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace fozzy {
namespace {

TEST(EstablishedTraceCorpusTest, EveryFileIsReadWithoutACrash) {
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator("established_trace_fuzz_corpus")) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  ASSERT_GE(paths.size(), 10U);

  uint64_t sound = 0;
  for (const std::string& path : paths) {
    SCOPED_TRACE(path);
    const std::string bytes = *ReadScenarioFile(path);
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()),
                           bytes.size());
    if (VerifyEstablished(bytes, true).ok) ++sound;
  }

  // Otherwise the fuzzer would not get behind the checksum.
  EXPECT_GE(sound, 3U);
}

}  // namespace
}  // namespace fozzy

// Reruns the corpus of the fuzzer, and inputs that are hard on a front end.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "kernels/compiler/lexer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace fozzy::compiler {
namespace {

void Feed(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(text.data()),
                         text.size());
}

std::string Repeated(const std::string& part) {
  std::string text = "fn f() -> i32 { return ";
  while (text.size() + part.size() < kSourceBytesMax) text += part;
  return text;
}

TEST(ParserFuzzTest, TheCorpusIsHandled) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("parser_fuzz_corpus")) {
    std::ifstream file(entry.path(), std::ios::binary);
    Feed({std::istreambuf_iterator<char>(file), {}});
    ++files;
  }
  EXPECT_GE(files, 14);
}

TEST(ParserFuzzTest, AMegabyteOfAnythingIsRefusedSoon) {
  for (const char* part : {"(", "1,", "if x {"}) {
    SCOPED_TRACE(part);
    Feed(Repeated(part));
  }
}

}  // namespace
}  // namespace fozzy::compiler

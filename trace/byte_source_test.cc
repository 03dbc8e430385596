#include "trace/byte_source.h"

#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/testing/craft.h"
#include "trace/testing/temp_folder.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

std::string PathOf(const std::string& name) { return TempPath(name); }

TEST(ByteSourceTest, AFileAndItsBytesReadTheSame) {
  const std::string path = PathOf("a");
  WriteFileOrDie(path, "0123456789");
  auto file = ByteSource::Open(path);
  ASSERT_TRUE(file.ok()) << file.status();
  ByteSource moved(*std::move(file));
  const ByteSource bytes = ByteSource::Of("0123456789");
  for (const ByteSource* source : {&std::as_const(moved), &bytes}) {
    char out[4] = {};

    ASSERT_EQ(source->size(), 10u);
    EXPECT_TRUE(source->Read(6, out, 4).ok());
    EXPECT_EQ(std::string(out, 4), "6789");
    EXPECT_TRUE(source->Read(10, out, 0).ok());
  }
}

TEST(ByteSourceTest, AFileThatShrinksIsDamaged) {
  const std::string path = PathOf("b");
  WriteFileOrDie(path, "0123456789");
  const auto source = ByteSource::Open(path);
  ASSERT_TRUE(source.ok()) << source.status();
  ASSERT_EQ(::truncate(path.c_str(), 8), 0);
  char out[4] = {};

  const absl::Status status = source->Read(6, out, 4);

  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("at byte 8"));
}

TEST(ByteSourceTest, WhatIsNoFileIsRefusedWithItsPath) {
  const std::string pipe = PathOf("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& path : {pipe, TempPath("")}) {
    const auto source = ByteSource::Open(path);

    EXPECT_EQ(source.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(source.status().message()), HasSubstr(path));
  }
  EXPECT_EQ(ByteSource::Open(PathOf("none")).status().code(),
            absl::StatusCode::kNotFound);
  ::unlink(pipe.c_str());
}

}  // namespace
}  // namespace fozzy

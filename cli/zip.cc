#include "cli/zip.h"

#include <libdeflate.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

constexpr uint32_t kFileSignature = 0x04034b50;
constexpr uint32_t kEntrySignature = 0x02014b50;
constexpr uint32_t kEndSignature = 0x06054b50;
constexpr uint32_t kVersion = 20;         // 2.0: folders
constexpr uint32_t kUtf8Names = 1 << 11;  // flag
constexpr uint32_t kDate = 1 << 5 | 1;    // 1980-01-01
constexpr uint64_t kBytesMax = 0xffffffff;
constexpr uint32_t kFilesMax = 0xffff;
// More than the headers of one file without its name.
constexpr uint64_t kHeaderBytes = 128;

void Put16(std::string& out, uint32_t number) {
  out.push_back(static_cast<char>(number & 0xff));
  out.push_back(static_cast<char>(number >> 8 & 0xff));
}

void Put32(std::string& out, uint32_t number) {
  Put16(out, number & 0xffff);
  Put16(out, number >> 16);
}

// What the file's header and its entry in the directory share.
std::string Description(absl::string_view name, absl::string_view content) {
  std::string description;
  Put16(description, kVersion);
  Put16(description, kUtf8Names);
  Put16(description, 0);  // stored
  Put16(description, 0);  // midnight
  Put16(description, kDate);
  Put32(description, libdeflate_crc32(0, content.data(), content.size()));
  Put32(description, static_cast<uint32_t>(content.size()));
  Put32(description, static_cast<uint32_t>(content.size()));
  Put16(description, static_cast<uint32_t>(name.size()));
  Put16(description, 0);  // extra field
  return description;
}

}  // namespace

absl::Status Zip::Add(absl::string_view name, absl::string_view content) {
  const uint64_t grown = files_.size() + directory_.size() + content.size() +
                         2 * name.size() + kHeaderBytes;
  if (grown > kBytesMax || name.size() > kFilesMax || count_ == kFilesMax) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "cannot add ", name, ": a .zip holds 65535 files and 4 GiB at most"));
  }
  const auto offset = static_cast<uint32_t>(files_.size());
  const std::string description = Description(name, content);
  Put32(files_, kFileSignature);
  absl::StrAppend(&files_, description, name, content);
  Put32(directory_, kEntrySignature);
  Put16(directory_, kVersion);
  directory_ += description;
  Put16(directory_, 0);  // comment
  Put16(directory_, 0);  // disk
  Put16(directory_, 0);  // internal attributes
  Put32(directory_, 0);  // external attributes
  Put32(directory_, offset);
  absl::StrAppend(&directory_, name);
  ++count_;
  return absl::OkStatus();
}

std::string Zip::Take() {
  const auto offset = static_cast<uint32_t>(files_.size());
  const auto size = static_cast<uint32_t>(directory_.size());
  std::string archive = std::move(files_);
  archive += directory_;
  Put32(archive, kEndSignature);
  Put32(archive, 0);  // disks
  Put16(archive, count_);
  Put16(archive, count_);
  Put32(archive, size);
  Put32(archive, offset);
  Put16(archive, 0);  // comment
  return archive;
}

}  // namespace fozzy

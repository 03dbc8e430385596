#include "cli/run_index.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "backends/host/fd.h"
#include "cli/file.h"
#include "cli/json_document.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr size_t kBlockBytes = 64 * 1024;

absl::Status IndexError(absl::string_view verb, const std::string& path) {
  return absl::InvalidArgumentError(FileError(verb, path, errno).message());
}

int Lock(const Fd& file, int operation) {
  int result = 0;
  do {
    result = flock(file.get(), operation);
  } while (result != 0 && errno == EINTR);
  return result;
}

// Opens the log and locks it.  A log that was replaced while we waited for the
// lock has lost its name: then the one that has it now is opened.
absl::StatusOr<Fd> OpenLocked(const std::string& path, int operation) {
  while (true) {
    Fd file(open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666));
    struct stat info = {};
    const bool failed = !file.is_open() || Lock(file, operation) != 0 ||
                        fstat(file.get(), &info) != 0;
    if (failed) return IndexError("write", path);
    if (info.st_nlink > 0) return file;
  }
}

// Reads `size` bytes at `offset`; they are there, the log only grows.
absl::StatusOr<std::string> ReadBlock(const Fd& file, const std::string& path,
                                      uint64_t offset, size_t size) {
  std::string block(size, '\0');
  size_t done = 0;
  while (done < size) {
    const ssize_t count = pread(file.get(), block.data() + done, size - done,
                                static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return IndexError("read", path);
    if (count == 0) break;
    done += static_cast<size_t>(count);
  }
  block.resize(done);
  return block;
}

// Visits the lines of `text`, the last first, but for the first one, whose
// beginning is not known.  Returns false if `visit` has had enough.
bool VisitLines(std::string& text,
                absl::FunctionRef<bool(const RunEntry&)> visit) {
  size_t end = text.size();
  while (true) {
    const size_t newline =
        end == 0 ? std::string::npos : text.rfind('\n', end - 1);
    if (newline == std::string::npos) break;
    const auto entry = ReadRunLine(
        absl::string_view(text).substr(newline + 1, end - newline - 1));
    if (entry && !visit(*entry)) return false;
    end = newline;
  }
  text.resize(end);
  return true;
}

absl::Status VisitOpen(const Fd& file, const std::string& path,
                       absl::FunctionRef<bool(const RunEntry&)> visit) {
  struct stat info = {};
  if (fstat(file.get(), &info) != 0) return IndexError("read", path);
  auto left = static_cast<uint64_t>(info.st_size);
  std::string text;  // of which the beginning is still to come
  while (left > 0) {
    const size_t size = std::min<uint64_t>(kBlockBytes, left);
    left -= size;
    FOZZY_ASSIGN_OR_RETURN(std::string block,
                           ReadBlock(file, path, left, size));
    // A longer line is none of ours: drop it instead of collecting it.
    if (text.size() > kRunLineBytesMax) text.clear();
    text.insert(0, block);
    if (left == 0) text.insert(text.begin(), '\n');
    if (!VisitLines(text, visit)) break;
  }
  return absl::OkStatus();
}

}  // namespace

std::string RunLine(const RunEntry& entry) {
  JsonWriter json(JsonWriter::Style::kCompact);
  json.BeginObject();
  json.Key("runId").String(entry.run_id);
  json.Key("mode").String(entry.mode);
  json.Key("status").String(entry.status);
  json.Key("seed").Uint(entry.seed);
  json.Key("finishedUnixNs")
      .Uint(
          static_cast<uint64_t>(std::max<int64_t>(entry.finished_unix_ns, 0)));
  json.EndObject();
  return json.Take();
}

std::optional<RunEntry> ReadRunLine(absl::string_view line) {
  // On a full disk a line may have lost its end, and the next one follows it.
  const size_t begin = line.rfind("{\"runId\":");
  if (begin == absl::string_view::npos) return std::nullopt;
  const absl::StatusOr<JsonDocument> document =
      JsonDocument::Parse(std::string(line.substr(begin)));
  if (!document.ok()) return std::nullopt;
  const JsonNode& root = document->root();
  RunEntry entry;
  entry.run_id = TextMember(root, "runId");
  entry.mode = TextMember(root, "mode");
  entry.status = TextMember(root, "status");
  entry.seed = UintMember(root, *document, "seed");
  entry.finished_unix_ns =
      static_cast<int64_t>(UintMember(root, *document, "finishedUnixNs"));
  if (entry.run_id.empty() || entry.status.empty()) return std::nullopt;
  return entry;
}

absl::Status AppendRun(const std::string& path, const RunEntry& entry) {
  const std::string line = absl::StrCat(RunLine(entry), "\n");
  if (line.size() > kRunLineBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot write ", path, ": a line of ", line.size(),
                     " bytes, expected ", kRunLineBytesMax, " at most"));
  }
  FOZZY_ASSIGN_OR_RETURN(const Fd file, OpenLocked(path, LOCK_SH));
  return WriteAll(file.get(), path, line);
}

absl::Status VisitRuns(const std::string& path,
                       absl::FunctionRef<bool(const RunEntry&)> visit) {
  const Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT) return absl::OkStatus();
  if (!file.is_open()) return IndexError("read", path);
  return VisitOpen(file, path, visit);
}

absl::Status FilterRuns(const std::string& path,
                        absl::FunctionRef<bool(const RunEntry&)> is_kept) {
  FOZZY_ASSIGN_OR_RETURN(const Fd file, OpenLocked(path, LOCK_EX));
  std::vector<std::string> lines;
  FOZZY_RETURN_IF_ERROR(VisitOpen(file, path, [&](const RunEntry& entry) {
    if (is_kept(entry)) lines.push_back(RunLine(entry));
    return true;
  }));
  std::string text;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    absl::StrAppend(&text, *line, "\n");
  }
  return WriteFile(path, text);
}

}  // namespace fozzy

#include "cli/output.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/printable.h"
#include "scenarios/json_writer.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr size_t kBufferBytesMax = 64 * 1024;

// Goes to the first column and clears the line.
constexpr absl::string_view kClearLine = "\r\x1b[K";

// Returns 0 or the errno of the first write that failed.
int WriteAll(int file, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

bool IsColorWanted() {
  const char* no_color = std::getenv("NO_COLOR");
  return no_color == nullptr || *no_color == '\0';
}

absl::string_view Code(Color color) {
  switch (color) {
    case Color::kRed:
      return "\x1b[31m";
    case Color::kGreen:
      return "\x1b[32m";
    case Color::kYellow:
      return "\x1b[33m";
    case Color::kBold:
      return "\x1b[1m";
    case Color::kDim:
      break;
  }
  return "\x1b[2m";
}

std::string ErrorDocument(absl::string_view message) {
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("code").String("error");
  json.Key("message").String(message);
  json.Key("status").String("error");
  json.EndObject();
  return json.Take();
}

}  // namespace

Output::Output(const Options& options)
    : options_(options),
      is_colored_(options.is_color_allowed && !options.is_json &&
                  isatty(options.out) == 1 && IsColorWanted()),
      is_err_terminal_(isatty(options.err) == 1) {}

void Output::Text(absl::string_view text) {
  if (options_.is_json) return;
  ClearProgress();
  absl::StrAppend(&buffer_, text);
  if (buffer_.size() >= kBufferBytesMax) Flush().IgnoreError();
}

void Output::Json(absl::string_view document) {
  FOZZY_CHECK(options_.is_json);
  if (has_document_) return;
  has_document_ = true;
  ClearProgress();
  absl::StrAppend(&buffer_, document, "\n");
}

void Output::Note(absl::string_view line) {
  ClearProgress();
  Flush().IgnoreError();
  WriteError(absl::StrCat(Printable(line), "\n"));
}

int Output::Fail(const absl::Status& error) {
  if (options_.is_json) {
    Json(ErrorDocument(error.message()));
  } else {
    Note(absl::StrCat("fozzy: ", error.message()));
  }
  return kExitUsage;
}

void Output::Progress(absl::string_view line) {
  if (!is_err_terminal_) return;
  Flush().IgnoreError();
  WriteError(absl::StrCat(kClearLine, line));
  is_progress_shown_ = true;
}

std::string Output::Paint(Color color, absl::string_view text) const {
  if (!is_colored_) return std::string(text);
  return absl::StrCat(Code(color), text, "\x1b[0m");
}

absl::Status Output::Flush() {
  if (!buffer_.empty() && !is_out_closed_) {
    const int error = WriteAll(options_.out, buffer_);
    is_out_closed_ = error != 0;
    if (error != 0 && error != EPIPE) {
      out_status_ = absl::UnavailableError(
          absl::StrCat("cannot write to stdout: ", std::strerror(error)));
    }
  }
  buffer_.clear();
  return out_status_;
}

void Output::ClearProgress() {
  if (!is_progress_shown_) return;
  is_progress_shown_ = false;
  WriteError(kClearLine);
}

// With stderr gone there is nobody left to tell.
void Output::WriteError(absl::string_view text) {
  static_cast<void>(WriteAll(options_.err, text));
}

void OccupyClosedFiles() {
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; ++file) {
    if (fcntl(file, F_GETFD) >= 0) continue;
    // The lowest free number is the one that is missing.
    static_cast<void>(open("/dev/null", O_RDONLY));
  }
}

void HandleClosedPipes() {
  // Not SIG_IGN: that would be inherited by the programs that scenarios start.
  struct sigaction action = {};
  action.sa_handler = [](int) {};
  action.sa_flags = SA_RESTART;
  FOZZY_CHECK(sigaction(SIGPIPE, &action, nullptr) == 0);
}

}  // namespace fozzy

// All that fozzy prints.
#ifndef FOZZY_CLI_OUTPUT_H_
#define FOZZY_CLI_OUTPUT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace fozzy {

enum class Color { kRed, kGreen, kYellow, kBold, kDim };

// Writes to two file descriptors.  With JSON, stdout is exactly one document:
// texts for people are dropped.  When the reader of stdout has gone away, what
// is left to print is dropped quietly.
class Output {
 public:
  struct Options {
    int out = 1;  // file descriptors, not owned
    int err = 2;
    bool is_json = false;
    bool is_color_allowed = true;  // it is used on terminals only
  };

  explicit Output(const Options& options);
  ~Output() { Flush().IgnoreError(); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  bool is_json() const { return options_.is_json; }

  // Prints text for people to stdout, as it is.
  void Text(absl::string_view text);

  // Prints the JSON document and ends the line.  Requires is_json(); only the
  // first document of a run is printed.
  void Json(absl::string_view document);

  // Prints a line of diagnostics to stderr, with or without JSON.
  void Note(absl::string_view line);

  // Reports `error`, on stderr or as JSON document
  // {"code":"error","message":...,"status":"error"}.  Returns kExitUsage.
  int Fail(const absl::Status& error);

  // Shows `line` on stderr in place of the last such line, if stderr is a
  // terminal.  It disappears before anything else is printed.
  void Progress(absl::string_view line);
  bool has_progress() const { return is_err_terminal_; }

  // Returns `text`, coloured if stdout is a coloured terminal.
  std::string Paint(Color color, absl::string_view text) const;

  // Writes what is buffered.
  // Errors: UNAVAILABLE if stdout cannot be written, the reader having gone
  // away excepted.
  absl::Status Flush();

 private:
  void ClearProgress();
  void WriteError(absl::string_view text);

  Options options_;
  bool is_colored_ = false;
  bool is_err_terminal_ = false;
  bool has_document_ = false;
  bool is_progress_shown_ = false;
  absl::Status out_status_;  // the first error of stdout
  bool is_out_closed_ = false;
  std::string buffer_;
};

// Takes the descriptors 0 to 2 that are closed, so that no file that is opened
// later gets one and is printed into.  Writing to them stays an error.
void OccupyClosedFiles();

// Makes writing to a closed pipe an error instead of the end of the process.
// Programs that are started later get the default back.
void HandleClosedPipes();

}  // namespace fozzy

#endif  // FOZZY_CLI_OUTPUT_H_

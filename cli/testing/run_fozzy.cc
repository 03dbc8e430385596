#include "cli/testing/run_fozzy.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>

#include "backends/host/fd.h"
#include "cli/args.h"
#include "cli/command_table.h"
#include "cli/dispatch.h"
#include "cli/output.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

std::string Content(const Fd& file) {
  std::string content(static_cast<size_t>(lseek(file.get(), 0, SEEK_END)),
                      '\0');
  const ssize_t size = pread(file.get(), content.data(), content.size(), 0);
  FOZZY_CHECK(size == static_cast<ssize_t>(content.size()));
  return content;
}

}  // namespace

Outcome RunFozzy(const std::vector<std::string>& args) {
  const Fd out(memfd_create("out", MFD_CLOEXEC));
  const Fd err(memfd_create("err", MFD_CLOEXEC));
  Outcome outcome;
  Output output({.out = out.get(),
                 .err = err.get(),
                 .is_json = HasSwitch(args, "--json")});
  outcome.code = Dispatch(args, Commands(), output);
  outcome.out = Content(out);
  outcome.err = Content(err);
  return outcome;
}

Outcome RunFozzy(const std::string& line) { return RunFozzy(SplitWords(line)); }

std::vector<std::string> SplitWords(const std::string& line) {
  std::vector<std::string> words;
  bool is_quoted = false;
  bool is_open = false;
  for (const char c : line) {
    if (c == ' ' && !is_quoted) {
      is_open = false;
      continue;
    }
    if (!is_open) words.emplace_back();
    is_open = true;
    if (c == '\'') {
      is_quoted = !is_quoted;
    } else {
      words.back().push_back(c);
    }
  }
  return words;
}

TempFolder::TempFolder() : before_(std::filesystem::current_path()) {
  std::string name = "/tmp/fozzy_cli_test.XXXXXX";
  FOZZY_CHECK(mkdtemp(name.data()) != nullptr);
  path_ = name;
  FOZZY_CHECK(chdir(path_.c_str()) == 0);
}

TempFolder::~TempFolder() {
  FOZZY_CHECK(chdir(before_.c_str()) == 0);
  std::filesystem::remove_all(path_);
}

}  // namespace fozzy

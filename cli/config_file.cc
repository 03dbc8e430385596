#include "cli/config_file.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/file.h"

namespace fozzy {
namespace {

absl::Status ErrorAt(const toml::source_position& place,
                     absl::string_view message) {
  return absl::InvalidArgumentError(
      absl::StrCat(place.line, ":", place.column, ": ", message));
}

absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}

// Reads one key after the other and remembers the first that is wrong.
class KeyReader {
 public:
  explicit KeyReader(const toml::table& table) : table_(table) {}

  void Read(const char* key, std::string& value) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return;
    if (const auto text = node->value_exact<std::string>()) {
      value = *text;
    } else {
      Complain(*node, key, "a string");
    }
  }

  void Read(const char* key, std::optional<std::string>& value) {
    std::string text;
    Read(key, text);
    if (table_.get(key) != nullptr) value = text;
  }

  void Read(const char* key, bool& value) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return;
    if (const auto boolean = node->value_exact<bool>()) {
      value = *boolean;
    } else {
      Complain(*node, key, "true or false");
    }
  }

  void Read(const char* key, std::optional<uint64_t>& value) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return;
    const auto number = node->value_exact<int64_t>();
    if (number && *number >= 0) {
      value = static_cast<uint64_t>(*number);
    } else {
      Complain(*node, key, "a number from 0");
    }
  }

  void ReadWord(const char* key, const std::vector<absl::string_view>& words,
                std::string& value) {
    Read(key, value);
    const toml::node* node = table_.get(key);
    if (node == nullptr) return;
    for (const absl::string_view word : words) {
      if (value == word) return;
    }
    Complain(*node, key, absl::StrCat("one of ", absl::StrJoin(words, ", ")));
  }

  const absl::Status& status() const { return status_; }

 private:
  void Complain(const toml::node& node, absl::string_view key,
                absl::string_view expected) {
    if (!status_.ok()) return;
    status_ = ErrorAt(node.source().begin,
                      absl::StrCat(key, ": expected ", expected));
  }

  const toml::table& table_;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<ConfigFile> ParseConfigFile(absl::string_view text) {
  const toml::parse_result parsed =
      toml::parse(std::string_view(text.data(), text.size()));
  if (!parsed) {
    return ErrorAt(parsed.error().source().begin,
                   ToAbsl(parsed.error().description()));
  }
  ConfigFile config;
  KeyReader reader(parsed.table());
  reader.Read("base_dir", config.base_dir);
  reader.ReadWord("reporter", {"pretty", "json", "junit", "html"},
                  config.reporter);
  reader.ReadWord("proc_backend", {"scripted", "host"}, config.proc_backend);
  reader.ReadWord("fs_backend", {"virtual", "host"}, config.fs_backend);
  reader.ReadWord("http_backend", {"scripted", "host"}, config.http_backend);
  reader.Read("mem_track", config.mem_track);
  reader.Read("fail_on_leak", config.fail_on_leak);
  reader.Read("mem_artifacts", config.mem_artifacts);
  reader.Read("mem_limit_mb", config.mem_limit_mb);
  reader.Read("mem_fail_after", config.mem_fail_after);
  reader.Read("leak_budget", config.leak_budget);
  reader.Read("mem_fragmentation_seed", config.mem_fragmentation_seed);
  reader.Read("mem_pressure_wave", config.mem_pressure_wave);
  reader.Read("profile_heap_alloc_budget", config.profile_heap_alloc_budget);
  reader.Read("profile_heap_in_use_budget", config.profile_heap_in_use_budget);
  if (!reader.status().ok()) return reader.status();
  return config;
}

absl::StatusOr<ConfigFile> ReadConfigFile(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (absl::IsNotFound(text.status())) return ConfigFile{};
  if (!text.ok()) return absl::InvalidArgumentError(text.status().message());
  absl::StatusOr<ConfigFile> config = ParseConfigFile(*text);
  if (config.ok()) return config;
  return absl::InvalidArgumentError(
      absl::StrCat(path, ":", config.status().message()));
}

}  // namespace fozzy

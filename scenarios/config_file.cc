#include "scenarios/config_file.h"

#include <cstddef>
#include <span>
#include <string_view>

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "scenarios/scenario_file.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr std::string_view kReporters[] = {"pretty", "json", "junit", "html"};
constexpr std::string_view kMocks[] = {"scripted", "host"};
constexpr std::string_view kFileSystems[] = {"virtual", "host"};

// Keys by the type of their value.
struct TextKey {
  std::string_view name;
  std::optional<std::string> ConfigFile::*value;
  std::span<const std::string_view> allowed = {};  // any if empty
};

struct FlagKey {
  std::string_view name;
  std::optional<bool> ConfigFile::*value;
};

struct NumberKey {
  std::string_view name;
  std::optional<uint64_t> ConfigFile::*value;
};

constexpr TextKey kTextKeys[] = {
    {"base_dir", &ConfigFile::base_dir},
    {"fs_backend", &ConfigFile::fs_backend, kFileSystems},
    {"http_backend", &ConfigFile::http_backend, kMocks},
    {"mem_pressure_wave", &ConfigFile::mem_pressure_wave},
    {"proc_backend", &ConfigFile::proc_backend, kMocks},
    {"reporter", &ConfigFile::reporter, kReporters},
};

constexpr FlagKey kFlagKeys[] = {
    {"fail_on_leak", &ConfigFile::fail_on_leak},
    {"mem_artifacts", &ConfigFile::mem_artifacts},
    {"mem_track", &ConfigFile::mem_track},
};

constexpr NumberKey kNumberKeys[] = {
    {"leak_budget", &ConfigFile::leak_budget},
    {"mem_fail_after", &ConfigFile::mem_fail_after},
    {"mem_fragmentation_seed", &ConfigFile::mem_fragmentation_seed},
    {"mem_limit_mb", &ConfigFile::mem_limit_mb},
    {"profile_heap_alloc_budget", &ConfigFile::profile_heap_alloc_budget},
    {"profile_heap_in_use_budget", &ConfigFile::profile_heap_in_use_budget},
};

absl::string_view View(std::string_view text) {
  return {text.data(), text.size()};
}

// Returns "file:line:column".
std::string PlaceOf(absl::string_view path, const toml::source_region& region) {
  return absl::StrCat(path, ":", region.begin.line, ":", region.begin.column);
}

// Says what `node` is: `"abc", a string`, `a table`.
std::string Describe(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return absl::StrCat("\"", View(node.ref<std::string>()), "\", a string");
    case toml::node_type::integer:
      return absl::StrCat(node.ref<int64_t>(), ", an integer");
    case toml::node_type::boolean:
      return absl::StrCat(node.ref<bool>() ? "true" : "false", ", a boolean");
    case toml::node_type::floating_point:
      return "a float";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

// Reads keys of one TOML document.
class Reader {
 public:
  Reader(const toml::table& table, absl::string_view path)
      : table_(table), path_(path) {}

  absl::Status Read(const TextKey& key, ConfigFile& config) const {
    const toml::node* const node = table_.get(key.name);
    if (node == nullptr) return absl::OkStatus();
    if (!node->is_string()) return Misfit(key.name, *node, "a string");
    const std::string& text = node->ref<std::string>();
    bool is_allowed = key.allowed.empty();
    std::string names;
    for (const std::string_view allowed : key.allowed) {
      is_allowed = is_allowed || text == allowed;
      absl::StrAppend(&names, names.empty() ? "one of " : ", ", View(allowed));
    }
    if (!is_allowed) return Misfit(key.name, *node, names);
    config.*key.value = text;
    return absl::OkStatus();
  }

  absl::Status Read(const FlagKey& key, ConfigFile& config) const {
    const toml::node* const node = table_.get(key.name);
    if (node == nullptr) return absl::OkStatus();
    if (!node->is_boolean()) return Misfit(key.name, *node, "true or false");
    config.*key.value = node->ref<bool>();
    return absl::OkStatus();
  }

  absl::Status Read(const NumberKey& key, ConfigFile& config) const {
    const toml::node* const node = table_.get(key.name);
    if (node == nullptr) return absl::OkStatus();
    const int64_t number = node->is_integer() ? node->ref<int64_t>() : -1;
    if (number < 0) return Misfit(key.name, *node, "an integer from 0 up");
    config.*key.value = static_cast<uint64_t>(number);
    return absl::OkStatus();
  }

 private:
  absl::Status Misfit(std::string_view key, const toml::node& node,
                      absl::string_view expected) const {
    return absl::InvalidArgumentError(
        absl::StrCat(PlaceOf(path_, node.source()), ": key \"", View(key),
                     "\": found ", Describe(node), ", expected ", expected));
  }

  const toml::table& table_;
  const absl::string_view path_;
};

}  // namespace

absl::StatusOr<ConfigFile> ParseConfig(absl::string_view text,
                                       absl::string_view path) {
  const toml::parse_result result =
      toml::parse(std::string_view(text.data(), text.size()));
  if (!result) {
    const toml::parse_error& error = result.error();
    return absl::InvalidArgumentError(absl::StrCat(
        PlaceOf(path, error.source()), ": ", View(error.description())));
  }
  ConfigFile config;
  const Reader reader(result.table(), path);
  for (const TextKey& key : kTextKeys) {
    FOZZY_RETURN_IF_ERROR(reader.Read(key, config));
  }
  for (const FlagKey& key : kFlagKeys) {
    FOZZY_RETURN_IF_ERROR(reader.Read(key, config));
  }
  for (const NumberKey& key : kNumberKeys) {
    FOZZY_RETURN_IF_ERROR(reader.Read(key, config));
  }
  return config;
}

absl::StatusOr<ConfigFile> ReadConfigFile(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadScenarioFile(path);
  if (absl::IsNotFound(text.status())) return ConfigFile();
  if (!text.ok()) return text.status();
  if (text->size() > kConfigBytesMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat(path, " is ", text->size(), " bytes, expected at most ",
                     kConfigBytesMax));
  }
  return ParseConfig(*text, path);
}

}  // namespace fozzy

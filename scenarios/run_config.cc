#include "scenarios/run_config.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "scenarios/parse_names.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr absl::string_view kPresets[] = {
    "crash-first", "heal-first-two", "partition-first-two", "restart-first"};

constexpr absl::string_view kSites[] = {
    "fs.eio",   "fs.enospc",  "fs.short_read", "fs.short_write",
    "http.5xx", "http.reset", "http.slow",     "http.timeout",
    "net.drop", "proc.kill",  "proc.slow",     "proc.spawn"};

template <size_t kSize>
bool Contains(const absl::string_view (&names)[kSize], absl::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// Reads all of `text` as a decimal number.
bool ReadNumber(absl::string_view text, uint64_t& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end && !text.empty();
}

// Reads "1/50".
bool ReadOdds(absl::string_view text, FaultOdds& site) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  return parts.size() == 2 && ReadNumber(parts[0], site.numerator) &&
         ReadNumber(parts[1], site.denominator) && site.numerator > 0 &&
         site.numerator <= site.denominator;
}

// Adds `site`, or replaces the one of that name.
void AddSite(FaultOdds site, std::vector<FaultOdds>& sites) {
  const auto at = std::lower_bound(
      sites.begin(), sites.end(), site,
      [](const FaultOdds& a, const FaultOdds& b) { return a.site < b.site; });
  if (at != sites.end() && at->site == site.site) {
    *at = std::move(site);
  } else {
    sites.insert(at, std::move(site));
  }
}

absl::Status UnknownFault(absl::string_view name) {
  std::vector<absl::string_view> names = {"none"};
  for (const absl::string_view preset : kPresets) names.push_back(preset);
  for (const absl::string_view site : kSites) names.push_back(site);
  const absl::string_view nearest = NearestName(name, names);
  return absl::InvalidArgumentError(absl::StrCat(
      "found fault \"", name, "\", expected one of ",
      absl::StrJoin(names, ", "),
      nearest.empty() ? "" : absl::StrCat(", did you mean ", nearest, "?")));
}

// Adds preset or site `item`, "fs.eio=1/50".
absl::Status AddFault(absl::string_view item, RunConfig& config) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(item, absl::MaxSplits('=', 1));
  const bool has_odds = item.find('=') != absl::string_view::npos;
  const absl::string_view name = parts.first;
  const bool is_preset = name == "none" || Contains(kPresets, name);
  if (!is_preset && !Contains(kSites, name)) {
    return UnknownFault(name);
  }
  if (is_preset && has_odds) {
    return absl::InvalidArgumentError(absl::StrCat(
        "found odds in fault \"", item, "\", expected only \"", name, "\""));
  }
  if (is_preset) {
    if (name != "none") config.presets.emplace_back(name);
    return absl::OkStatus();
  }
  FaultOdds site;
  site.site = std::string(name);
  if (has_odds && !ReadOdds(parts.second, site)) {
    return absl::InvalidArgumentError(
        absl::StrCat("found odds \"", parts.second, "\" of fault ", name,
                     ", expected a fraction N/M above 0 and up to 1 such as "
                     "1/50"));
  }
  AddSite(std::move(site), config.faults);
  return absl::OkStatus();
}

// One kind of setting.  Writes `config`'s values, none if they are the default,
// and reads one value back; false if it does not fit.
struct SettingKind {
  absl::string_view name;
  void (*write)(const RunConfig& config, std::vector<std::string>& values);
  bool (*read)(absl::string_view value, RunConfig& config);
};

using Values = std::vector<std::string>;

void WriteFlag(bool is_set, Values& values) {
  if (is_set) values.emplace_back("true");
}

bool ReadFlag(absl::string_view value, bool& is_set) {
  is_set = true;
  return value == "true";
}

void WriteNumber(const std::optional<uint64_t>& number, Values& values) {
  if (number.has_value()) values.push_back(absl::StrCat(*number));
}

bool ReadOptional(absl::string_view value, std::optional<uint64_t>& number) {
  return ReadNumber(value, number.emplace());
}

bool ReadPreset(absl::string_view value, RunConfig& config) {
  if (!Contains(kPresets, value)) return false;
  config.presets.emplace_back(value);
  return true;
}

bool ReadSite(absl::string_view value, RunConfig& config) {
  return value.find('=') != absl::string_view::npos &&
         AddFault(value, config).ok();
}

constexpr SettingKind kSettings[] = {
    {"det", [](const RunConfig& c, Values& v) { WriteFlag(c.is_det, v); },
     [](absl::string_view v, RunConfig& c) { return ReadFlag(v, c.is_det); }},
    {"timeout_ms",
     [](const RunConfig& c, Values& v) { WriteNumber(c.timeout, v); },
     [](absl::string_view v, RunConfig& c) {
       return ReadOptional(v, c.timeout);
     }},
    {"host_proc",
     [](const RunConfig& c, Values& v) { WriteFlag(c.has_host_proc, v); },
     [](absl::string_view v, RunConfig& c) {
       return ReadFlag(v, c.has_host_proc);
     }},
    {"host_fs",
     [](const RunConfig& c, Values& v) { WriteFlag(c.has_host_fs, v); },
     [](absl::string_view v, RunConfig& c) {
       return ReadFlag(v, c.has_host_fs);
     }},
    {"host_http",
     [](const RunConfig& c, Values& v) { WriteFlag(c.has_host_http, v); },
     [](absl::string_view v, RunConfig& c) {
       return ReadFlag(v, c.has_host_http);
     }},
    {"mem_track",
     [](const RunConfig& c, Values& v) { WriteFlag(c.memory.is_tracked, v); },
     [](absl::string_view v, RunConfig& c) {
       return ReadFlag(v, c.memory.is_tracked);
     }},
    {"fail_on_leak",
     [](const RunConfig& c, Values& v) {
       WriteFlag(c.memory.fails_on_leak, v);
     },
     [](absl::string_view v, RunConfig& c) {
       return ReadFlag(v, c.memory.fails_on_leak);
     }},
    {"mem_limit_mb",
     [](const RunConfig& c, Values& v) { WriteNumber(c.memory.limit_mb, v); },
     [](absl::string_view v, RunConfig& c) {
       return ReadOptional(v, c.memory.limit_mb);
     }},
    {"mem_fail_after",
     [](const RunConfig& c, Values& v) { WriteNumber(c.memory.fail_after, v); },
     [](absl::string_view v, RunConfig& c) {
       return ReadOptional(v, c.memory.fail_after);
     }},
    {"mem_fragmentation_seed",
     [](const RunConfig& c, Values& v) {
       WriteNumber(c.memory.fragmentation_seed, v);
     },
     [](absl::string_view v, RunConfig& c) {
       return ReadOptional(v, c.memory.fragmentation_seed);
     }},
    {"mem_pressure_wave",
     [](const RunConfig& c, Values& v) {
       if (c.memory.pressure_wave) v.push_back(*c.memory.pressure_wave);
     },
     [](absl::string_view v, RunConfig& c) {
       c.memory.pressure_wave = std::string(v);
       return true;
     }},
    {"leak_budget",
     [](const RunConfig& c, Values& v) {
       WriteNumber(c.memory.leak_budget, v);
     },
     [](absl::string_view v, RunConfig& c) {
       return ReadOptional(v, c.memory.leak_budget);
     }},
    {"alloc_budget",
     [](const RunConfig& c, Values& v) {
       WriteNumber(c.memory.alloc_budget, v);
     },
     [](absl::string_view v, RunConfig& c) {
       return ReadOptional(v, c.memory.alloc_budget);
     }},
    {"in_use_budget",
     [](const RunConfig& c, Values& v) {
       WriteNumber(c.memory.in_use_budget, v);
     },
     [](absl::string_view v, RunConfig& c) {
       return ReadOptional(v, c.memory.in_use_budget);
     }},
    {"fault",
     [](const RunConfig& c, Values& v) {
       for (const FaultOdds& site : c.faults) {
         v.push_back(absl::StrCat(site.site, "=", site.numerator, "/",
                                  site.denominator));
       }
     },
     ReadSite},
    {"fault_budget",
     [](const RunConfig& c, Values& v) {
       if (c.fault_budget != RunConfig().fault_budget) {
         v.push_back(absl::StrCat(c.fault_budget));
       }
     },
     [](absl::string_view v, RunConfig& c) {
       return ReadNumber(v, c.fault_budget);
     }},
    {"schedule",
     [](const RunConfig& c, Values& v) {
       if (c.schedule != RunConfig().schedule) v.push_back(c.schedule);
     },
     [](absl::string_view v, RunConfig& c) {
       c.schedule = std::string(v);
       return true;
     }},
    {"nodes",
     [](const RunConfig& c, Values& v) { WriteNumber(c.node_count, v); },
     [](absl::string_view v, RunConfig& c) {
       return ReadOptional(v, c.node_count);
     }},
    {"preset", [](const RunConfig& c, Values& v) { v = c.presets; },
     ReadPreset},
    {"checker", [](const RunConfig& c, Values& v) { v = c.checkers; },
     [](absl::string_view v, RunConfig& c) {
       c.checkers.emplace_back(v);
       return true;
     }},
    {"deliveries_max",
     [](const RunConfig& c, Values& v) { WriteNumber(c.deliveries_max, v); },
     [](absl::string_view v, RunConfig& c) {
       return ReadOptional(v, c.deliveries_max);
     }},
};

}  // namespace

Settings WriteSettings(const RunConfig& config) {
  Settings settings;
  for (const SettingKind& kind : kSettings) {
    Values values;
    kind.write(config, values);
    for (std::string& value : values) {
      settings.emplace_back(std::string(kind.name), std::move(value));
    }
  }
  return settings;
}

absl::StatusOr<RunConfig> ReadSettings(const Settings& settings) {
  RunConfig config;
  for (const auto& [name, value] : settings) {
    const auto kind = std::find_if(
        std::begin(kSettings), std::end(kSettings),
        [&name = name](const SettingKind& k) { return k.name == name; });
    if (kind == std::end(kSettings)) {
      return absl::FailedPreconditionError(absl::StrCat(
          "setting \"", name, "\" is unknown to this version of fozzy"));
    }
    if (!kind->read(value, config)) {
      return absl::DataLossError(absl::StrCat("setting ", name, " has value \"",
                                              value, "\", which does not fit"));
    }
  }
  return config;
}

absl::Status AddFaults(absl::string_view list, RunConfig& config) {
  for (const absl::string_view item : absl::StrSplit(list, ',')) {
    FOZZY_RETURN_IF_ERROR(AddFault(absl::StripAsciiWhitespace(item), config));
  }
  return absl::OkStatus();
}

}  // namespace fozzy

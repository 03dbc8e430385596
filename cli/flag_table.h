// The flags of the command line, in groups that several commands share.
#ifndef FOZZY_CLI_FLAG_TABLE_H_
#define FOZZY_CLI_FLAG_TABLE_H_

#include "cli/command.h"

namespace fozzy {

inline constexpr FlagSpec kGlobalFlags[] = {
    {"--config", FlagType::kText, "PATH",
     "the configuration file (default fozzy.toml)"},
    {"--cwd", FlagType::kText, "DIR", "work in this folder"},
    {"--log", FlagType::kText, "LEVEL", "accepted, without effect"},
    {"--json", FlagType::kSwitch, "", "print one JSON document"},
    {"--no-color", FlagType::kSwitch, "", "never colour the output"},
    {"--strict", FlagType::kSwitch, "",
     "warnings about traces are errors (default)", "--strict-verify"},
    {"--unsafe", FlagType::kSwitch, "", "warnings are no errors"},
    {"--proc-backend", FlagType::kChoice, "scripted|host",
     "what proc steps act on"},
    {"--fs-backend", FlagType::kChoice, "virtual|host", "what fs steps act on"},
    {"--http-backend", FlagType::kChoice, "scripted|host",
     "what http steps act on"},
    {"--host-backends", FlagType::kSwitch, "",
     "act on the real world: all three are host"},
    {"--help", FlagType::kSwitch, "", "print help", "-h"},
    {"--version", FlagType::kSwitch, "", "print the version", "-V"},
};

inline constexpr FlagSpec kDetFlags[] = {
    {"--det", FlagType::kSwitch, "", "virtual time: same seed, same run"},
    {"--seed", FlagType::kU64, "N", "the seed (default: drawn and reported)"},
    {"--timeout", FlagType::kDuration, "DURATION",
     "stop after this time, virtual with --det"},
};

inline constexpr FlagSpec kFaultBudgetFlag = {
    "--fault-budget", FlagType::kU64, "N",
    "faults per run at most (default 3)"};
// For scenarios of steps, distributed ones, and both.
inline constexpr FlagSpec kSiteFlags[] = {
    {"--faults", FlagType::kText, "LIST",
     "sites and their odds, \"fs.eio=1/50,net.drop=1/10\""},
    kFaultBudgetFlag,
};
inline constexpr FlagSpec kPresetFlags[] = {
    {"--faults", FlagType::kText, "LIST",
     "presets, \"partition-first-two,crash-first\""},
    kFaultBudgetFlag,
};
inline constexpr FlagSpec kFaultFlags[] = {
    {"--faults", FlagType::kText, "LIST",
     "presets and sites, \"partition-first-two,fs.eio=1/50\""},
    kFaultBudgetFlag,
};

inline constexpr FlagSpec kInputFlags[] = {
    {"--unknown-fields", FlagType::kChoice, "warn|error",
     "are unknown fields warnings (default) or errors"},
};

inline constexpr FlagSpec kRecordFlags[] = {
    {"--record", FlagType::kText, "PATH", "keep the run as a trace"},
    {"--record-collision", FlagType::kChoice, "error|overwrite|append",
     "if PATH exists (default append: NAME.1.fozzy; explore: error)"},
};

inline constexpr FlagSpec kReportFlags[] = {
    {"--reporter", FlagType::kChoice, "pretty|junit|html",
     "write junit.xml or report.html, too"},
};

inline constexpr FlagSpec kCaptureFlags[] = {
    {"--profile-capture", FlagType::kChoice, "baseline|full",
     "accepted, without effect"},
};

inline constexpr FlagSpec kMemoryFlags[] = {
    {"--mem-track", FlagType::kSwitch, "", "report memory"},
    {"--mem-limit-mb", FlagType::kU64, "N", "allocations above N MiB fail"},
    {"--mem-fail-after", FlagType::kU64, "N", "allocations after N fail"},
    {"--mem-fragmentation-seed", FlagType::kU64, "N",
     "add fragmentation, drawn from N"},
    {"--mem-pressure-wave", FlagType::kText, "PATTERN",
     "multiply sizes, in turn: \"1,2,4\""},
    {"--fail-on-leak", FlagType::kSwitch, "", "any leak is a finding"},
    {"--leak-budget", FlagType::kU64, "BYTES", "leaks up to BYTES are fine"},
    {"--mem-artifacts", FlagType::kSwitch, "", "accepted, without effect"},
};

}  // namespace fozzy

#endif  // FOZZY_CLI_FLAG_TABLE_H_

#include "cli/command_table.h"

#include <algorithm>
#include <iterator>

#include "cli/flag_table.h"
#include "cli/handlers.h"

namespace fozzy {
namespace {

constexpr PositionalSpec kScenario[] = {
    {"SCENARIO", Arity::kOne, "a .fozzy.json file"}};
constexpr PositionalSpec kExplored[] = {
    {"SCENARIO", Arity::kOne,
     "a distributed scenario, a program with tests, or builtin:NAME"}};
constexpr PositionalSpec kDoctorScenario[] = {
    {"SCENARIO", Arity::kOptional, "in place of --scenario"}};
constexpr PositionalSpec kGlobs[] = {
    {"GLOB", Arity::kAny,
     "files to test (default tests/**/*.fozzy.json), or one program"}};
constexpr PositionalSpec kTrace[] = {
    {"TRACE", Arity::kOne,
     "a .fozzy file, a run id, latest, last-pass or last-fail"}};
constexpr PositionalSpec kTraces[] = {
    {"TRACE", Arity::kSome, "the path of a .fozzy file"}};
constexpr PositionalSpec kTwoTraces[] = {
    {"LEFT", Arity::kOne, "a trace, as for trace show"},
    {"RIGHT", Arity::kOne, "the trace to compare it with"}};
constexpr PositionalSpec kRunName[] = {
    {"RUN", Arity::kOne,
     "a run id or its beginning, latest, last-pass, last-fail or a trace"}};
constexpr PositionalSpec kKernel[] = {
    {"KERNEL", Arity::kOne, "a kernel of kernels list, or a file NAME.fk"}};
constexpr PositionalSpec kCommandWords[] = {
    {"COMMAND", Arity::kAny, "the words of a command, \"trace show\""}};

constexpr FlagSpec kArtifactsExportFlags[] = {
    {"--out", FlagType::kText, "PATH", "a folder, or a file NAME.zip"}};
constexpr FlagSpec kArtifactsPruneFlags[] = {
    {"--keep", FlagType::kU64, "N", "keep the N latest runs"},
    {"--older-than", FlagType::kDuration, "DURATION",
     "delete only runs that ended longer ago"}};
constexpr FlagSpec kProgramFlag = {"--program", FlagType::kText, "PROGRAM",
                                   "that has the test of a trace of C++ code"};
constexpr FlagSpec kCiFlags[] = {
    kProgramFlag,
    {"--flake-run", FlagType::kNotOffered},
    {"--flake-budget", FlagType::kNotOffered},
    {"--perf-baseline", FlagType::kNotOffered},
    {"--max-p99-delta-pct", FlagType::kNotOffered}};
constexpr FlagSpec kCompareFlags[] = {
    {"--backends", FlagType::kText, "LIST",
     "compare these backends (default virtual,host)"},
    {"--perf-fastpath", FlagType::kNotOffered},
    {"--seed", FlagType::kU64, "N", "the seed of both runs (default 0)"},
    {"--timeout", FlagType::kDuration, "DURATION", "stop after this time"}};
constexpr FlagSpec kDoctorFlags[] = {
    {"--deep", FlagType::kSwitch, "", "run a scenario several times"},
    {"--scenario", FlagType::kText, "PATH", "the scenario of --deep"},
    {"--runs", FlagType::kU64, "N", "how many times (default 3, at least 2)"},
    {"--seed", FlagType::kU64, "N", "the seed (default 3235823838)"}};
constexpr FlagSpec kMemoryModelFlag = {
    "--memory-model", FlagType::kChoice, "cpp20|sc",
    "what loads of a program may read (default cpp20)"};
constexpr FlagSpec kUnreachedFlag = {
    "--unreached", FlagType::kChoice, "note|fail",
    "sites of a program that no run reaches are named (default), or a finding"};
constexpr FlagSpec kStackFlag = {
    "--stack-kib", FlagType::kU64, "N",
    "the stack of each task of a program (default 256)"};
constexpr FlagSpec kExploreFlags[] = {
    {"--seed", FlagType::kU64, "N", "the seed (default: drawn and reported)"},
    {"--runs", FlagType::kU64, "N",
     "run N schedules, up to the first that fails (default: one)"},
    {"--jobs", FlagType::kU64, "N",
     "schedules at a time (default 1); the report is the same"},
    {"--time", FlagType::kDuration, "DURATION", "stop after this real time"},
    {"--resume", FlagType::kText, "RUN",
     "go on after the schedules of an earlier exploration"},
    {"--steps", FlagType::kU64, "N", "deliveries of a run at most"},
    {"--nodes", FlagType::kU64, "N", "in place of the nodes of the file"},
    {"--schedule", FlagType::kText, "NAME",
     "how orders are chosen: fifo, bfs, dfs, random, pct, coverage_guided",
     "--strategy"},
    {"--filter", FlagType::kText, "PATTERN",
     "which tests of a program, \"Queue.*:-*.Slow\""},
    kMemoryModelFlag,
    kStackFlag,
    kUnreachedFlag,
    {"--checker", FlagType::kText, "LIST",
     "in place of the invariants, \"kv_all_equal:KEY\""},
    {"--shrink", FlagType::kSwitch, "", "accepted, without effect"},
    {"--minimize", FlagType::kSwitch, "", "accepted, without effect"}};
constexpr FlagSpec kInitFlags[] = {
    {"--force", FlagType::kSwitch, "", "overwrite files"},
    {"--all-tests", FlagType::kSwitch, "", "accepted, without effect"},
    {"--template", FlagType::kNotOffered},
    {"--with", FlagType::kNotOffered}};
constexpr FlagSpec kKernelFlags[] = {
    {"--perf-fastpath", FlagType::kChoice, "off|on|force",
     "the fast path: not, where it may (default), or else an error"},
    {"--bounds", FlagType::kChoice, "strict|trusted",
     "are indices checked (default), or trusted to be in range"}};
constexpr FlagSpec kKernelRunFlags[] = {
    {"--backend", FlagType::kChoice, "interp|vm|llvm",
     "what runs it (default vm)"},
    {"--args", FlagType::kText, "LIST", "what it is called with, \"1,2\""},
    {"--perf-lowering-report", FlagType::kSwitch, "",
     "print what was made of it, too"}};
constexpr FlagSpec kProbeFlags[] = {
    {"--seed", FlagType::kU64, "N", "the seed (default: drawn)"},
    {"--record", FlagType::kText, "PATH", "the trace, which is overwritten"}};
constexpr FlagSpec kExplainFlags[] = {
    kProgramFlag,
    {"--seed", FlagType::kU64, "N", "what other runs are drawn from"}};
constexpr FlagSpec kShrinkFlags[] = {
    kProgramFlag,
    {"--out", FlagType::kText, "PATH",
     "the smaller trace (default NAME.min.fozzy)"},
    {"--budget", FlagType::kText, "N|DURATION",
     "runs, or time, at most (default 20000)"},
    {"--minimize", FlagType::kChoice, "input|schedule|faults|all",
     "what may change (default all)"},
    {"--jobs", FlagType::kU64, "N", "accepted; the result is the same"},
    {"--aggressive", FlagType::kSwitch, "", "accepted, without effect"}};
constexpr FlagSpec kReplayFlags[] = {
    kProgramFlag,
    {"--gdb", FlagType::kSwitch, "",
     "replay the program in gdb, up to the finding or crash"},
    {"--break-at", FlagType::kU64, "N",
     "in gdb, stop before the N-th op of the program"},
    {"--step", FlagType::kSwitch, "", "print each event"},
    {"--until", FlagType::kDuration, "DURATION", "stop at this virtual time"},
    {"--dump-events", FlagType::kSwitch, "", "write events.json"},
    {"--profile-regen", FlagType::kNotOffered},
    {"--profile-export-format", FlagType::kNotOffered},
    {"--profile-export-out", FlagType::kNotOffered}};
constexpr FlagSpec kReportQueryFlags[] = {
    {"--path", FlagType::kText, "EXPR",
     "what to print: \".status\", \".findings[].title\""},
    {"--list-paths", FlagType::kSwitch, "", "print all paths there are"}};
constexpr FlagSpec kReportShowFlags[] = {{"--format", FlagType::kChoice,
                                          "pretty|json|junit|html",
                                          "what to print (default pretty)"}};
constexpr FlagSpec kTestFlags[] = {
    {"--jobs", FlagType::kU64, "N",
     "scenarios, or schedules, at a time (default 1)"},
    {"--filter", FlagType::kText, "TEXT",
     "only paths that contain TEXT; tests of a program that fit it"},
    {"--runs", FlagType::kU64, "N",
     "schedules of each test of a program (default 10000)"},
    {"--schedule", FlagType::kText, "NAME",
     "how schedules of a program are chosen (default portfolio)", "--strategy"},
    kMemoryModelFlag,
    kStackFlag,
    kUnreachedFlag,
    {"--fail-fast", FlagType::kSwitch, "", "stop at the first failure"}};
constexpr FlagSpec kTraceShowFlags[] = {
    {"--from", FlagType::kU64, "N", "leave out the entries before number N"},
    {"--count", FlagType::kU64, "N", "print N entries at most"},
    {"--kind", FlagType::kText, "KIND",
     "only decisions, events or observations of this kind"}};

constexpr FlagGroup kArtifactsExportGroups[] = {
    {"Export", kArtifactsExportFlags}};
constexpr FlagGroup kArtifactsPruneGroups[] = {{"Prune", kArtifactsPruneFlags}};
constexpr FlagGroup kCiGroups[] = {{"Gates", kCiFlags}};
constexpr FlagGroup kCompareGroups[] = {{"Compare", kCompareFlags}};
constexpr FlagGroup kDoctorGroups[] = {{"Audit", kDoctorFlags}};
constexpr FlagGroup kExploreGroups[] = {
    {"Exploration", kExploreFlags}, {"Faults", kPresetFlags},
    {"Input", kInputFlags},         {"Recording", kRecordFlags},
    {"Reports", kReportFlags},      {"Profiles", kCaptureFlags},
    {"Memory", kMemoryFlags}};
constexpr FlagGroup kExplainGroups[] = {{"Explanation", kExplainFlags}};
constexpr FlagGroup kShrinkGroups[] = {{"Shrinking", kShrinkFlags},
                                       {"Reports", kReportFlags}};
constexpr FlagGroup kInitGroups[] = {{"Files", kInitFlags}};
constexpr FlagGroup kKernelReportGroups[] = {{"Lowering", kKernelFlags}};
constexpr FlagGroup kKernelRunGroups[] = {{"Lowering", kKernelFlags},
                                          {"Run", kKernelRunFlags}};
constexpr FlagGroup kProbeGroups[] = {{"Run", kProbeFlags}};
constexpr FlagGroup kReplayGroups[] = {{"Replay", kReplayFlags},
                                       {"Reports", kReportFlags},
                                       {"Profiles", kCaptureFlags}};
constexpr FlagGroup kReportQueryGroups[] = {{"Query", kReportQueryFlags}};
constexpr FlagGroup kReportShowGroups[] = {{"Report", kReportShowFlags}};
constexpr FlagGroup kRunGroups[] = {
    {"Run", kDetFlags},        {"Faults", kSiteFlags},
    {"Input", kInputFlags},    {"Recording", kRecordFlags},
    {"Reports", kReportFlags}, {"Profiles", kCaptureFlags},
    {"Memory", kMemoryFlags}};
constexpr FlagGroup kTestGroups[] = {
    {"Selection", kTestFlags},   {"Run", kDetFlags},
    {"Faults", kFaultFlags},     {"Input", kInputFlags},
    {"Recording", kRecordFlags}, {"Reports", kReportFlags},
    {"Memory", kMemoryFlags}};
constexpr FlagGroup kTraceShowGroups[] = {{"Selection", kTraceShowFlags}};
constexpr FlagGroup kValidateGroups[] = {{"Input", kInputFlags}};

constexpr Command kCommands[] = {
    {"artifacts export", "copy the files of a run to a folder or a .zip",
     "fozzy artifacts export latest --out run.zip", kArtifactsExportGroups,
     kRunName, CmdArtifactsExport},
    {"artifacts ls",
     "list the files of a run",
     "fozzy artifacts ls latest\nfozzy artifacts ls last-fail --json",
     {},
     kRunName,
     CmdArtifactsLs},
    {"artifacts prune",
     "delete old runs",
     "fozzy artifacts prune --keep 100\n"
     "fozzy artifacts prune --older-than 48h",
     kArtifactsPruneGroups,
     {},
     CmdArtifactsPrune},
    {"ci", "check that a trace still replays the same",
     "fozzy ci failure.fozzy --json", kCiGroups, kTrace, CmdCi},
    {"compare", "run a scenario with two kinds of backends and compare",
     "fozzy compare tests/disk.fozzy.json --backends virtual,host",
     kCompareGroups, kScenario, CmdCompare},
    {"confirm",
     "replay traces and say of each whether it came out the same",
     "fozzy confirm failure.fozzy",
     {},
     kTraces,
     CmdConfirm,
     {},
     true},
    {"doctor", "look for sources of nondeterminism",
     "fozzy doctor\n"
     "fozzy doctor --deep --scenario tests/example.fozzy.json --runs 5",
     kDoctorGroups, kDoctorScenario, CmdDoctor},
    {"env", "print what this fozzy can do", "fozzy env --json", {}, {}, CmdEnv},
    {"explain", "say why a recorded run fails: the decision that made it so",
     "fozzy explain failure.min.fozzy --program ./my_tests", kExplainGroups,
     kTrace, CmdExplain},
    {"explore", "search the schedules of a program or a distributed scenario",
     "fozzy explore ./my_tests --filter 'Queue.*' --time 1m --jobs 2\n"
     "fozzy explore builtin:examples/lost_update\n"
     "fozzy explore tests/replicas.fozzy.json --runs 100000 --jobs 2\n"
     "fozzy explore tests/replicas.fozzy.json --schedule random --seed 7\n"
     "fozzy explore tests/replicas.fozzy.json --faults partition-first-two",
     kExploreGroups, kExplored, CmdExplore},
    {"help",
     "print help about a command",
     "fozzy help trace show",
     {},
     kCommandWords,
     CmdHelp,
     {},
     true},
    {"init",
     "write fozzy.toml and example scenarios",
     "fozzy init",
     kInitGroups,
     {},
     CmdInit},
    {"kernels list",
     "list the kernels that come with fozzy",
     "fozzy kernels list",
     {},
     {},
     CmdKernelsList},
    {"kernels report", "print what lowering makes of a kernel",
     "fozzy kernels report bytes_kernel --json", kKernelReportGroups, kKernel,
     CmdKernelsReport},
    {"kernels run", "compile a kernel and run it",
     "fozzy kernels run bytes_kernel --backend llvm --perf-fastpath force\n"
     "fozzy kernels run mine.fk --args 7,9 --perf-lowering-report",
     kKernelRunGroups, kKernel, CmdKernelsRun},
    {"man",
     "print a manual page",
     "fozzy man run | man -l -",
     {},
     kCommandWords,
     CmdMan,
     {},
     true},
    {"probe",
     "record one run for the doctor",
     "fozzy probe tests/example.fozzy.json --seed 7 --record example.fozzy",
     kProbeGroups,
     kScenario,
     CmdProbe,
     {},
     true},
    {"replay", "repeat a recorded run and report the first difference",
     "fozzy replay failure.fozzy\nfozzy replay last-fail --dump-events",
     kReplayGroups, kTrace, CmdReplay},
    {"report query", "print parts of the report of a run",
     "fozzy report query latest --path .findings[].title\n"
     "fozzy report query latest --list-paths",
     kReportQueryGroups, kRunName, CmdReportQuery},
    {"report show", "print the report of a run",
     "fozzy report show latest\n"
     "fozzy report show last-fail --format junit",
     kReportShowGroups, kRunName, CmdReportShow},
    {"run", "run one scenario",
     "fozzy run tests/example.fozzy.json --det --seed 7\n"
     "fozzy run tests/example.fozzy.json --det --record example.fozzy\n"
     "fozzy run tests/disk.fozzy.json --det --faults fs.eio=1/50",
     kRunGroups, kScenario, CmdRun},
    {"schema",
     "print all step types with their fields",
     "fozzy schema --json",
     {},
     {},
     CmdSchema,
     "steps"},
    {"shrink", "make a recorded failure smaller",
     "fozzy shrink failure.fozzy --program ./my_tests\n"
     "fozzy shrink last-fail --budget 1000 --out small.fozzy",
     kShrinkGroups, kTrace, CmdShrink},
    {"test", "run many scenarios, or the tests of a program",
     "fozzy test --det\n"
     "fozzy test 'tests/**/*.fozzy.json' --det --jobs 4 --reporter junit\n"
     "fozzy test ./my_tests --jobs 2",
     kTestGroups, kGlobs, CmdTest},
    {"trace diff",
     "print the first difference of two traces",
     "fozzy trace diff before.fozzy after.fozzy",
     {},
     kTwoTraces,
     CmdTraceDiff},
    {"trace show", "print what a trace holds",
     "fozzy trace show failure.fozzy --from 100 --count 20\n"
     "fozzy trace show failure.fozzy --kind fault",
     kTraceShowGroups, kTrace, CmdTraceShow},
    {"trace stat",
     "print counts and sizes of a trace",
     "fozzy trace stat failure.fozzy --json",
     {},
     kTrace,
     CmdTraceStat},
    {"trace verify",
     "check that a trace is whole and undamaged",
     "fozzy trace verify failure.fozzy --strict --json",
     {},
     kTrace,
     CmdTraceVerify},
    {"usage",
     "print an overview of the commands",
     "fozzy usage",
     {},
     {},
     CmdUsage},
    {"validate", "check a scenario without running it",
     "fozzy validate tests/example.fozzy.json", kValidateGroups, kScenario,
     CmdValidate},
    {"version",
     "print the version",
     "fozzy version --json",
     {},
     {},
     CmdVersion},
};

constexpr bool ByName(const Command& a, const Command& b) {
  return a.name < b.name;
}

static_assert(std::is_sorted(std::begin(kCommands), std::end(kCommands),
                             ByName));

constexpr absl::string_view kNotOffered[] = {"artifacts bundle",
                                             "artifacts diff",
                                             "artifacts pack",
                                             "corpus",
                                             "full",
                                             "fuzz",
                                             "gate",
                                             "map",
                                             "memory",
                                             "profile",
                                             "report flaky"};

}  // namespace

CommandTable Commands() {
  return {.commands = kCommands,
          .global = {"Global", kGlobalFlags},
          .not_offered = kNotOffered};
}

}  // namespace fozzy

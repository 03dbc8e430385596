#include "fozzy/linearizability.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/history_table.h"
#include "sim/linearizability_search.h"

namespace fozzy {
namespace {

// Calls of an order that are shown, at most; the last ones.
constexpr size_t kOrderLinesMax = 20;

std::vector<TimedCall> CallsOf(std::span<const CallTimes> times,
                               const Partition& partition) {
  std::vector<TimedCall> calls;
  for (const uint32_t call : partition.calls) {
    calls.push_back({.call = call, .times = times[call]});
  }
  return calls;
}

// Returns what had happened when moment `last` was over.
std::vector<TimedCall> Prefix(std::span<const TimedCall> calls, uint64_t last) {
  std::vector<TimedCall> prefix;
  for (TimedCall call : calls) {
    if (call.times.invoked > last) break;
    if (call.times.returned > last) call.times.returned = CallTimes::kNever;
    prefix.push_back(call);
  }
  return prefix;
}

// A part of a history that fails by itself, and how far an order got.
struct Failure {
  std::vector<TimedCall> calls;
  SearchResult search;
};

// Returns the shortest prefix of `failure` that fails: if one does, so do all
// that are longer.  Where the search is undecided, it may be a longer one.
Failure Shortest(Failure failure, CallModel& model,
                 const SearchOptions& options) {
  const std::vector<TimedCall> calls = failure.calls;
  std::vector<uint64_t> returns;
  for (const TimedCall& call : calls) {
    if (call.times.returned == CallTimes::kNever) continue;
    returns.push_back(call.times.returned);
  }
  std::sort(returns.begin(), returns.end());
  // What was invoked later than that changes nothing.
  failure.calls = Prefix(calls, returns.back());
  size_t passing = 0;  // returns in a prefix that does not fail
  size_t failing = returns.size();
  while (passing + 1 < failing) {
    const size_t middle = passing + (failing - passing) / 2;
    std::vector<TimedCall> prefix = Prefix(calls, returns[middle - 1]);
    SearchResult search = Search(prefix, model, options);
    if (search.verdict == Verdict::kFails) {
      failing = middle;
      failure = {std::move(prefix), std::move(search)};
    } else {
      passing = middle;
    }
  }
  return failure;
}

ReportedCall Reported(const TimedCall& call, const CallModel& model) {
  const bool is_pending = call.times.returned == CallTimes::kNever;
  return {
      .times = call.times,
      .op = PlainText(model.OpText(call.call)),
      .result = is_pending ? "" : PlainText(model.ResultText(call.call)),
  };
}

std::string TaskAndCall(const ReportedCall& call) {
  return absl::StrCat("task ", call.times.task, ": ", CallText(call));
}

std::string OrderText(const HistoryReport& report, const SearchResult& search,
                      const CallModel& model) {
  std::string text = "The longest order that agrees with what was answered:\n";
  const std::vector<uint32_t>& order = search.order;
  const size_t hidden = order.size() - std::min(order.size(), kOrderLinesMax);
  if (order.empty()) text += "  (no call at all)\n";
  if (hidden > 0) absl::StrAppend(&text, "  (", hidden, " calls)\n");
  for (size_t i = hidden; i < order.size(); ++i) {
    absl::StrAppend(&text, "  ", TaskAndCall(report.calls[order[i]]), "\n");
  }
  absl::StrAppend(&text, "It leaves ", PlainText(model.StateText(search.state)),
                  ", where none of these fits:\n");
  for (const uint32_t call : search.next) {
    absl::StrAppend(&text, "  ", TaskAndCall(report.calls[call]), "\n");
  }
  return text;
}

std::string Of(const Partition& partition) {
  if (partition.key.empty()) return "";
  return absl::StrCat(" for key ", PlainText(partition.key));
}

// Returns the call that returned last; requires that one returned.
const ReportedCall& LastReturn(std::span<const ReportedCall> calls) {
  const ReportedCall* last = nullptr;
  for (const ReportedCall& call : calls) {
    const uint64_t returned = call.times.returned;
    if (returned == CallTimes::kNever) continue;
    if (last == nullptr || last->times.returned < returned) last = &call;
  }
  FOZZY_CHECK(last != nullptr);
  return *last;
}

void Explain(const Failure& failure, const Partition& partition,
             const CallModel& model, HistoryReport& report) {
  report.partition = PlainText(partition.key);
  report.calls.clear();
  for (const TimedCall& call : failure.calls) {
    report.calls.push_back(Reported(call, model));
  }
  report.message =
      report.consistency == Consistency::kSequential
          ? "not sequentially consistent: no order of the calls explains what "
            "they answered"
          : absl::StrCat("not linearizable", Of(partition),
                         ": no order of the calls so far explains ",
                         TaskAndCall(LastReturn(report.calls)));
  report.explanation = absl::StrCat(HistoryTable(report.calls),
                                    OrderText(report, failure.search, model));
}

HistoryReport CheckPartition(std::vector<TimedCall> calls,
                             const Partition& partition, CallModel& model,
                             const SearchOptions& options) {
  SearchResult search = Search(calls, model, options);
  HistoryReport report;
  report.consistency = options.consistency;
  report.verdict = search.verdict;
  report.nodes = search.nodes;
  if (search.verdict == Verdict::kUndecided) {
    report.message = absl::StrCat(
        "undecided", Of(partition), ": ", options.nodes_max,
        " configurations of ", calls.size(),
        " calls were looked at, and no order was found nor ruled out");
  } else if (search.verdict == Verdict::kFails) {
    Failure failure = {std::move(calls), std::move(search)};
    if (options.consistency == Consistency::kLinearizable) {
      failure = Shortest(std::move(failure), model, options);
    }
    Explain(failure, partition, model, report);
  }
  return report;
}

}  // namespace

HistoryReport CheckCalls(std::span<const CallTimes> times,
                         std::span<const Partition> partitions,
                         CallModel& model, const CheckOptions& options) {
  const bool is_sequential = options.consistency == Consistency::kSequential;
  FOZZY_CHECK(!is_sequential || partitions.size() == 1);
  const SearchOptions search_options = {
      .consistency = options.consistency,
      .nodes_max = std::min(options.nodes_max, kSearchNodesMax)};
  HistoryReport result;
  result.consistency = options.consistency;
  for (const Partition& partition : partitions) {
    HistoryReport part = CheckPartition(CallsOf(times, partition), partition,
                                        model, search_options);
    part.nodes += result.nodes;
    const bool is_worse =
        part.verdict == Verdict::kFails || result.verdict == Verdict::kHolds;
    if (!is_worse) {
      result.nodes = part.nodes;
      continue;
    }
    result = std::move(part);
    if (result.verdict == Verdict::kFails) break;
  }
  return result;
}

}  // namespace fozzy

// A depth-first search over configurations: which calls have taken effect, and
// the state they left.  A call may take effect if it was invoked before any
// call that has not yet taken effect returned (Wing & Gong).  Those that return
// first are tried first, so that calls take effect just in time, and a
// configuration is expanded once (Lowe).
//
// Lowe keeps the calls that have taken effect as a set of bits.  Here calls are
// put into lanes such that the calls of a lane follow one another; what has
// taken effect is then a prefix of each lane, one number per lane, however long
// the history.
//
// Sources: J. Wing, C. Gong, "Testing and verifying concurrent objects", JPDC
// 1993.  G. Lowe, "Testing for linearizability", CCPE 2017.
#include "sim/linearizability_search.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/digest.h"
#include "sim/linearizability_memo.h"

namespace fozzy {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

// Calls that take effect in this order.
struct Lane {
  std::vector<uint32_t> calls;
  uint64_t free_at = 0;   // when the last of them returned
  uint32_t task = kNone;  // whose they are, where that matters
  // The first of them comes after `gate_count` calls of lane `gate`.
  uint32_t gate = kNone;
  uint32_t gate_count = 0;
};

// Calls that do not overlap, of any task, share a lane.
std::vector<Lane> RealTimeLanes(std::span<const TimedCall> calls) {
  std::vector<Lane> lanes;
  for (uint32_t i = 0; i < calls.size(); ++i) {
    const auto lane =
        std::find_if(lanes.begin(), lanes.end(), [&](const Lane& candidate) {
          return candidate.free_at < calls[i].times.invoked;
        });
    const size_t place = static_cast<size_t>(lane - lanes.begin());
    if (lane == lanes.end()) lanes.emplace_back();
    lanes[place].calls.push_back(i);
    lanes[place].free_at = calls[i].times.returned;
  }
  return lanes;
}

// One lane per task, and one for each pending call: it takes effect at any
// time after the calls before it in its task, or never.
std::vector<Lane> TaskLanes(std::span<const TimedCall> calls) {
  std::vector<Lane> lanes;
  for (uint32_t i = 0; i < calls.size(); ++i) {
    const CallTimes& times = calls[i].times;
    const auto own = std::find_if(
        lanes.begin(), lanes.end(),
        [&](const Lane& candidate) { return candidate.task == times.task; });
    const uint32_t place = static_cast<uint32_t>(own - lanes.begin());
    if (own == lanes.end()) {
      lanes.emplace_back();
      lanes[place].task = times.task;
    }
    if (times.returned != CallTimes::kNever) {
      lanes[place].calls.push_back(i);
      continue;
    }
    Lane pending;
    pending.calls.push_back(i);
    pending.gate = place;
    pending.gate_count = static_cast<uint32_t>(lanes[place].calls.size());
    lanes.push_back(std::move(pending));
  }
  return lanes;
}

class Searcher {
 public:
  Searcher(std::span<const TimedCall> calls, CallModel& model,
           const SearchOptions& options)
      : calls_(calls),
        model_(model),
        options_(options),
        lanes_(options.consistency == Consistency::kLinearizable
                   ? RealTimeLanes(calls)
                   : TaskLanes(calls)),
        configurations_(lanes_.size() + 1) {}

  SearchResult Run();

 private:
  // What is known of a configuration besides itself.
  struct Node {
    uint32_t parent;
    uint32_t call;  // that led here
    uint32_t left;  // calls that returned and have not taken effect
  };
  struct Edge {
    uint32_t node;
    uint32_t lane;  // its next call is to take effect
  };

  // The words of a configuration: calls taken per lane, then the state.
  uint32_t Taken(uint32_t node, uint32_t lane) const {
    return configurations_.At(node)[lane];
  }
  uint32_t StateOf(uint32_t node) const {
    return configurations_.At(node)[lanes_.size()];
  }
  bool HasNext(uint32_t node, uint32_t lane) const {
    return Taken(node, lane) < lanes_[lane].calls.size();
  }
  uint32_t Next(uint32_t node, uint32_t lane) const {
    return lanes_[lane].calls[Taken(node, lane)];
  }
  bool IsPending(uint32_t call) const {
    return calls_[call].times.returned == CallTimes::kNever;
  }

  void AddRoot();
  bool AddChild(const Edge& edge, uint32_t state);
  std::vector<uint32_t> OpenLanes(uint32_t node) const;
  void PushEdges(uint32_t node);
  SearchResult Result(Verdict verdict, uint32_t node) const;

  std::span<const TimedCall> calls_;
  CallModel& model_;
  const SearchOptions options_;
  const std::vector<Lane> lanes_;
  ConfigurationMemo configurations_;
  std::vector<Node> nodes_;  // by number of configuration
  std::vector<Edge> edges_;  // to be tried, the last one first
};

void Searcher::AddRoot() {
  std::vector<uint32_t> configuration(lanes_.size() + 1, 0);
  configuration.back() = model_.Initial();
  configurations_.Append(configuration);
  uint32_t left = 0;
  for (uint32_t i = 0; i < calls_.size(); ++i) {
    if (!IsPending(i)) ++left;
  }
  nodes_.push_back({.parent = kNone, .call = kNone, .left = left});
}

// Returns whether it is a new one.
bool Searcher::AddChild(const Edge& edge, uint32_t state) {
  const std::span<const uint32_t> parent = configurations_.At(edge.node);
  std::vector<uint32_t> configuration(parent.begin(), parent.end());
  ++configuration[edge.lane];
  configuration.back() = state;
  if (options_.memoise) {
    Digest digest;
    for (const uint32_t word : configuration) digest.Mix(word);
    if (!configurations_.Insert(configuration, digest.low())) return false;
  } else {
    configurations_.Append(configuration);
  }
  const uint32_t call = Next(edge.node, edge.lane);
  const uint32_t left = nodes_[edge.node].left - (IsPending(call) ? 0U : 1U);
  nodes_.push_back({.parent = edge.node, .call = call, .left = left});
  return true;
}

// Returns the lanes whose next call may take effect, the one that returns first
// in front.
std::vector<uint32_t> Searcher::OpenLanes(uint32_t node) const {
  uint64_t first_return = CallTimes::kNever;
  std::vector<uint32_t> open;
  for (uint32_t lane = 0; lane < lanes_.size(); ++lane) {
    if (!HasNext(node, lane)) continue;
    const uint32_t gate = lanes_[lane].gate;
    if (gate != kNone && Taken(node, gate) < lanes_[lane].gate_count) continue;
    open.push_back(lane);
    first_return =
        std::min(first_return, calls_[Next(node, lane)].times.returned);
  }
  const auto times = [&](uint32_t lane) {
    return calls_[Next(node, lane)].times;
  };
  if (options_.consistency == Consistency::kLinearizable) {
    std::erase_if(open, [&](uint32_t lane) {
      return times(lane).invoked > first_return;
    });
  }
  std::stable_sort(open.begin(), open.end(), [&](uint32_t a, uint32_t b) {
    return times(a).returned < times(b).returned;
  });
  return open;
}

void Searcher::PushEdges(uint32_t node) {
  const std::vector<uint32_t> open = OpenLanes(node);
  for (auto lane = open.rbegin(); lane != open.rend(); ++lane) {
    edges_.push_back({.node = node, .lane = *lane});
  }
}

SearchResult Searcher::Result(Verdict verdict, uint32_t node) const {
  SearchResult result = {
      .verdict = verdict,
      .nodes = std::min<uint64_t>(nodes_.size(), options_.nodes_max),
      .order = {},
      .state = StateOf(node),
      .next = {}};
  for (const uint32_t lane : OpenLanes(node)) {
    const uint32_t call = Next(node, lane);
    if (!IsPending(call)) result.next.push_back(call);
  }
  for (uint32_t at = node; nodes_[at].parent != kNone; at = nodes_[at].parent) {
    result.order.push_back(nodes_[at].call);
  }
  std::reverse(result.order.begin(), result.order.end());
  return result;
}

SearchResult Searcher::Run() {
  AddRoot();
  uint32_t best = 0;
  if (nodes_[0].left == 0) return Result(Verdict::kHolds, 0);
  PushEdges(0);
  while (!edges_.empty()) {
    const Edge edge = edges_.back();
    edges_.pop_back();
    const uint32_t call = Next(edge.node, edge.lane);
    const uint32_t before = StateOf(edge.node);
    const uint32_t state =
        model_.Step(before, calls_[call].call, IsPending(call));
    if (state == CallModel::kImpossible) continue;
    // Nobody can tell it from a pending call that never takes effect.
    if (IsPending(call) && state == before) continue;
    if (!AddChild(edge, state)) continue;
    if (nodes_.size() > options_.nodes_max) {
      return Result(Verdict::kUndecided, best);
    }
    const uint32_t node = static_cast<uint32_t>(nodes_.size() - 1);
    if (nodes_[node].left < nodes_[best].left) best = node;
    if (nodes_[node].left == 0) return Result(Verdict::kHolds, node);
    PushEdges(node);
  }
  return Result(Verdict::kFails, best);
}

}  // namespace

SearchResult Search(std::span<const TimedCall> calls, CallModel& model,
                    const SearchOptions& options) {
  FOZZY_CHECK(options.nodes_max <= kSearchNodesMax);
  return Searcher(calls, model, options).Run();
}

}  // namespace fozzy

// Judges a recorded history: is there an order of the calls, one after
// another, that explains everything that was answered?
//
//   const fozzy::HistoryReport report = fozzy::CheckHistory<Queue>(history);
//   if (report.verdict != fozzy::Verdict::kHolds) { ... report.message ... }
#ifndef FOZZY_LINEARIZABILITY_H_
#define FOZZY_LINEARIZABILITY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "fozzy/history.h"
#include "fozzy/history_text.h"

namespace fozzy {

enum class Verdict : uint8_t { kHolds, kFails, kUndecided };

// What the order must respect besides the model.
enum class Consistency : uint8_t {
  kLinearizable,  // real time: a call that returned before another was invoked
  kSequential,    // the order of each task only
};

struct CheckOptions {
  Consistency consistency = Consistency::kLinearizable;
  // Configurations (which calls have taken effect, and the state that left)
  // looked at per partition, at most; each costs about 50 bytes.
  uint64_t nodes_max = 1'000'000;
};

// A call as shown in a report.
struct ReportedCall {
  CallTimes times;
  std::string op;
  std::string result;  // empty for a pending call
};

struct HistoryReport {
  Verdict verdict = Verdict::kHolds;
  Consistency consistency = Consistency::kLinearizable;
  uint64_t nodes = 0;   // configurations looked at, in all partitions
  std::string message;  // one line; empty if the verdict is kHolds

  // For kFails: the key of the partition that fails, or empty; its calls up to
  // the first moment that nothing explains, those still in progress then as
  // pending (for kSequential, all of its calls); and the story as a table with
  // one column per task.
  std::string partition;
  std::vector<ReportedCall> calls;
  std::string explanation;
};

// The history and its model as the search sees them: calls and states are
// numbers, equal states have equal numbers.
class CallModel {
 public:
  // Returned by Step: `call` cannot happen in that state.
  static constexpr uint32_t kImpossible = ~uint32_t{0};

  CallModel(const CallModel&) = delete;
  CallModel& operator=(const CallModel&) = delete;

  virtual uint32_t Initial() = 0;

  // Returns the state after `call`, with any result if `is_pending`.
  virtual uint32_t Step(uint32_t state, uint32_t call, bool is_pending) = 0;

  // Return what reports show.
  virtual std::string StateText(uint32_t state) const = 0;
  virtual std::string OpText(uint32_t call) const = 0;
  virtual std::string ResultText(uint32_t call) const = 0;

 protected:
  CallModel() = default;
  ~CallModel() = default;
};

// Calls that are judged together.
struct Partition {
  std::string key;              // empty if there is only one
  std::vector<uint32_t> calls;  // in the order of invocation
};

// CheckHistory without the types.  Requires one partition if the consistency
// is kSequential: unlike linearizability it does not follow from its parts.
HistoryReport CheckCalls(std::span<const CallTimes> times,
                         std::span<const Partition> partitions,
                         CallModel& model, const CheckOptions& options);

// A model that numbers the states it meets, in the order it meets them.
template <typename Model>
class NumberedModel final : public CallModel {
 public:
  // `history` must outlive this.
  NumberedModel(const HistoryOf<Model>& history, Model model)
      : history_(history), model_(std::move(model)) {}

  uint32_t Initial() override { return NumberOf(model_.Initial()); }

  uint32_t Step(uint32_t state, uint32_t call, bool is_pending) override {
    State next = states_[state]->first;
    const std::optional<typename Model::Result> any;
    const auto& result = is_pending ? any : history_.result(call);
    if (!model_.Step(next, history_.op(call), result)) return kImpossible;
    return NumberOf(std::move(next));
  }

  std::string StateText(uint32_t state) const override {
    return HistoryText(states_[state]->first);
  }
  std::string OpText(uint32_t call) const override {
    return HistoryText(history_.op(call));
  }
  std::string ResultText(uint32_t call) const override {
    return HistoryText(*history_.result(call));
  }

 private:
  using State = typename Model::State;
  using Numbers = std::map<State, uint32_t>;

  uint32_t NumberOf(State state) {
    const uint32_t next = static_cast<uint32_t>(states_.size());
    const auto [place, is_new] = numbers_.try_emplace(std::move(state), next);
    if (is_new) states_.push_back(place);
    return place->second;
  }

  const HistoryOf<Model>& history_;
  const Model model_;
  Numbers numbers_;
  std::vector<typename Numbers::const_iterator> states_;  // by number
};

// Returns all calls as one partition.
inline std::vector<Partition> WholeHistory(const CallLog& history) {
  std::vector<Partition> whole(1);
  for (uint32_t i = 0; i < history.times().size(); ++i) {
    whole[0].calls.push_back(i);
  }
  return whole;
}

// Returns the calls by the keys `model` gives them, in the order of the keys.
// Source: A. Horn, D. Kroening, "Faster linearizability checking via
// P-compositionality", FORTE 2015.
template <typename Model>
std::vector<Partition> PartitionsOf(const HistoryOf<Model>& history,
                                    const Model& model) {
  if constexpr (requires { model.Partition(history.op(0)); }) {
    using Key = std::decay_t<decltype(model.Partition(history.op(0)))>;
    std::map<Key, Partition> by_key;
    for (uint32_t i = 0; i < history.times().size(); ++i) {
      by_key[model.Partition(history.op(i))].calls.push_back(i);
    }
    std::vector<Partition> partitions;
    for (auto& [key, partition] : by_key) {
      partition.key = HistoryText(key);
      partitions.push_back(std::move(partition));
    }
    return partitions;
  } else {
    return WholeHistory(history);
  }
}

// Judges `history` by `model`.
//
// Pending calls may or may not have taken effect.  Calls of one task that
// overlap are like calls of different tasks, but for kSequential they take
// effect in the order of invocation.  The report is a function of its
// arguments.  If nodes_max is reached, the verdict is kUndecided unless
// another partition fails.
template <typename Model>
HistoryReport CheckHistory(const HistoryOf<Model>& history,
                           const Model& model = {},
                           const CheckOptions& options = {}) {
  NumberedModel<Model> numbered(history, model);
  const std::vector<Partition> partitions =
      options.consistency == Consistency::kSequential
          ? WholeHistory(history)
          : PartitionsOf<Model>(history, model);
  return CheckCalls(history.times(), partitions, numbered, options);
}

}  // namespace fozzy

#endif  // FOZZY_LINEARIZABILITY_H_

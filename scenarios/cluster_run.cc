#include "scenarios/cluster_run.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "backends/virtual/kv_cluster.h"
#include "scenarios/quote.h"
#include "sim/virtual_clock.h"

namespace fozzy {
namespace {

constexpr Millis kDeliveryTime = 1;

const std::string* ValueOf(const Replica* replica) {
  return replica == nullptr ? nullptr : &replica->value;
}

class ClusterRun {
 public:
  explicit ClusterRun(const ClusterInputs& inputs)
      : plan_(*inputs.plan),
        config_(*inputs.config),
        run_(*inputs.run),
        wall_(inputs.wall),
        cluster_(plan_.nodes) {}

  RunReport Go() {
    while (!is_over_ && MakeProgress()) {
      if (!is_over_ && IsOverTime()) {
        report_.status = RunStatus::kTimeout;
        Find(FindingKind::kHang, "timeout", "scenario timed out", {});
      }
    }
    if (!is_over_) {
      if (cluster_.in_flight() > 0) {
        run_.Tell(EventKind::kStarvation, clock_.now(), {cluster_.in_flight()});
      }
      CheckInvariants();
    }
    report_.virtual_time = clock_.now();
    return std::move(report_);
  }

 private:
  // Whether as many messages as allowed were delivered.
  bool IsSpent() const {
    return config_.deliveries_max && deliveries_ >= *config_.deliveries_max;
  }

  // Carries out a step or delivers a message.  Returns false when neither is
  // left, or no message may be delivered any more.
  bool MakeProgress() {
    const size_t deliverable = cluster_.deliverable();
    if (next_step_ < plan_.steps.size()) {
      const uint64_t pick =
          run_.Choose(ChoiceKind::kProgress, IsSpent() ? 0 : deliverable);
      if (pick == 0) {
        CarryOut(plan_.steps[next_step_++]);
      } else {
        Deliver(pick - 1);
      }
      return true;
    }
    if (deliverable == 0) return false;
    if (IsSpent()) {
      // What was not delivered says nothing about the invariants.
      is_over_ = true;
      return false;
    }
    Deliver(run_.Choose(ChoiceKind::kDeliver, deliverable - 1));
    return true;
  }

  void Deliver(size_t rank) {
    ++deliveries_;
    clock_.Advance(kDeliveryTime);
    const KvCluster::Message& message = cluster_.Deliver(rank);
    Tell(EventKind::kReplicate, {message.id, message.write.version},
         {plan_.nodes[message.from], plan_.nodes[message.to], message.key});
  }

  void CarryOut(const ClusterStep& step) {
    ++report_.steps;
    const std::string& node = plan_.nodes[step.a];
    switch (step.kind) {
      case ClusterStep::Kind::kTick:
        clock_.Advance(step.duration);
        return;
      case ClusterStep::Kind::kClientPut: {
        const uint64_t version = cluster_.Put(step.a, step.key, *step.value);
        Tell(EventKind::kClientPut, {version}, {node, step.key, *step.value});
        return;
      }
      case ClusterStep::Kind::kClientGet:
        Get(step);
        return;
      case ClusterStep::Kind::kCrash:
      case ClusterStep::Kind::kRestart: {
        const bool is_restart = step.kind == ClusterStep::Kind::kRestart;
        cluster_.SetRunning(step.a, is_restart);
        Tell(is_restart ? EventKind::kRestart : EventKind::kCrash, {}, {node});
        return;
      }
      case ClusterStep::Kind::kPartition:
      case ClusterStep::Kind::kHeal: {
        const bool is_cut = step.kind == ClusterStep::Kind::kPartition;
        cluster_.SetPartition(step.a, step.b, is_cut);
        Tell(is_cut ? EventKind::kPartition : EventKind::kHeal, {},
             {node, plan_.nodes[step.b]});
        return;
      }
    }
  }

  // A crashed node answers nobody, and nothing can be said of it.
  void Get(const ClusterStep& step) {
    if (!cluster_.is_running(step.a)) return;
    const std::string& node = plan_.nodes[step.a];
    const std::string* found = ValueOf(cluster_.Get(step.a, step.key));
    Tell(EventKind::kClientGet, {found != nullptr},
         {node, step.key, found == nullptr ? std::string_view() : *found});
    std::string expected;
    if (step.expects_null) {
      if (found != nullptr) expected = "None";
    } else if (step.value) {
      if (found == nullptr || *found != *step.value) {
        expected = QuoteFound(&*step.value);
      }
    } else if (found == nullptr) {
      expected = "some value";
    }
    if (expected.empty()) return;
    report_.status = RunStatus::kFail;
    Find(FindingKind::kAssertion, "client_get_assert",
         absl::StrCat("expected ", Quote(step.key), " on ", node, " to be ",
                      expected, ", got ", QuoteFound(found)),
         step.number);
  }

  void CheckInvariants() {
    for (const ClusterInvariant& invariant : plan_.invariants) {
      switch (invariant.kind) {
        case ClusterInvariant::Kind::kNodeEquals:
          CheckNode(invariant);
          break;
        case ClusterInvariant::Kind::kAllEqual:
          CheckAll(invariant, "kv_all_equal");
          break;
        case ClusterInvariant::Kind::kPresentOnAll:
          CheckAll(invariant, "kv_present_on_all");
          break;
      }
      if (is_over_) return;
    }
  }

  void CheckNode(const ClusterInvariant& invariant) {
    if (!cluster_.is_running(invariant.node)) return;
    const std::string* found =
        ValueOf(cluster_.Get(invariant.node, invariant.key));
    if (found != nullptr && *found == invariant.value) return;
    Violate("kv_node_equals",
            absl::StrCat("expected ", Quote(invariant.key), " on ",
                         plan_.nodes[invariant.node], " to be ",
                         Quote(invariant.value), ", got ", QuoteFound(found)));
  }

  // Compares every running node with the first; kv_all_equal allows a key that
  // nobody has.
  void CheckAll(const ClusterInvariant& invariant, std::string_view title) {
    const bool is_present =
        invariant.kind == ClusterInvariant::Kind::kPresentOnAll;
    std::optional<uint32_t> first;
    for (uint32_t node = 0; node < plan_.nodes.size(); ++node) {
      if (!cluster_.is_running(node)) continue;
      if (!first) first = node;
      const std::string* a = ValueOf(cluster_.Get(*first, invariant.key));
      const std::string* b = ValueOf(cluster_.Get(node, invariant.key));
      if (is_present && b == nullptr) {
        Violate(title, absl::StrCat("key ", Quote(invariant.key),
                                    " is missing on ", plan_.nodes[node]));
        return;
      }
      if (is_present || a == b) continue;
      if (a != nullptr && b != nullptr && *a == *b) continue;
      if (a == nullptr && b == nullptr) continue;
      Violate(title,
              absl::StrCat("key ", Quote(invariant.key), " is ", QuoteFound(a),
                           " on ", plan_.nodes[*first], " and ", QuoteFound(b),
                           " on ", plan_.nodes[node]));
      return;
    }
  }

  void Violate(std::string_view title, std::string message) {
    report_.status = RunStatus::kFail;
    Find(FindingKind::kInvariant, title, std::move(message), {});
  }

  void Find(FindingKind kind, std::string_view title, std::string message,
            std::optional<uint64_t> step) {
    is_over_ = true;
    const uint64_t number = step.value_or(0);
    run_.Tell(
        {EventKind::kFinding,
         clock_.now(),
         {&number, step ? size_t{1} : size_t{0}},
         std::array{FindingKindName(kind), title, std::string_view(message)}});
    report_.findings.push_back(
        {kind, std::string(title), std::move(message), step, {}});
  }

  void Tell(EventKind kind, std::initializer_list<uint64_t> numbers,
            std::initializer_list<std::string_view> texts) {
    run_.Tell(kind, clock_.now(), numbers, texts);
  }

  bool IsOverTime() {
    if (!config_.timeout) return false;
    return run_.HasCome(ObservationKind::kTimeout, [this] {
      return wall_->Elapsed() >= *config_.timeout;
    });
  }

  const ClusterPlan& plan_;
  const RunConfig& config_;
  Run& run_;
  Wall* wall_;
  KvCluster cluster_;
  VirtualClock clock_;
  size_t next_step_ = 0;
  uint64_t deliveries_ = 0;
  bool is_over_ = false;
  RunReport report_;
};

}  // namespace

RunReport RunCluster(const ClusterInputs& inputs) {
  return ClusterRun(inputs).Go();
}

}  // namespace fozzy

#include "scenarios/cluster_subject.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "scenarios/quote.h"

namespace fozzy {
namespace {

constexpr Millis kDeliveryTime = 1;

KvCluster::Options OptionsOf(const ClusterPlan& plan) {
  KvCluster::Options options;
  options.nodes = plan.nodes;
  options.keys = static_cast<uint32_t>(plan.texts.size());
  options.restamps_on_heal = plan.system == ClusterSystem::kKvLwwBug;
  for (const ClusterStep& step : plan.steps) {
    if (step.kind == ClusterStep::Kind::kPartition ||
        step.kind == ClusterStep::Kind::kHeal) {
      options.pairs.emplace_back(step.a, step.b);
    }
  }
  return options;
}

// What a node holds of a key, as an object, from 1.
uint32_t CopyOf(const ClusterPlan& plan, uint32_t node, uint32_t key) {
  return static_cast<uint32_t>(node * plan.texts.size() + key + 1);
}

bool AreEqual(const std::string* a, const std::string* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return *a == *b;
}

}  // namespace

ClusterSubject::ClusterSubject(const ClusterPlan& plan, const RunConfig& config)
    : plan_(plan), config_(config), cluster_(OptionsOf(plan)) {}

ClusterOutcome ClusterSubject::RunOnce(Run& run, Wall* wall) {
  Reset();
  run_ = &run;
  wall_ = wall;
  while (!is_over_ && MakeProgress()) {
    if (!is_over_) CheckTime();
  }
  if (!is_over_) {
    if (cluster_.in_flight() > 0) {
      Tell(EventKind::kStarvation, {cluster_.in_flight()}, {});
    }
    CheckInvariants();
  }
  digest_ = run.digest();
  return {status_, deliveries_, digest_};
}

RunReport ClusterSubject::Report() const {
  RunReport report;
  report.status = status_;
  report.findings = findings_;
  report.virtual_time = clock_.now();
  report.steps = next_step_;
  report.digest = digest_;
  return report;
}

void ClusterSubject::Reset() {
  cluster_.Reset();
  clock_ = VirtualClock();
  next_step_ = 0;
  deliveries_ = 0;
  is_over_ = false;
  status_ = RunStatus::kPass;
  findings_.clear();
}

// Whether as many messages as allowed were delivered.
bool ClusterSubject::IsSpent() const {
  return config_.deliveries_max && deliveries_ >= *config_.deliveries_max;
}

// Carries out a step or delivers a message.  Returns false when neither is
// left, or no message may be delivered any more.
bool ClusterSubject::MakeProgress() {
  const size_t deliverable = cluster_.deliverable();
  if (next_step_ < plan_.steps.size()) {
    const uint64_t pick =
        Choose(ChoiceKind::kProgress, IsSpent() ? 0 : deliverable);
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
  Deliver(Choose(ChoiceKind::kDeliver, deliverable - 1));
  return true;
}

uint64_t ClusterSubject::Choose(ChoiceKind kind, uint64_t last) {
  if (last == 0 || !run_->wants_offers()) return run_->Choose(kind, last);
  offers_.clear();
  if (kind == ChoiceKind::kProgress) OfferStep();
  OfferMessages();
  return run_->Ask({.kind = kind, .last = last, .offers = offers_});
}

// A step that is not of one key is of all of them.
void ClusterSubject::OfferStep() {
  const ClusterStep& step = plan_.steps[next_step_];
  Op op;
  op.site = static_cast<uint32_t>(next_step_ + 1);
  switch (step.kind) {
    case ClusterStep::Kind::kTick:
      op.kind = OpKind::kYield;
      break;
    case ClusterStep::Kind::kClientGet:
      op.kind = OpKind::kLoad;
      op.object = CopyOf(plan_, step.a, step.key);
      break;
    case ClusterStep::Kind::kClientPut:
      op.kind = OpKind::kReadModifyWrite;
      op.object = CopyOf(plan_, step.a, step.key);
      break;
    case ClusterStep::Kind::kCrash:
    case ClusterStep::Kind::kRestart:
    case ClusterStep::Kind::kPartition:
    case ClusterStep::Kind::kHeal:
      op.kind = OpKind::kFence;
      break;
  }
  offers_.push_back(op);
}

void ClusterSubject::OfferMessages() {
  for (size_t rank = 0; rank < cluster_.deliverable(); ++rank) {
    const uint64_t id = cluster_.DeliverableId(rank);
    const KvCluster::Message& message = cluster_.message(id);
    Op op;
    op.kind = OpKind::kReadModifyWrite;
    op.object = CopyOf(plan_, message.to, message.key);
    op.site = static_cast<uint32_t>(plan_.steps.size() + id);
    op.task = TaskId{static_cast<uint32_t>(id + 1)};
    offers_.push_back(op);
  }
}

void ClusterSubject::Deliver(size_t rank) {
  ++deliveries_;
  clock_.Advance(kDeliveryTime);
  const uint64_t id = cluster_.Deliver(rank);
  const KvCluster::Message& message = cluster_.message(id);
  Tell(EventKind::kReplicate, {id, message.version},
       {plan_.nodes[message.from], plan_.nodes[message.to],
        plan_.texts[message.key]});
}

void ClusterSubject::CarryOut(const ClusterStep& step) {
  switch (step.kind) {
    case ClusterStep::Kind::kTick:
      clock_.Advance(step.duration);
      return;
    case ClusterStep::Kind::kClientPut:
      Put(step);
      return;
    case ClusterStep::Kind::kClientGet:
      Get(step);
      return;
    case ClusterStep::Kind::kCrash:
    case ClusterStep::Kind::kRestart:
      SetRunning(step);
      return;
    case ClusterStep::Kind::kPartition:
    case ClusterStep::Kind::kHeal:
      SetPartition(step);
      return;
  }
}

void ClusterSubject::Put(const ClusterStep& step) {
  const uint64_t version = cluster_.Put(step.a, step.key, *step.value);
  Tell(EventKind::kClientPut, {version},
       {plan_.nodes[step.a], plan_.texts[step.key], plan_.texts[*step.value]});
}

// A crashed node answers nobody, and nothing can be said of it.
void ClusterSubject::Get(const ClusterStep& step) {
  if (!cluster_.is_running(step.a)) return;
  const std::string& node = plan_.nodes[step.a];
  const std::string& key = plan_.texts[step.key];
  const std::string* found = ValueAt(step.a, step.key);
  Tell(EventKind::kClientGet, {found != nullptr},
       {node, key, found == nullptr ? std::string_view() : *found});
  const std::string* value = step.value ? &plan_.texts[*step.value] : nullptr;
  const bool is_met = step.expects_null  ? found == nullptr
                      : value != nullptr ? AreEqual(found, value)
                                         : found != nullptr;
  if (is_met) return;
  const std::string expected =
      step.expects_null || value != nullptr
          ? QuoteFound(step.expects_null ? nullptr : value)
          : "some value";
  Finding finding;
  finding.kind = FindingKind::kAssertion;
  finding.title = "client_get_assert";
  finding.message =
      absl::StrCat("expected ", Quote(key), " on ", node, " to be ", expected,
                   ", got ", QuoteFound(found));
  finding.step = step.number;
  Find(std::move(finding));
}

void ClusterSubject::SetRunning(const ClusterStep& step) {
  const bool is_restart = step.kind == ClusterStep::Kind::kRestart;
  cluster_.SetRunning(step.a, is_restart);
  Tell(is_restart ? EventKind::kRestart : EventKind::kCrash, {},
       {plan_.nodes[step.a]});
}

void ClusterSubject::SetPartition(const ClusterStep& step) {
  const bool is_cut = step.kind == ClusterStep::Kind::kPartition;
  cluster_.SetPartition(step.a, step.b, is_cut);
  Tell(is_cut ? EventKind::kPartition : EventKind::kHeal, {},
       {plan_.nodes[step.a], plan_.nodes[step.b]});
}

void ClusterSubject::CheckTime() {
  if (!config_.timeout) return;
  const bool has_come = run_->HasCome(ObservationKind::kTimeout, [this] {
    return wall_->Elapsed() >= *config_.timeout;
  });
  if (!has_come) return;
  Finding finding;
  finding.kind = FindingKind::kHang;
  finding.title = "timeout";
  finding.message = "scenario timed out";
  Find(std::move(finding));
  status_ = RunStatus::kTimeout;
}

void ClusterSubject::CheckInvariants() {
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

void ClusterSubject::CheckNode(const ClusterInvariant& invariant) {
  if (!cluster_.is_running(invariant.node)) return;
  const std::string* found = ValueAt(invariant.node, invariant.key);
  const std::string& expected = plan_.texts[invariant.value];
  if (AreEqual(found, &expected)) return;
  Violate("kv_node_equals",
          absl::StrCat("expected ", Quote(plan_.texts[invariant.key]), " on ",
                       plan_.nodes[invariant.node], " to be ", Quote(expected),
                       ", got ", QuoteFound(found)));
}

// Compares every running node with the first; kv_all_equal allows a key that
// nobody has.
void ClusterSubject::CheckAll(const ClusterInvariant& invariant,
                              std::string_view title) {
  const bool is_present =
      invariant.kind == ClusterInvariant::Kind::kPresentOnAll;
  const std::string& key = plan_.texts[invariant.key];
  std::optional<uint32_t> first;
  for (uint32_t node = 0; node < plan_.nodes.size(); ++node) {
    if (!cluster_.is_running(node)) continue;
    if (!first) first = node;
    const std::string* a = ValueAt(*first, invariant.key);
    const std::string* b = ValueAt(node, invariant.key);
    if (is_present && b == nullptr) {
      Violate(title, absl::StrCat("key ", Quote(key), " is missing on ",
                                  plan_.nodes[node]));
      return;
    }
    if (is_present || AreEqual(a, b)) continue;
    Violate(title, absl::StrCat("key ", Quote(key), " is ", QuoteFound(a),
                                " on ", plan_.nodes[*first], " and ",
                                QuoteFound(b), " on ", plan_.nodes[node]));
    return;
  }
}

void ClusterSubject::Violate(std::string_view title, std::string message) {
  Finding finding;
  finding.kind = FindingKind::kInvariant;
  finding.title = std::string(title);
  finding.message = std::move(message);
  Find(std::move(finding));
}

void ClusterSubject::Find(Finding finding) {
  is_over_ = true;
  status_ = RunStatus::kFail;
  const uint64_t number = finding.step.value_or(0);
  run_->Tell({EventKind::kFinding,
              clock_.now(),
              {&number, finding.step ? size_t{1} : size_t{0}},
              std::array{FindingKindName(finding.kind),
                         std::string_view(finding.title),
                         std::string_view(finding.message)}});
  findings_.push_back(std::move(finding));
}

void ClusterSubject::Tell(EventKind kind,
                          std::initializer_list<uint64_t> numbers,
                          std::initializer_list<std::string_view> texts) {
  run_->Tell(kind, clock_.now(), numbers, texts);
}

const std::string* ClusterSubject::ValueAt(uint32_t node, uint32_t key) const {
  const Replica* replica = cluster_.Get(node, key);
  return replica == nullptr ? nullptr : &plan_.texts[replica->value];
}

}  // namespace fozzy

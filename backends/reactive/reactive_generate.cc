#include "backends/reactive/reactive_generate.h"

#include <utility>

namespace fozzy {
namespace {

constexpr uint32_t kStatementsMax = 60;
constexpr int kDepthMax = 7;
constexpr uint64_t kInstantsMax = 11;

class Generator {
 public:
  explicit Generator(const Chooser& choose) : choose_(choose) {}

  ReactiveProgram Generate() {
    ReactiveProgram program;
    program.aggregates.push_back(false);  // the input
    const uint64_t others = choose_(4) + 1;
    for (uint64_t i = 0; i < others; ++i) {
      program.aggregates.push_back(choose_(1) == 1);
    }
    aggregates_ = program.aggregates;
    is_strict_ = choose_(3) == 1;
    program.main.kind = ReactiveKind::kParallel;
    const uint64_t branches = choose_(4) + 1;
    for (uint64_t i = 0; i < branches; ++i) {
      ReactiveNode& branch = program.main.children.emplace_back();
      branch.kind = ReactiveKind::kSequence;
      branch.children = Row(0);
    }
    const uint64_t instants = choose_(kInstantsMax) + 1;
    for (uint64_t i = 0; i < instants; ++i) {
      std::optional<uint64_t> input;
      if (choose_(2) == 1) input = 7;
      program.inputs.push_back(input);
    }
    return program;
  }

 private:
  std::vector<ReactiveNode> Row(int depth) {
    std::vector<ReactiveNode> nodes;
    const uint64_t length = choose_(depth == 0 ? 6 : 4);
    for (uint64_t i = 0; i < length; ++i) nodes.push_back(Node(depth + 1));
    return nodes;
  }

  ReactiveNode Node(int depth) {
    constexpr ReactiveKind kKinds[] = {
        ReactiveKind::kNothing,  ReactiveKind::kPause,
        ReactiveKind::kEmit,     ReactiveKind::kPause,
        ReactiveKind::kEmit,     ReactiveKind::kAwait,
        ReactiveKind::kEmit,     ReactiveKind::kAwaitImmediate,
        ReactiveKind::kPause,    ReactiveKind::kEmit,
        ReactiveKind::kJoin,     ReactiveKind::kSequence,
        ReactiveKind::kParallel, ReactiveKind::kParallel,
        ReactiveKind::kPause,    ReactiveKind::kWhen,
        ReactiveKind::kWatch,    ReactiveKind::kAbort,
        ReactiveKind::kSuspend,  ReactiveKind::kRepeat,
        ReactiveKind::kFork,     ReactiveKind::kWhen,
        ReactiveKind::kWatch};
    constexpr uint64_t kLeaves = 11;
    const bool is_leaf = depth >= kDepthMax || ++statements_ > kStatementsMax;
    ReactiveNode node;
    node.kind = kKinds[choose_(is_leaf ? kLeaves - 1 : std::size(kKinds) - 1)];
    Fill(node, depth);
    return node;
  }

  void Fill(ReactiveNode& node, int depth) {
    switch (node.kind) {
      case ReactiveKind::kNothing:
      case ReactiveKind::kPause:
      case ReactiveKind::kJoin:
        return;
      case ReactiveKind::kEmit:
        return FillEmit(node);
      case ReactiveKind::kAwait:
      case ReactiveKind::kAwaitImmediate:
        node.signal = AnySignal();
        if (aggregates_[node.signal]) node.kind = ReactiveKind::kAwait;
        return;
      case ReactiveKind::kRepeat:
        node.value = choose_(2) + 1;
        node.children = Row(depth);
        return;
      case ReactiveKind::kSequence:
      case ReactiveKind::kParallel:
      case ReactiveKind::kFork:
        node.children = Row(depth);
        return;
      default:
        node.signal = AnySignal();
        node.children = Row(depth);
    }
  }

  // Not of the input.  What is added up may depend on what was received.
  void FillEmit(ReactiveNode& node) {
    node.signal = static_cast<uint32_t>(choose_(aggregates_.size() - 2)) + 1;
    if (!is_strict_) node.kind = ReactiveKind::kTryEmit;
    node.value = node.signal * 10;
    if (!aggregates_[node.signal]) return;
    node.value = choose_(5);
    node.adds_register = choose_(1) == 1;
  }

  uint32_t AnySignal() {
    return static_cast<uint32_t>(choose_(aggregates_.size() - 1));
  }

  const Chooser& choose_;
  std::vector<bool> aggregates_;
  bool is_strict_ = false;
  uint32_t statements_ = 0;
};

void Permute(ReactiveNode& node, const Chooser& choose) {
  std::vector<ReactiveNode>& children = node.children;
  if (node.kind == ReactiveKind::kParallel) {
    for (size_t i = children.size(); i > 1; --i) {
      std::swap(children[i - 1], children[choose(i - 1)]);
    }
  }
  for (ReactiveNode& child : children) Permute(child, choose);
}

}  // namespace

ReactiveProgram GenerateReactive(const Chooser& choose) {
  return Generator(choose).Generate();
}

ReactiveProgram PermuteBranches(const ReactiveProgram& program,
                                const Chooser& choose) {
  ReactiveProgram permuted = program;
  Permute(permuted.main, choose);
  return permuted;
}

}  // namespace fozzy

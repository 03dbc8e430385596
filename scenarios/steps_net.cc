#include "scenarios/steps_net.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "scenarios/quote.h"
#include "scenarios/step_runner.h"
#include "sim/base/drop_threshold.h"

namespace fozzy {
namespace {

// A rate that is no number fails both comparisons.
bool IsRate(double rate) { return rate >= 0 && rate <= 1; }

bool IsRandom(StepRunner& runner, const Step& step) {
  if (!step.has(NetDeliverOne::kStrategy)) {
    return runner.world().is_reordering();
  }
  return absl::EqualsIgnoreCase(step.text(NetDeliverOne::kStrategy), "random");
}

// A random pick moves the compatibility stream on even if there is only one
// message and so nothing to ask.
size_t PickMessage(StepRunner& runner, const Step& step) {
  if (!IsRandom(runner, step)) return 0;
  World& world = runner.world();
  const uint64_t draw = world.NextDraw();
  return world.run().Choose(ChoiceKind::kDeliver,
                            world.network().deliverable() - 1, Weight{}, draw);
}

bool IsDropped(StepRunner& runner) {
  World& world = runner.world();
  if (world.drop_rate() > 0) {
    const Weight odds = {DropThreshold(world.drop_rate())};
    const uint64_t draw = world.NextDraw();
    if (world.run().Choose(ChoiceKind::kDrop, 1, odds, draw) == 1) return true;
  }
  return world.faults().Strike(FaultSite::kNetDrop);
}

}  // namespace

void NetConnection::RunPartition(StepRunner& runner, const Step& step) {
  runner.world().network().SetPartition(step.text(kA), step.text(kB), true);
}

void NetConnection::RunHeal(StepRunner& runner, const Step& step) {
  runner.world().network().SetPartition(step.text(kA), step.text(kB), false);
}

void NetSetDropRate::Check(const Step& step, CheckReport& report) {
  if (IsRate(step.f64(kRate))) return;
  report.Mistake(step, kRate, absl::StrCat(step.f64(kRate)),
                 "a rate from 0 to 1");
}

void NetSetDropRate::Run(StepRunner& runner, const Step& step) {
  const double rate = step.f64(kRate);
  if (!IsRate(rate)) {
    runner.Fail(FindingKind::kChecker, "net_drop_rate",
                absl::StrCat("invalid drop rate ", rate, "; expected [0,1]"));
    return;
  }
  runner.world().SetDropRate(rate);
}

void NetSetReorder::Run(StepRunner& runner, const Step& step) {
  runner.world().SetReordering(step.boolean(kEnabled));
}

void NetSend::Run(StepRunner& runner, const Step& step) {
  const uint64_t id = runner.world().network().Send(
      step.text(kFrom), step.text(kTo), step.text(kPayload));
  runner.Tell(EventKind::kNetSend, {id}, {step.text(kFrom), step.text(kTo)});
}

void NetDeliverOne::Run(StepRunner& runner, const Step& step) {
  Network& network = runner.world().network();
  if (network.deliverable() == 0) {
    runner.Fail(FindingKind::kAssertion, "net_deliver",
                "no deliverable network message");
    return;
  }
  const size_t pick = PickMessage(runner, step);
  const Message& message = network.Take(pick);
  if (IsDropped(runner)) {
    runner.Tell(EventKind::kNetDrop, {message.id}, {message.from, message.to});
    return;
  }
  network.Deliver(message);
  runner.Tell(EventKind::kNetDeliver, {message.id}, {message.from, message.to});
}

void NetRecvAssert::Run(StepRunner& runner, const Step& step) {
  const absl::string_view from = step.text(kFrom);
  if (runner.world().network().Receive(step.text(kNode),
                                       step.has(kFrom) ? &from : nullptr,
                                       step.text(kPayload))) {
    return;
  }
  runner.FailAssertion(absl::StrCat("no matching inbox message for node ",
                                    Quote(step.text(kNode)), " payload ",
                                    Quote(step.text(kPayload))));
}

}  // namespace fozzy

// Tasks that send and receive through a channel, and the judgement whether all
// was as a std::deque would have it.
#ifndef BACKENDS_CHANNELS_TRAFFIC_H_
#define BACKENDS_CHANNELS_TRAFFIC_H_

#include <cstdint>
#include <list>
#include <optional>
#include <vector>

#include "backends/channels/message_check.h"
#include "backends/channels/sim_sync.h"
#include "fozzy/history.h"
#include "fozzy/history_buffers.h"
#include "fozzy/linearizability.h"
#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "kernels/channels/ends.h"

namespace fozzy::channels {

// What is done in a run.
struct Traffic {
  uint32_t senders = 1;
  uint32_t receivers = 1;
  uint32_t messages = 3;  // of each sender
  uint32_t capacity = 1;  // granules, of 8 bytes
  // Of every second message; the others have one.  With two, records come to
  // the end of the ring with room left.
  uint32_t words = 1;
  int64_t timeout_ns = kForever;     // of each wait; then it is tried again
  uint32_t batch = 1;                // messages sent and received together
  bool fills_after_commit = false;   // wrong
  bool reads_after_release = false;  // wrong
};

using QueueOfNumbers = QueueModel<uint64_t>;

// The queue is a std::deque of the capacity of the ring.  What comes in batches
// is not put to it, nor what several receivers see, nor waits that give up:
// they may do so although a message has come, if it is not seen yet.
template <class Sync, Mode mode>
class TrafficRun {
 public:
  explicit TrafficRun(const Traffic& traffic)
      : traffic_(traffic),
        core_({.granules = traffic.capacity,
               .words_per_granule = 1,
               .senders = traffic.senders,
               .receivers = traffic.receivers,
               .spins = 0}),
        received_(traffic.receivers),
        last_words_(traffic.senders) {}

  // Runs all tasks to their ends and judges what happened.
  void Run() {
    std::list<fozzy::thread> tasks;
    for (uint32_t i = 0; i < traffic_.senders; ++i) {
      tasks.emplace_back([this, i] { Send(i); });
    }
    for (uint32_t i = 0; i < traffic_.receivers; ++i) {
      tasks.emplace_back([this, i] { Receive(i); });
    }
    for (fozzy::thread& task : tasks) task.join();
    Judge();
  }

 private:
  using Call = HistoryOf<QueueOfNumbers>::Call;

  uint32_t WordsOf(uint32_t index) const {
    return index % 2 == 1 ? traffic_.words : 1;
  }

  // Whether the calls of receivers are those of one queue, one by one.
  bool HasHistory() const {
    return mode != Mode::kBroadcast && traffic_.batch == 1 &&
           traffic_.timeout_ns == kForever;
  }

  void Send(uint32_t sender_number) {
    Sender<Sync, mode> sender(core_);
    for (uint32_t i = 0; i < traffic_.messages;) {
      if (traffic_.batch == 1) {
        SendOne(sender, NumberOf(sender_number, i), WordsOf(i));
        ++i;
      } else {
        i += SendBatch(sender, NumberOf(sender_number, i),
                       traffic_.messages - i);
      }
    }
    last_words_[sender_number] = 1;
  }

  void SendOne(Sender<Sync, mode>& sender, uint64_t number, uint32_t words) {
    Call call = history_.Invoke(QueueOfNumbers::Push{number});
    Slot<Sync> slot;
    Status status = Status::kFull;
    while (status == Status::kFull) {
      status = sender.Reserve(words * 8, slot, traffic_.timeout_ns);
    }
    FOZZY_ALWAYS(status == Status::kOk, "there is room in the end");
    if (traffic_.fills_after_commit) sender.Commit(slot);
    FillMessage(slot.words, words, number);
    if (!traffic_.fills_after_commit) sender.Commit(slot);
    call.Return();
  }

  // Returns how many were sent.
  uint32_t SendBatch(Sender<Sync, mode>& sender, uint64_t number,
                     uint32_t left) {
    const uint32_t wanted = left < traffic_.batch ? left : traffic_.batch;
    std::vector<Call> calls;
    for (uint32_t i = 0; i < wanted; ++i) {
      calls.push_back(history_.Invoke(QueueOfNumbers::Push{number + i}));
    }
    SlotBatch<Sync> batch;
    uint32_t sent = 0;
    while (sent < wanted) {
      const Status status =
          sender.ReserveBatch(traffic_.words * 8, wanted - sent, batch);
      FOZZY_ALWAYS(status == Status::kOk, "there is room in the end");
      for (uint32_t i = 0; i < batch.count; ++i) {
        FillMessage(batch.at(i), traffic_.words, number + sent + i);
      }
      sender.CommitBatch(batch);
      for (uint32_t i = 0; i < batch.count; ++i) calls[sent + i].Return();
      sent += batch.count;
    }
    return sent;
  }

  void Receive(uint32_t number) {
    Receiver<Sync, mode> receiver(core_, number);
    ViewBatch<Sync> batch;
    for (;;) {
      std::optional<Call> call;
      if (HasHistory()) {
        call.emplace(history_.Invoke(QueueOfNumbers::Pop{}));
      }
      const Status status =
          receiver.ReceiveBatch(traffic_.batch, batch, traffic_.timeout_ns);
      if (status == Status::kEmpty) continue;
      if (status != Status::kOk) {
        FOZZY_ALWAYS(status == Status::kClosed, "the stream ends");
        // The end is told by those who have come to it.
        for (const auto& word : last_words_) static_cast<void>(word.load());
        return;
      }
      if (traffic_.reads_after_release) receiver.ReleaseBatch(batch);
      for (uint32_t i = 0; i < batch.count; ++i) {
        const uint64_t message = ReadMessage(batch.at(i), batch.bytes / 8);
        received_[number].push_back(message);
        if (call) call->Return(std::optional<uint64_t>(message));
      }
      if (!traffic_.reads_after_release) receiver.ReleaseBatch(batch);
    }
  }

  void Judge() {
    Numbers sent(traffic_.senders);
    for (uint32_t s = 0; s < traffic_.senders; ++s) {
      for (uint32_t i = 0; i < traffic_.messages; ++i) {
        sent[s].push_back(NumberOf(s, i));
      }
    }
    JudgeReceived(sent, received_,
                  mode == Mode::kBroadcast ? traffic_.receivers : 1);
    if (!HasHistory()) return;
    const HistoryReport report = CheckHistory<QueueOfNumbers>(
        history_, QueueOfNumbers{.capacity = traffic_.capacity});
    FOZZY_ALWAYS(report.verdict == Verdict::kHolds,
                 "the history is that of a bounded queue");
  }

  const Traffic traffic_;
  ChannelCore<Sync> core_;
  HistoryOf<QueueOfNumbers> history_;
  Numbers received_;  // by each receiver
  // What each sender does last before it closes.
  std::vector<fozzy::var<int>> last_words_;
};

}  // namespace fozzy::channels

#endif  // BACKENDS_CHANNELS_TRAFFIC_H_

// Tasks that try to send and to receive, without waiting: few enough schedule
// points that all schedules can be run.
#ifndef BACKENDS_CHANNELS_ATTEMPTS_H_
#define BACKENDS_CHANNELS_ATTEMPTS_H_

#include <cstdint>
#include <list>
#include <type_traits>
#include <vector>

#include "backends/channels/message_check.h"
#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "kernels/channels/ends.h"

namespace fozzy::channels {

// What is done in a run.
struct Attempts {
  std::vector<uint32_t> sends;     // by each sender
  std::vector<uint32_t> receives;  // by each receiver
  uint32_t capacity = 1;           // granules, of 8 bytes
  uint32_t words = 1;              // of each message
  uint32_t sent_before = 0;        // by the first sender, before all else
  bool is_closed = false;          // by the first sender, after its messages
};

template <class Sync, Mode mode>
class AttemptsRun {
 public:
  explicit AttemptsRun(const Attempts& attempts)
      : attempts_(attempts),
        memory_({attempts.capacity, 1, Subscribers(attempts)}),
        ring_(memory_.ring()),
        sent_(attempts.sends.size()),
        received_(attempts.receives.size()) {
    for (size_t i = 0; i < attempts_.sends.size(); ++i) {
      producers_.emplace_back(ring_);
    }
    for (uint32_t i = 0; i < attempts_.receives.size(); ++i) {
      if constexpr (SharesMessages(mode)) {
        consumers_.emplace_back(ring_);
      } else {
        consumers_.emplace_back(ring_, i);
      }
    }
  }

  // Runs all tasks to their ends, receives what is left, and judges.
  void Run() {
    Send(0, producers_.front(), attempts_.sent_before);
    std::list<fozzy::thread> tasks;
    uint32_t number = 0;
    for (auto& producer : producers_) {
      tasks.emplace_back([this, &producer, number] {
        Send(number, producer, attempts_.sends[number]);
        if (number == 0 && attempts_.is_closed) producer.Close();
      });
      ++number;
    }
    number = 0;
    for (auto& consumer : consumers_) {
      tasks.emplace_back([this, &consumer, number] {
        Receive(consumer, received_[number], attempts_.receives[number]);
      });
      ++number;
    }
    for (fozzy::thread& task : tasks) task.join();
    number = 0;
    for (auto& consumer : consumers_) {
      Receive(consumer, received_[number++], UINT32_MAX);
    }
    JudgeReceived(sent_, received_, Subscribers(attempts_));
  }

 private:
  static uint32_t Subscribers(const Attempts& attempts) {
    return SharesMessages(mode)
               ? 1
               : static_cast<uint32_t>(attempts.receives.size());
  }

  void Send(uint32_t sender, ProducerOf<Sync, mode>& producer, uint32_t count) {
    Slot<Sync> slot;
    for (uint32_t i = 0; i < count; ++i) {
      const uint64_t number =
          NumberOf(sender, static_cast<uint32_t>(sent_[sender].size()));
      const Status status = producer.TryReserve(attempts_.words * 8, slot);
      if (status == Status::kOk) {
        FillMessage(slot.words, attempts_.words, number);
        producer.Commit(slot);
        sent_[sender].push_back(number);
      } else {
        FOZZY_ALWAYS(status == Status::kFull || attempts_.is_closed,
                     "what is open is closed to nobody");
        FOZZY_ALWAYS(!HasRoomForAll() || attempts_.is_closed,
                     "there is room for all");
      }
    }
  }

  void Receive(ConsumerOf<Sync, mode>& consumer,
               std::vector<uint64_t>& received, uint32_t count) {
    View<Sync> view;
    for (uint32_t i = 0; i < count; ++i) {
      const Status status = consumer.TryReceive(view);
      if (status == Status::kOk) {
        received.push_back(ReadMessage(view.words, view.bytes / 8));
        consumer.Release(view);
      } else if (count == UINT32_MAX) {
        return;
      } else {
        FOZZY_ALWAYS(!HasOneForAll(), "there is one for each");
      }
    }
  }

  bool HasRoomForAll() const {
    uint32_t sends = attempts_.sent_before;
    for (const uint32_t of_one : attempts_.sends) sends += of_one;
    return sends * attempts_.words <= attempts_.capacity;
  }

  // Whether no attempt to receive may fail: enough was sent before.
  bool HasOneForAll() const {
    uint32_t receives = 0;
    for (const uint32_t of_one : attempts_.receives) receives += of_one;
    return receives <= attempts_.sent_before;
  }

  const Attempts attempts_;
  RingMemory<Sync> memory_;
  const Ring<Sync> ring_;
  std::list<ProducerOf<Sync, mode>> producers_;
  std::list<ConsumerOf<Sync, mode>> consumers_;
  Numbers sent_;
  Numbers received_;
};

}  // namespace fozzy::channels

#endif  // BACKENDS_CHANNELS_ATTEMPTS_H_

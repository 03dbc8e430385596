// What a run did, op by op, for people to read.
#ifndef FOZZY_SIM_SEARCH_SCHEDULE_LOG_H_
#define FOZZY_SIM_SEARCH_SCHEDULE_LOG_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fozzy/strategy.h"
#include "sim/simulation.h"

namespace fozzy {

// A line of a schedule.
struct ScheduleEntry {
  TaskId task = {};
  uint64_t now = 0;  // nanoseconds
  std::string text;  // "lock mutex 3 queue.cc:12"
  uint32_t object = 0;
  bool is_notable = false;  // whatever its object is
};

// Listens to a run.
class ScheduleLog final : public BodyListener {
 public:
  // So many entries are kept of the beginning of a run, and about as many of
  // its end.
  static constexpr size_t kKept = 10'000;

  // Not owned.
  explicit ScheduleLog(const Simulation& simulation)
      : simulation_(simulation) {}

  void OnTask(const TaskChoice&, uint32_t) override {}
  void OnValue(const ValueChoice& choice, uint64_t answer) override;
  void OnOp(const Op& op, Site site) override;
  void OnLog(TaskId task, uint64_t now, std::string_view text) override;

  const std::vector<ScheduleEntry>& entries() const { return entries_; }
  // Entries that were not kept between.
  uint64_t left_out() const { return left_out_; }
  // Whether more than one task used it.
  bool IsShared(uint32_t object) const;
  const Simulation& simulation() const { return simulation_; }

 private:
  struct Use {
    TaskId task = {};
    bool is_shared = false;
  };

  void Add(ScheduleEntry entry);
  std::string ObjectName(uint32_t object);
  std::string OpText(const Op& op, Site site);

  const Simulation& simulation_;
  std::vector<ScheduleEntry> entries_;
  std::map<uint32_t, Use> uses_;
  std::map<uint32_t, std::string> names_;
  uint64_t left_out_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SCHEDULE_LOG_H_

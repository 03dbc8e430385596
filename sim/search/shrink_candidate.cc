#include "sim/search/shrink_candidate.h"

#include <algorithm>

#include "sim/base/check.h"

namespace fozzy {
namespace {

template <typename T>
void Erase(std::vector<T>& from, size_t begin, size_t end) {
  from.erase(from.begin() + static_cast<std::ptrdiff_t>(begin),
             from.begin() + static_cast<std::ptrdiff_t>(end));
}

// Returns how many choices of tasks come before the calm end of `run`: up to
// the last that was not answered 0.
uint64_t PointsBeforeCalm(const RecordedRun& run) {
  uint64_t points = 0;
  uint64_t before_calm = 0;
  for (const Decision& decision : run.decisions) {
    if (decision.kind != ChoiceKind::kTask) continue;
    ++points;
    if (decision.answer != 0) before_calm = points;
  }
  return before_calm;
}

// Returns a + b, or kForever if that is more.
uint64_t Plus(uint64_t a, uint64_t b) {
  return a > kForever - b ? kForever : a + b;
}

// Takes segment `from` out and gives its points to segment `to`.
Candidate Joined(Candidate candidate, size_t from, size_t to) {
  std::vector<Segment>& schedule = candidate.schedule;
  schedule[to].points = Plus(schedule[to].points, schedule[from].points);
  Erase(schedule, from, from + 1);
  Normalize(candidate);
  return candidate;
}

}  // namespace

Candidate CandidateOf(const RecordedRun& run) {
  Candidate candidate;
  uint64_t left = PointsBeforeCalm(run);
  for (const Segment& segment : run.schedule) {
    const uint64_t points = std::min(left, segment.points);
    candidate.schedule.push_back({segment.task, points});
    left -= points;
  }
  candidate.answers = run.answers;
  Normalize(candidate);
  return candidate;
}

void Normalize(Candidate& candidate) {
  std::vector<Segment> schedule;
  schedule.reserve(candidate.schedule.size());
  for (const Segment& segment : candidate.schedule) {
    if (segment.points == 0) continue;
    if (!schedule.empty() && schedule.back().task == segment.task) {
      schedule.back().points = Plus(schedule.back().points, segment.points);
    } else {
      schedule.push_back(segment);
    }
  }
  candidate.schedule = std::move(schedule);
  std::erase_if(candidate.answers,
                [](const KeyedAnswer& entry) { return entry.answer == 0; });
}

Digest IdentityOf(const Candidate& candidate) {
  Digest digest;
  const size_t segments = candidate.schedule.size();
  digest.Mix(segments);
  for (size_t i = 0; i < segments; ++i) {
    digest.Mix(candidate.schedule[i].task.value);
    // After the last segment its task goes on anyway.
    if (i + 1 < segments) digest.Mix(candidate.schedule[i].points);
  }
  for (const KeyedAnswer& entry : candidate.answers) {
    digest.Mix(static_cast<uint64_t>(entry.key.kind) |
               uint64_t{entry.key.task.value} << 32);
    digest.Mix(entry.key.ordinal);
    digest.Mix(entry.answer);
  }
  return digest;
}

Candidate WithoutSegments(const Candidate& from, size_t begin, size_t end) {
  Candidate candidate = from;
  Erase(candidate.schedule, begin, end);
  Normalize(candidate);
  return candidate;
}

Candidate WithSegments(const Candidate& from, size_t begin, size_t end,
                       std::span<const Segment> segments) {
  Candidate candidate = from;
  Erase(candidate.schedule, begin, end);
  candidate.schedule.insert(
      candidate.schedule.begin() + static_cast<std::ptrdiff_t>(begin),
      segments.begin(), segments.end());
  Normalize(candidate);
  return candidate;
}

Candidate WithoutAnswers(const Candidate& from, std::span<const size_t> out) {
  Candidate candidate = from;
  for (const size_t index : out) candidate.answers[index].answer = 0;
  Normalize(candidate);
  return candidate;
}

Candidate WithSegmentLater(const Candidate& from, size_t index) {
  for (size_t to = index + 1; to < from.schedule.size(); ++to) {
    if (from.schedule[to].task == from.schedule[index].task) {
      return Joined(from, index, to);
    }
  }
  return from;
}

Candidate WithSegmentEarlier(const Candidate& from, size_t index) {
  for (size_t to = index; to-- > 0;) {
    if (from.schedule[to].task == from.schedule[index].task) {
      return Joined(from, index, to);
    }
  }
  return from;
}

Candidate WithPoints(const Candidate& from, size_t index, uint64_t points) {
  Candidate candidate = from;
  candidate.schedule[index].points = points;
  Normalize(candidate);
  return candidate;
}

Candidate WithAnswer(const Candidate& from, size_t index, uint64_t answer) {
  Candidate candidate = from;
  candidate.answers[index].answer = answer;
  Normalize(candidate);
  return candidate;
}

Candidate WithEqualAnswers(const Candidate& from, size_t index,
                           uint64_t answer) {
  const KeyedAnswer before = from.answers[index];
  Candidate candidate = from;
  for (KeyedAnswer& entry : candidate.answers) {
    if (entry.key.kind == before.key.kind && entry.answer == before.answer) {
      entry.answer = answer;
    }
  }
  Normalize(candidate);
  return candidate;
}

Candidate WithoutQuestions(const Candidate& from, size_t index,
                           uint64_t count) {
  const ChoiceKey key = from.answers[index].key;
  FOZZY_CHECK(count <= key.ordinal);
  Candidate candidate;
  candidate.schedule = from.schedule;
  for (const KeyedAnswer& entry : from.answers) {
    KeyedAnswer kept = entry;
    if (entry.key.task == key.task && entry.key.kind == key.kind &&
        entry.key.ordinal >= key.ordinal - count) {
      if (entry.key.ordinal < key.ordinal) continue;
      kept.key.ordinal -= count;
    }
    candidate.answers.push_back(kept);
  }
  return candidate;
}

}  // namespace fozzy

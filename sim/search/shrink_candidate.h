// A changed list of answers, to be tried.
#ifndef FOZZY_SIM_SEARCH_SHRINK_CANDIDATE_H_
#define FOZZY_SIM_SEARCH_SHRINK_CANDIDATE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/digest.h"
#include "sim/core/keyed_answers.h"
#include "sim/search/subject.h"

namespace fozzy {

// As many points as the task can go on for.
inline constexpr uint64_t kForever = ~uint64_t{0};

// What LenientReplayStrategy is given: the part of a run that is not calm.
struct Candidate {
  // Neighbours are of different tasks, no segment is empty.  Ends with the
  // last choice of a task that is not calm.
  std::vector<Segment> schedule;
  std::vector<KeyedAnswer> answers;  // sorted by key, none is 0

  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// Returns the candidate that repeats `run`.
Candidate CandidateOf(const RecordedRun& run);

// Brings `candidate` into the form described above: joins neighbours, takes
// out what is empty or 0.
void Normalize(Candidate& candidate);

// Returns what tells candidates apart that may lead to different runs.
Digest IdentityOf(const Candidate& candidate);

// The changes.  All take a candidate in the form above, and return one.

// Without schedule[begin..end).
Candidate WithoutSegments(const Candidate& from, size_t begin, size_t end);

// With 0 for answers[i] for all i of `out`, which is sorted.
Candidate WithoutAnswers(const Candidate& from, std::span<const size_t> out);

// With `segments` instead of schedule[begin..end).
Candidate WithSegments(const Candidate& from, size_t begin, size_t end,
                       std::span<const Segment> segments);

// With the points of segment `index` given to the next segment of its task:
// it waits.  Returns `from` if there is none.
Candidate WithSegmentLater(const Candidate& from, size_t index);

// With the points of segment `index` given to the one before of its task: it
// goes first.  Returns `from` if there is none.
Candidate WithSegmentEarlier(const Candidate& from, size_t index);

// With segment `index` going on for `points`.
Candidate WithPoints(const Candidate& from, size_t index, uint64_t points);

// With answers[index].answer = `answer`.
Candidate WithAnswer(const Candidate& from, size_t index, uint64_t answer);

// With `answer` for all answers to questions of the kind of answers[index]
// that are equal to it.
Candidate WithEqualAnswers(const Candidate& from, size_t index,
                           uint64_t answer);

// Without the `count` questions before answers[index] of its task and kind:
// that answer and later ones are given to earlier questions.  Answers to the
// questions taken out are lost.  Requires `count` <= the ordinal of that
// question.
Candidate WithoutQuestions(const Candidate& from, size_t index, uint64_t count);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_CANDIDATE_H_

// What a feedback-guided search has learned.
#ifndef FOZZY_SIM_CORE_FEEDBACK_CORPUS_H_
#define FOZZY_SIM_CORE_FEEDBACK_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/base/fast_rng.h"
#include "sim/core/answer_list.h"
#include "sim/core/arena.h"
#include "sim/core/arena_vector.h"
#include "sim/core/saved_words.h"

namespace fozzy {

// Runs that reached something new, and all that was reached, as marks: numbers
// below kMarks.  It changes between epochs only.  During one, discoveries are
// collected, each under the index of its run; Advance folds them in, in the
// order of indexes, so that who made them and when does not matter.
class FeedbackCorpus {
 public:
  static constexpr uint64_t kEpochRuns = 256;
  static constexpr uint32_t kMarks = 1 << 16;
  // Marks from here on say little: a run that reached only those weighs least.
  static constexpr uint32_t kMinorMark = kMarks - 64;
  static constexpr uint32_t kEntriesMax = 256;
  static constexpr uint32_t kAnswersMax = 1024;  // AnswerRuns of one run
  static constexpr uint32_t kNewMarksMax = 256;  // of one run

  explicit FeedbackCorpus(Arena& arena);

  // Folds in what was discovered and starts `epoch`, which is not less than
  // the present one.  Does nothing if it is the present one.
  void Advance(uint64_t epoch);
  uint64_t epoch() const { return epoch_; }

  // Whether a run before this epoch left `mark`.
  bool IsKnown(uint32_t mark) const {
    return (marks_[mark / 64] >> (mark % 64) & 1) != 0;
  }

  // Keeps run `index` of this epoch, which left `marks`; one that is kept
  // already is not changed.  Lists longer than the bounds above are cut.
  void Discover(uint64_t index, std::span<const uint32_t> marks,
                std::span<const AnswerRun> answers);

  // The runs that were kept before this epoch.
  uint32_t size() const { return static_cast<uint32_t>(entries_.size()); }
  std::span<const AnswerRun> AnswersOf(uint32_t entry) const {
    return entries_[entry].answers.span();
  }
  uint64_t CountOf(uint32_t entry) const {
    return entries_[entry].answers.Count();
  }

  // Returns an entry by weight.  Requires size() != 0.
  uint32_t Draw(FastRng& rng) const;

  // Writes everything into `out`, or as much as fits, and returns the bytes
  // needed.  The same knowledge gives the same bytes.
  size_t Save(std::span<std::byte> out) const;

  // Adds what a corpus of the same campaign saved: discoveries, if it was in
  // the same epoch; everything, in place of what is here, if it was further;
  // nothing if it was behind.  Returns false, with nothing changed, if
  // `saved` is damaged.
  bool Load(std::span<const std::byte> saved);

 private:
  struct Entry {
    uint64_t index = 0;
    uint32_t weight = 0;
    AnswerList answers;
  };
  struct Discovery {
    uint64_t index = 0;
    uint32_t marks_size = 0;
    uint32_t* marks = nullptr;  // room for kNewMarksMax
    AnswerList answers;
  };

  struct Reading {
    uint64_t epoch;
    bool is_kept;  // else the bytes are only looked at
  };

  void Fold(const Discovery& discovery);
  Entry& EntryToFill();
  uint32_t PlaceFor(uint64_t index);
  // Reads a list into scratch_.
  std::span<const AnswerRun> ReadAnswers(WordReader& in);
  bool IsSound(std::span<const std::byte> saved);
  void ReadEntries(WordReader& in, uint64_t count, bool is_kept);
  void ReadDiscoveries(WordReader& in, uint64_t count, const Reading& reading);

  Arena& arena_;
  uint64_t epoch_ = 0;
  ArenaVector<uint64_t> marks_;  // bits
  ArenaVector<Entry> entries_;   // in the order they were kept
  // By index; those from discoveries_size_ on are kept for their memory.
  ArenaVector<Discovery> discoveries_;
  uint32_t discoveries_size_ = 0;
  ArenaVector<AnswerRun> scratch_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_FEEDBACK_CORPUS_H_

#include "sim/core/feedback_corpus.h"

#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr uint32_t kWeightMax = 64;
constexpr uint64_t kMagic = 0x316b636162646566;  // "fedback1"

void WriteAnswers(std::span<const AnswerRun> answers, WordWriter& out) {
  out.Write(answers.size());
  for (const AnswerRun& run : answers) {
    out.Write(uint64_t{run.count} << 8 | static_cast<uint8_t>(run.kind));
    out.Write(run.answer);
  }
}

}  // namespace

FeedbackCorpus::FeedbackCorpus(Arena& arena)
    : arena_(arena),
      marks_(arena),
      entries_(arena),
      discoveries_(arena),
      scratch_(arena) {
  marks_.resize(kMarks / 64);
}

void FeedbackCorpus::Advance(uint64_t epoch) {
  if (epoch == epoch_) return;
  FOZZY_CHECK(epoch > epoch_);
  epoch_ = epoch;
  for (Entry& entry : entries_) entry.weight -= entry.weight / 2;
  for (uint32_t i = 0; i < discoveries_size_; ++i) Fold(discoveries_[i]);
  discoveries_size_ = 0;
}

void FeedbackCorpus::Fold(const Discovery& discovery) {
  uint32_t weight = 0;
  for (uint32_t i = 0; i < discovery.marks_size; ++i) {
    const uint32_t mark = discovery.marks[i];
    if (IsKnown(mark)) continue;
    marks_[mark / 64] |= uint64_t{1} << (mark % 64);
    weight += mark < kMinorMark ? 4 : 1;
  }
  if (weight == 0) return;
  Entry& entry = EntryToFill();
  entry.index = discovery.index;
  entry.weight = weight < kWeightMax ? weight : kWeightMax;
  entry.answers.Assign(discovery.answers.span(), arena_);
}

// The place of the lightest, of those the oldest, if there is no new one.
FeedbackCorpus::Entry& FeedbackCorpus::EntryToFill() {
  if (entries_.size() < kEntriesMax) {
    entries_.push_back({});
    return entries_.back();
  }
  Entry* worst = entries_.begin();
  for (Entry& entry : entries_) {
    if (entry.weight > worst->weight) continue;
    if (entry.weight < worst->weight || entry.index < worst->index) {
      worst = &entry;
    }
  }
  return *worst;
}

void FeedbackCorpus::Discover(uint64_t index, std::span<const uint32_t> marks,
                              std::span<const AnswerRun> answers) {
  const uint32_t place = PlaceFor(index);
  if (place == ~uint32_t{0}) return;
  Discovery& discovery = discoveries_[place];
  discovery.index = index;
  discovery.marks_size = 0;
  for (const uint32_t mark : marks) {
    if (discovery.marks_size == kNewMarksMax) break;
    discovery.marks[discovery.marks_size++] = mark;
  }
  if (answers.size() > kAnswersMax) answers = answers.first(kAnswersMax);
  discovery.answers.Assign(answers, arena_);
}

// Makes room in the order of indexes.  Returns ~0 if the index is there.
uint32_t FeedbackCorpus::PlaceFor(uint64_t index) {
  uint32_t place = discoveries_size_;
  while (place > 0 && discoveries_[place - 1].index > index) --place;
  if (place > 0 && discoveries_[place - 1].index == index) {
    return ~uint32_t{0};
  }
  if (discoveries_size_ == discoveries_.size()) {
    discoveries_.push_back({});
    discoveries_.back().marks = arena_.AllocateArray<uint32_t>(kNewMarksMax);
  }
  const Discovery spare = discoveries_[discoveries_size_];
  for (uint32_t i = discoveries_size_; i > place; --i) {
    discoveries_[i] = discoveries_[i - 1];
  }
  discoveries_[place] = spare;
  ++discoveries_size_;
  return place;
}

uint32_t FeedbackCorpus::Draw(FastRng& rng) const {
  uint64_t sum = 0;
  for (const Entry& entry : entries_) sum += entry.weight;
  uint64_t rest = rng.UpTo(sum - 1);
  uint32_t drawn = 0;
  while (rest >= entries_[drawn].weight) rest -= entries_[drawn++].weight;
  return drawn;
}

size_t FeedbackCorpus::Save(std::span<std::byte> out) const {
  WordWriter words(out);
  words.Write(kMagic);
  words.Write(epoch_);
  words.Write(entries_.size());
  words.Write(discoveries_size_);
  for (const uint64_t word : marks_) words.Write(word);
  for (const Entry& entry : entries_) {
    words.Write(entry.index);
    words.Write(entry.weight);
    WriteAnswers(entry.answers.span(), words);
  }
  for (uint32_t i = 0; i < discoveries_size_; ++i) {
    const Discovery& discovery = discoveries_[i];
    words.Write(discovery.index);
    words.Write(discovery.marks_size);
    for (uint32_t j = 0; j < discovery.marks_size; ++j) {
      words.Write(discovery.marks[j]);
    }
    WriteAnswers(discovery.answers.span(), words);
  }
  return words.size();
}

bool FeedbackCorpus::Load(std::span<const std::byte> saved) {
  if (!IsSound(saved)) return false;
  WordReader words(saved);
  words.Read();
  const uint64_t epoch = words.Read();
  const uint64_t entries = words.Read();
  const uint64_t discoveries = words.Read();
  if (epoch < epoch_) return true;
  const bool is_further = epoch > epoch_;
  if (is_further) {
    epoch_ = epoch;
    discoveries_size_ = 0;
    while (entries_.size() > entries) entries_.pop_back();
  }
  for (uint64_t& marks : marks_) {
    const uint64_t word = words.Read();
    if (is_further) marks = word;
  }
  ReadEntries(words, entries, is_further);
  ReadDiscoveries(words, discoveries, {epoch, true});
  return true;
}

bool FeedbackCorpus::IsSound(std::span<const std::byte> saved) {
  WordReader words(saved);
  words.Require(words.Read() == kMagic);
  const uint64_t epoch = words.ReadUpTo(~uint64_t{0} / kEpochRuns);
  const uint64_t entries = words.ReadUpTo(kEntriesMax);
  const uint64_t discoveries = words.ReadUpTo(kEpochRuns);
  for (uint32_t i = 0; i < kMarks / 64; ++i) words.Read();
  ReadEntries(words, entries, false);
  ReadDiscoveries(words, discoveries, {epoch, false});
  return !words.has_failed() && words.is_at_end();
}

void FeedbackCorpus::ReadEntries(WordReader& in, uint64_t count, bool is_kept) {
  for (uint64_t i = 0; i < count && !in.has_failed(); ++i) {
    const uint64_t index = in.Read();
    const uint64_t weight = in.ReadUpTo(kWeightMax);
    in.Require(weight != 0);
    const std::span<const AnswerRun> answers = ReadAnswers(in);
    if (!is_kept) continue;
    if (i == entries_.size()) entries_.push_back({});
    entries_[i].index = index;
    entries_[i].weight = static_cast<uint32_t>(weight);
    entries_[i].answers.Assign(answers, arena_);
  }
}

void FeedbackCorpus::ReadDiscoveries(WordReader& in, uint64_t count,
                                     const Reading& reading) {
  for (uint64_t i = 0; i < count && !in.has_failed(); ++i) {
    const uint64_t index = in.Read();
    in.Require(index / kEpochRuns == reading.epoch);
    const uint64_t marks_size = in.ReadUpTo(kNewMarksMax);
    uint32_t marks[kNewMarksMax] = {};
    for (uint64_t j = 0; j < marks_size; ++j) {
      marks[j] = static_cast<uint32_t>(in.ReadUpTo(kMarks - 1));
    }
    const std::span<const AnswerRun> answers = ReadAnswers(in);
    if (reading.is_kept) Discover(index, {marks, marks_size}, answers);
  }
}

std::span<const AnswerRun> FeedbackCorpus::ReadAnswers(WordReader& in) {
  const uint64_t count = in.ReadUpTo(kAnswersMax);
  scratch_.clear();
  for (uint64_t i = 0; i < count && !in.has_failed(); ++i) {
    const uint64_t head = in.ReadUpTo(uint64_t{1} << 40);
    in.Require((head & 0xff) < kChoiceKinds);
    in.Require(head >> 8 != 0);
    const uint64_t answer = in.Read();
    scratch_.push_back({static_cast<ChoiceKind>(head & 0xff),
                        static_cast<uint32_t>(head >> 8), answer});
  }
  return scratch_.span();
}

}  // namespace fozzy

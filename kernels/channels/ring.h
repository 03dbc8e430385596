// The memory of a ring of records, and how they are found in it.
//
// A ring has a power of two of granules.  Positions count granules and grow for
// ever; a record lies in whole granules, starts with one and never crosses the
// end: what is left there is skipped by a record of its own, a pad.  Beside the
// granules lie their headers (how long the record that starts there is, and of
// what type) and stamps (whether it is committed, or released again).  Stamps
// tell their position, so that one of an earlier lap says nothing.
#ifndef KERNELS_CHANNELS_RING_H_
#define KERNELS_CHANNELS_RING_H_

#include <cstddef>
#include <cstdint>

#include "kernels/channels/aligned_array.h"
#include "kernels/channels/event.h"

namespace fozzy::channels {

// The type of messages that said nothing, and of pads.
inline constexpr uint16_t kNoType = 0;
inline constexpr uint16_t kPadType = UINT16_MAX;

struct RingOptions {
  uint32_t granules = 1u << 14;    // a power of two
  uint32_t words_per_granule = 8;  // of 8 bytes; a power of two
  uint32_t subscribers = 1;        // consumers that each see every message
};

// The header of a record, or, in streams, of the first of several that are
// alike: a reader of the first knows them all.  In rings whose receivers may be
// replaced, the others have headers, too.
struct Header {
  uint32_t length;  // bytes; of pads, granules
  uint16_t type;
  uint16_t run;  // how many are alike, at least 1

  static constexpr Header From(uint64_t word) {
    return {static_cast<uint32_t>(word), static_cast<uint16_t>(word >> 32),
            static_cast<uint16_t>(word >> 48)};
  }
  constexpr uint64_t word() const {
    return uint64_t{run} << 48 | uint64_t{type} << 32 | length;
  }
  constexpr bool is_pad() const { return type == kPadType; }

  // Returns what tells positions apart that lie within kNearMax of each other.
  static constexpr uint16_t At(uint64_t position) {
    return static_cast<uint16_t>(position);
  }
  static constexpr uint64_t kNearMax = UINT16_MAX;
};

// Marks an end that takes over what another has left.
struct Resumed {};

constexpr uint64_t CommittedAt(uint64_t position) { return position * 2 + 1; }
constexpr uint64_t ReleasedAt(uint64_t position) { return position * 2 + 2; }

// The place of a message that is being written.  `type` and a smaller `bytes`
// may be set before it is committed.
template <class Sync>
struct Slot {
  using Word = typename Sync::template var<uint64_t>;

  Word* words = nullptr;
  uint32_t bytes = 0;
  uint16_t type = kNoType;
  uint64_t position = 0;
  uint32_t granules = 0;
};

// Messages of one size and type that are written together; the caller may lower
// `count` before they are committed.
template <class Sync>
struct SlotBatch {
  using Word = typename Sync::template var<uint64_t>;

  Word* words = nullptr;
  uint32_t bytes = 0;  // of each
  uint16_t type = kNoType;
  uint64_t position = 0;
  uint32_t granules = 0;  // of each
  uint32_t stride = 0;    // words from one to the next
  uint32_t count = 0;
  uint32_t reserved = 0;  // of them

  Word* at(uint32_t index) const { return words + size_t{index} * stride; }
};

// A message that was received, to be released.
template <class Sync>
struct View {
  using Word = typename Sync::template var<uint64_t>;

  const Word* words = nullptr;
  uint32_t bytes = 0;
  uint16_t type = kNoType;
  uint64_t position = 0;
  uint32_t granules = 0;
};

// Messages of one size and type that were received together.
template <class Sync>
struct ViewBatch {
  using Word = typename Sync::template var<uint64_t>;

  const Word* words = nullptr;
  uint32_t bytes = 0;  // of each
  uint16_t type = kNoType;
  uint64_t position = 0;
  uint32_t granules = 0;  // of each
  uint32_t stride = 0;    // words from one to the next
  uint32_t count = 0;

  const Word* at(uint32_t index) const {
    return words + size_t{index} * stride;
  }
  uint64_t end() const { return position + uint64_t{granules} * count; }
};

// What the threads of a ring share.  Each field is written by one side.
template <class Sync>
struct RingControl {
  template <class T>
  using Atomic = typename Sync::template atomic<T>;
  struct alignas(kLineBytes) Cursor {
    // What the consumer has released, or kGone.
    Atomic<uint64_t> position{0};
  };
  static constexpr uint64_t kGone = UINT64_MAX;

  // Twice the position up to which records are published (streams) or reserved
  // (other rings; one producer stores it when it closes only); odd: closed.
  alignas(kLineBytes) Atomic<uint64_t> tail{0};
  // In streams, the header of the record that was published last, with what
  // Header::At gives for its position in place of the run; a pad if that was
  // several, or none.  Who waited for one message needs no other line to know
  // it.
  Atomic<uint64_t> latest{Header{0, kPadType, 0}.word()};
  // Set after `tail` became odd; not in streams.
  alignas(kLineBytes) Atomic<uint32_t> is_closed{0};
  // Consumers that share the messages have left.
  Atomic<uint32_t> is_deserted{0};
  alignas(kLineBytes) Atomic<uint64_t> head{0};   // room was made up to here
  alignas(kLineBytes) Atomic<uint64_t> claim{0};  // given to consumers
  Cursor cursors[Sync::kSubscribersMax];
  Event<Sync> items;  // something can be received
  Event<Sync> space;  // something can be reserved
};

// A ring as producers and consumers see it.  Owns nothing.
template <class Sync>
struct Ring {
  using Word = typename Sync::template var<uint64_t>;
  using Mark = typename Sync::template atomic<uint64_t>;

  RingControl<Sync>* control = nullptr;
  Word* words = nullptr;    // granules << word_shift
  Mark* headers = nullptr;  // granules
  Mark* stamps = nullptr;   // granules
  uint64_t mask = 0;        // granules - 1
  uint32_t word_shift = 0;  // log2 of the words of a granule
  uint32_t subscribers = 1;

  uint64_t capacity() const { return mask + 1; }
  uint64_t index(uint64_t position) const { return position & mask; }
  uint64_t ToEnd(uint64_t position) const { return mask + 1 - index(position); }
  Word* At(uint64_t position) const {
    return words + (index(position) << word_shift);
  }

  // Returns the granules of a message; it has at least one.
  uint32_t GranulesOf(uint32_t bytes) const {
    const uint32_t shift = word_shift + 3;
    const uint64_t rounded = uint64_t{bytes} + (uint64_t{1} << shift) - 1;
    return static_cast<uint32_t>(rounded >> shift) + (bytes == 0);
  }
  uint32_t GranulesOf(Header header) const {
    return header.is_pad() ? header.length : GranulesOf(header.length);
  }

  // Returns `count` messages that are like `header`, at `position`.
  ViewBatch<Sync> BatchAt(uint64_t position, Header header,
                          uint32_t count) const {
    const uint32_t granules = GranulesOf(header);
    return {At(position), header.length,          header.type, position,
            granules,     granules << word_shift, count};
  }

  Header HeaderAt(uint64_t position) const {
    return Header::From(
        headers[index(position)].load(std::memory_order_relaxed));
  }
  void SetHeader(uint64_t position, Header header) const {
    headers[index(position)].store(header.word(), std::memory_order_relaxed);
  }
};

// The memory of a ring inside this process.
template <class Sync>
class RingMemory {
 public:
  // Requires options as described there.
  explicit RingMemory(const RingOptions& options)
      : words_(size_t{options.granules} * options.words_per_granule),
        headers_(options.granules),
        stamps_(options.granules),
        options_(options) {}

  Ring<Sync> ring() {
    return {&control_,
            words_.data(),
            headers_.data(),
            stamps_.data(),
            options_.granules - 1,
            static_cast<uint32_t>(__builtin_ctz(options_.words_per_granule)),
            options_.subscribers};
  }

 private:
  RingControl<Sync> control_;
  AlignedArray<typename Ring<Sync>::Word> words_;
  AlignedArray<typename Ring<Sync>::Mark> headers_;
  AlignedArray<typename Ring<Sync>::Mark> stamps_;
  RingOptions options_;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_RING_H_

// What messages of explored runs consist of, and whether all of them came.
#ifndef BACKENDS_CHANNELS_MESSAGE_CHECK_H_
#define BACKENDS_CHANNELS_MESSAGE_CHECK_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "fozzy/property.h"

namespace fozzy::channels {

// Messages are numbered by their sender and their place among its messages,
// fewer than 16.
constexpr uint64_t NumberOf(uint32_t sender, uint32_t index) {
  return (sender + 1) * uint64_t{16} + index;
}

// Fills `count` watched words with what belongs to message `number`.
template <class Word>
void FillMessage(Word* words, uint32_t count, uint64_t number) {
  for (uint32_t i = 0; i < count; ++i) words[i] = number + i * uint64_t{256};
}

// Returns the number of a message.
template <class Word>
uint64_t ReadMessage(const Word* words, uint32_t count) {
  const uint64_t number = words[0].load();
  for (uint32_t i = 1; i < count; ++i) {
    FOZZY_ALWAYS(words[i].load() == number + i * uint64_t{256},
                 "no message is torn");
  }
  return number;
}

// By each receiver, or of each sender, the numbers in their order.
using Numbers = std::vector<std::vector<uint64_t>>;

// Judges what came: of each sender's messages, each receiver got those that it
// got in order, and each was received `copies` times, in all.
inline void JudgeReceived(const Numbers& sent, const Numbers& received,
                          uint32_t copies) {
  std::vector<uint64_t> all;
  for (const std::vector<uint64_t>& of_one : received) {
    std::vector<uint64_t> last(sent.size() + 1);
    for (const uint64_t number : of_one) {
      const uint64_t sender = number / 16;
      FOZZY_ALWAYS(sender >= 1 && sender <= sent.size(),
                   "each message has a sender");
      FOZZY_ALWAYS(number > last[sender], "no message is overtaken");
      last[sender] = number;
      all.push_back(number);
    }
  }
  size_t expected = 0;
  for (const std::vector<uint64_t>& of_one : sent) {
    expected += of_one.size() * copies;
    for (const uint64_t number : of_one) {
      const auto times = std::count(all.begin(), all.end(), number);
      FOZZY_ALWAYS(times >= copies, "no message is lost");
      FOZZY_ALWAYS(times <= copies, "no message comes twice");
    }
  }
  FOZZY_ALWAYS(all.size() == expected, "nothing comes that was not sent");
}

}  // namespace fozzy::channels

#endif  // BACKENDS_CHANNELS_MESSAGE_CHECK_H_

#include "sim/search/search_block.h"

#include <utility>

#include "absl/status/status.h"
#include "sim/search/message.h"

namespace fozzy {
namespace {

void PutFound(MessageWriter& writer, const FoundRun& found) {
  writer.Put(found.run);
  writer.Put(found.finding);
  writer.Put(found.digest.low());
  writer.Put(found.digest.high());
  writer.Put(found.decisions);
  writer.Put(uint64_t{found.is_repeatable});
}

FoundRun TakeFound(MessageReader& reader) {
  FoundRun found;
  found.run = reader.Number();
  found.finding = reader.TakeFinding();
  const uint64_t low = reader.Number();
  found.digest = Digest::FromLanes(low, reader.Number());
  found.decisions = reader.Decisions();
  found.is_repeatable = reader.Number() != 0;
  return found;
}

}  // namespace

std::string SearchBlock::Save() const {
  std::string bytes;
  MessageWriter writer(bytes);
  writer.Put(first);
  writer.Put(runs);
  writer.Put(abandoned);
  writer.Put(points);
  writer.Put(digests);
  std::vector<uint64_t> counts;
  for (const PropertyCount& count : properties) {
    counts.insert(counts.end(), {count.place, count.reached, count.held});
  }
  writer.Put(counts);
  writer.Put(uint64_t{is_exhausted});
  writer.Put(uint64_t{is_exhaustive});
  writer.Put(uint64_t{found.has_value()});
  if (found) PutFound(writer, *found);
  return bytes;
}

absl::StatusOr<SearchBlock> SearchBlock::Load(absl::string_view bytes) {
  MessageReader reader(bytes);
  SearchBlock block;
  block.first = reader.Number();
  block.runs = reader.Number();
  block.abandoned = reader.Number();
  block.points = reader.Number();
  block.digests = reader.Numbers();
  const std::vector<uint64_t> counts = reader.Numbers();
  for (size_t i = 0; i + 2 < counts.size(); i += 3) {
    block.properties.push_back({counts[i], counts[i + 1], counts[i + 2]});
  }
  block.is_exhausted = reader.Number() != 0;
  block.is_exhaustive = reader.Number() != 0;
  if (reader.Number() != 0) block.found = TakeFound(reader);
  if (!reader.is_sound() || !reader.is_at_end()) {
    return absl::DataLossError("a block of runs is damaged");
  }
  return block;
}

}  // namespace fozzy

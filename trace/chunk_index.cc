#include "trace/chunk_index.h"

#include "trace/limits.h"

namespace fozzy {

void ChunkIndex::Add(const TraceIndexEntry& entry) {
  if (chunks_ == 0) entries_.reserve(kIndexEntriesMax);
  if (chunks_++ % stride_ != 0) return;
  if (entries_.size() == kIndexEntriesMax) {
    for (size_t i = 0; 2 * i < entries_.size(); ++i) {
      entries_[i] = entries_[2 * i];
    }
    entries_.resize(kIndexEntriesMax / 2);
    stride_ *= 2;
  }
  entries_.push_back(entry);
}

}  // namespace fozzy

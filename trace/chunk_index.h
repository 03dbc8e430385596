// Where chunks start, in bounded memory.
#ifndef FOZZY_TRACE_CHUNK_INDEX_H_
#define FOZZY_TRACE_CHUNK_INDEX_H_

#include <cstdint>
#include <vector>

#include "fozzy/trace.h"

namespace fozzy {

// Keeps every n-th chunk; n doubles whenever kIndexEntriesMax are kept.
class ChunkIndex {
 public:
  // Adds the next chunk of the file.
  void Add(const TraceIndexEntry& entry);

  const std::vector<TraceIndexEntry>& entries() const { return entries_; }

 private:
  std::vector<TraceIndexEntry> entries_;
  uint64_t chunks_ = 0;
  uint64_t stride_ = 1;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_CHUNK_INDEX_H_

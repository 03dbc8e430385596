// JSON without white space between its tokens, as checksums are taken over.
#ifndef FOZZY_SCENARIOS_ESTABLISHED_TRACE_COMPACT_H_
#define FOZZY_SCENARIOS_ESTABLISHED_TRACE_COMPACT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Appends JSON text `json` without the white space outside of its strings;
// all else stays as it is written.
void AppendCompactJson(absl::string_view json, std::string& output);

// Where in a text a member of an object is, from the quote of its key to the
// end of its value.
struct MemberSpan {
  uint64_t begin = 0;
  uint64_t end = 0;  // one past its last byte
};

// Returns, in lower-case hex, the BLAKE3-256 of `json`, an object, without
// member `cut`, one comma beside it (the one before it, if there is one) and
// all white space outside of strings.  An empty span cuts nothing.
//
// The established tool hashes what it would write itself for the trace it has
// read.  For every file it wrote, laid out in whatever way since, that is the
// same.  It is not for one whose texts are escaped or whose numbers are written
// in other words, nor for one that got a member or an order of members that the
// tool does not write: these do not verify here.
std::string EstablishedChecksum(absl::string_view json, MemberSpan cut);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_ESTABLISHED_TRACE_COMPACT_H_

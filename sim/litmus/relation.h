// Sets of events and relations between them, small and written as in papers:
//
//   const Relation sw = Id(releases) * rs * rf * Id(acquires);
//   if (!IsAcyclic(sb | rf)) ...
#ifndef FOZZY_SIM_LITMUS_RELATION_H_
#define FOZZY_SIM_LITMUS_RELATION_H_

#include <array>
#include <cstdint>

#include "sim/base/check.h"

namespace fozzy {

// Events are numbered from 0; there are at most this many.
inline constexpr uint32_t kEventsMax = 32;

// A set of events: bit i is event i.
using EventSet = uint32_t;

inline EventSet EventBit(uint32_t event) {
  FOZZY_CHECK(event < kEventsMax);
  return EventSet{1} << event;
}

// A relation between events: rows[a] is the set of all b with (a, b) in it.
struct Relation {
  std::array<EventSet, kEventsMax> rows = {};

  void Add(uint32_t a, uint32_t b) { rows[a] |= EventBit(b); }
  bool Has(uint32_t a, uint32_t b) const {
    return (rows[a] & EventBit(b)) != 0;
  }

  friend bool operator==(const Relation&, const Relation&) = default;
};

inline Relation operator|(const Relation& left, const Relation& right) {
  Relation result;
  for (uint32_t a = 0; a < kEventsMax; ++a) {
    result.rows[a] = left.rows[a] | right.rows[a];
  }
  return result;
}

inline Relation operator&(const Relation& left, const Relation& right) {
  Relation result;
  for (uint32_t a = 0; a < kEventsMax; ++a) {
    result.rows[a] = left.rows[a] & right.rows[a];
  }
  return result;
}

// The pairs of `left` that are not in `right`.
inline Relation operator-(const Relation& left, const Relation& right) {
  Relation result;
  for (uint32_t a = 0; a < kEventsMax; ++a) {
    result.rows[a] = left.rows[a] & ~right.rows[a];
  }
  return result;
}

// Composition, left ; right: all (a, c) with (a, b) in `left` and (b, c) in
// `right` for some b.
inline Relation operator*(const Relation& left, const Relation& right) {
  Relation result;
  for (uint32_t a = 0; a < kEventsMax; ++a) {
    for (EventSet left_row = left.rows[a]; left_row != 0;
         left_row &= left_row - 1) {
      result.rows[a] |=
          right.rows[static_cast<uint32_t>(__builtin_ctz(left_row))];
    }
  }
  return result;
}

// [set]: the identity on `set`.
inline Relation Id(EventSet set) {
  Relation result;
  for (uint32_t a = 0; a < kEventsMax; ++a) result.rows[a] = set & EventBit(a);
  return result;
}

// relation?: with the identity on all events.
inline Relation Optional(const Relation& relation) {
  return relation | Id(~EventSet{0});
}

inline Relation Inverse(const Relation& relation) {
  Relation result;
  for (uint32_t a = 0; a < kEventsMax; ++a) {
    for (EventSet row = relation.rows[a]; row != 0; row &= row - 1) {
      result.Add(static_cast<uint32_t>(__builtin_ctz(row)), a);
    }
  }
  return result;
}

// relation+: transitive closure.
// Source: Warshall, "A Theorem on Boolean Matrices", JACM 1962.
inline Relation Closure(const Relation& relation) {
  Relation result = relation;
  for (uint32_t b = 0; b < kEventsMax; ++b) {
    if (result.rows[b] == 0) continue;
    for (uint32_t a = 0; a < kEventsMax; ++a) {
      if (result.Has(a, b)) result.rows[a] |= result.rows[b];
    }
  }
  return result;
}

// relation*: reflexive and transitive closure.
inline Relation Star(const Relation& relation) {
  return Optional(Closure(relation));
}

inline bool IsEmpty(const Relation& relation) { return relation == Relation{}; }

inline bool IsIrreflexive(const Relation& relation) {
  return IsEmpty(relation & Id(~EventSet{0}));
}

inline bool IsAcyclic(const Relation& relation) {
  return IsIrreflexive(Closure(relation));
}

}  // namespace fozzy

#endif  // FOZZY_SIM_LITMUS_RELATION_H_

// The names of relations and sets are those of the paper, but for
// Relation::operator*, which the paper writes as a semicolon.
#include "sim/litmus/rc11_axioms.h"

namespace fozzy {
namespace {

// The events of `kind`: R, W or F in the paper.
EventSet EventsOf(const LitmusExecution& execution, LitmusEventKind kind) {
  EventSet set = 0;
  for (uint32_t i = 0; i < execution.events.size(); ++i) {
    if (execution.events[i].kind == kind) set |= EventBit(i);
  }
  return set;
}

bool IsAtLeastAcquire(MemoryOrder order) {
  return order == MemoryOrder::kConsume || order == MemoryOrder::kAcquire ||
         order == MemoryOrder::kAcquireRelease ||
         order == MemoryOrder::kSequentiallyConsistent;
}

bool IsAtLeastRelease(MemoryOrder order) {
  return order == MemoryOrder::kRelease ||
         order == MemoryOrder::kAcquireRelease ||
         order == MemoryOrder::kSequentiallyConsistent;
}

bool IsSc(MemoryOrder order) {
  return order == MemoryOrder::kSequentiallyConsistent;
}

// The events whose order satisfies `predicate`.
EventSet EventsWith(const LitmusExecution& execution,
                    bool (*predicate)(MemoryOrder)) {
  EventSet set = 0;
  for (uint32_t i = 0; i < execution.events.size(); ++i) {
    if (predicate(execution.events[i].order)) set |= EventBit(i);
  }
  return set;
}

// The accesses to `location`.  Fences have no location.
EventSet AccessesTo(const LitmusExecution& execution, uint32_t location) {
  EventSet set = 0;
  for (uint32_t i = 0; i < execution.events.size(); ++i) {
    const LitmusEvent& event = execution.events[i];
    const bool is_access = event.kind != LitmusEventKind::kFence;
    if (is_access && event.location == location) set |= EventBit(i);
  }
  return set;
}

// All pairs of accesses to one location.
Relation SameLocation(const LitmusExecution& execution) {
  Relation result;
  for (uint32_t a = 0; a < execution.events.size(); ++a) {
    const uint32_t location = execution.events[a].location;
    const EventSet accesses = AccessesTo(execution, location);
    if ((accesses & EventBit(a)) != 0) result.rows[a] = accesses;
  }
  return result;
}

// rb = rf^-1 ; mo
Relation ReadsBefore(const LitmusExecution& x) { return Inverse(x.rf) * x.mo; }

// eco = (rf | mo | rb)+
Relation ExtendedCoherenceOrder(const LitmusExecution& x) {
  return Closure(x.rf | x.mo | ReadsBefore(x));
}

// rs = [W] ; (rf ; rmw)*
Relation ReleaseSequence(const LitmusExecution& x) {
  const Relation w = Id(EventsOf(x, LitmusEventKind::kWrite));
  return w * Star(x.rf * x.rmw);
}

// sw = [E>=rel] ; ([F] ; sb)? ; rs ; rf ; [R] ; (sb ; [F])? ; [E>=acq]
Relation SynchronizesWith(const LitmusExecution& x) {
  const Relation r = Id(EventsOf(x, LitmusEventKind::kRead));
  const Relation f = Id(EventsOf(x, LitmusEventKind::kFence));
  const Relation rel = Id(EventsWith(x, IsAtLeastRelease));
  const Relation acq = Id(EventsWith(x, IsAtLeastAcquire));
  return rel * Optional(f * x.sb) * ReleaseSequence(x) * x.rf * r *
         Optional(x.sb * f) * acq;
}

// scb = sb | sb-neq-loc ; hb ; sb-neq-loc | hb-loc | mo | rb
Relation ScBefore(const LitmusExecution& x, const Relation& hb) {
  const Relation same_location = SameLocation(x);
  const Relation sb_neq_loc = x.sb - same_location;
  const Relation hb_loc = hb & same_location;
  return x.sb | sb_neq_loc * hb * sb_neq_loc | hb_loc | x.mo | ReadsBefore(x);
}

// psc_base = ([E-sc] | [F-sc] ; hb?) ; scb ; ([E-sc] | hb? ; [F-sc])
// psc_F = [F-sc] ; (hb | hb ; eco ; hb) ; [F-sc]
// psc = psc_base | psc_F
Relation PartialSc(const LitmusExecution& x) {
  const EventSet sc = EventsWith(x, IsSc);
  const Relation e_sc = Id(sc);
  const Relation f_sc = Id(sc & EventsOf(x, LitmusEventKind::kFence));
  const Relation hb = HappensBefore(x);
  const Relation eco = ExtendedCoherenceOrder(x);
  const Relation psc_base = (e_sc | f_sc * Optional(hb)) * ScBefore(x, hb) *
                            (e_sc | Optional(hb) * f_sc);
  const Relation psc_f = f_sc * (hb | hb * eco * hb) * f_sc;
  return psc_base | psc_f;
}

}  // namespace

// hb = (sb | sw)+
Relation HappensBefore(const LitmusExecution& execution) {
  return Closure(execution.sb | SynchronizesWith(execution));
}

// COHERENCE: hb ; eco? is irreflexive
bool IsCoherent(const LitmusExecution& execution) {
  return IsIrreflexive(HappensBefore(execution) *
                       Optional(ExtendedCoherenceOrder(execution)));
}

// ATOMICITY: rmw & (rb ; mo) is empty
bool IsAtomic(const LitmusExecution& execution) {
  return IsEmpty(execution.rmw & (ReadsBefore(execution) * execution.mo));
}

// SC: psc is acyclic
bool IsPscAcyclic(const LitmusExecution& execution) {
  return IsAcyclic(PartialSc(execution));
}

// NO-THIN-AIR: sb | rf is acyclic
bool HasNoThinAir(const LitmusExecution& execution) {
  return IsAcyclic(execution.sb | execution.rf);
}

// rf | data is acyclic
bool HasNoValueFromItself(const LitmusExecution& execution,
                          const Relation& data) {
  return IsAcyclic(execution.rf | data);
}

bool IsRc11Consistent(const LitmusExecution& execution) {
  return IsCoherent(execution) && IsAtomic(execution) &&
         IsPscAcyclic(execution) && HasNoThinAir(execution);
}

// With ATOMICITY the halves of a read-modify-write can be made neighbours in
// the order: whatever is behind the read and before the write would be in a
// cycle, or is unrelated to one of them.
bool IsSequentiallyConsistent(const LitmusExecution& execution) {
  return IsAcyclic(execution.sb | execution.rf | execution.mo |
                   ReadsBefore(execution)) &&
         IsAtomic(execution);
}

}  // namespace fozzy

// What one learns by synchronising with another.
#ifndef FOZZY_SIM_CORE_KNOWLEDGE_H_
#define FOZZY_SIM_CORE_KNOWLEDGE_H_

#include <algorithm>
#include <cstdint>

#include "sim/core/arena.h"
#include "sim/core/arena_pool.h"
#include "sim/core/sc_set.h"
#include "sim/core/vector_clock.h"

namespace fozzy {

// The part that only ScOrder asks for: sets of sequentially consistent events,
// that have happened before.  It is empty if `era` is not the present one.
struct ScKnowledge {
  uint64_t era = 0;
  ScSet fences;    // fences
  ScSet departed;  // those that something at another location came after
};

// The same of events in the chain (see sc_chain.h), each set as the number of
// the last of them.  They are written one by one right before they are copied:
// apart from each other, no compiler copies two at once, which would have to
// wait for both to be written.
struct ChainKnowledge {
  alignas(8) uint32_t fences = 0;
  alignas(8) uint32_t departed = 0;
};

// What happened before some point of a task: who stored it, hands it on.
struct Knowledge {
  VectorClock clock;
  ChainKnowledge chain;
  ScKnowledge* sc = nullptr;  // null: empty
  uint32_t references = 0;

  // Makes it empty and unreferenced, whatever it was: what it referred to is
  // gone.
  void Forget() {
    clock.Forget();
    chain.fences = 0;
    chain.departed = 0;
    sc = nullptr;
    references = 0;
  }
};

// Makes, joins and keeps knowledge.
class KnowledgePool {
 public:
  explicit KnowledgePool(Arena& arena)
      : clocks_(arena), knowledge_(arena), sc_(arena) {}

  // Starts a run; nothing made before is used after.
  void Reset();

  ClockPool& clocks() { return clocks_; }

  // Forgets the sequentially consistent part of all knowledge.
  void StartEra() { ++era_; }
  uint64_t era() const { return era_; }

  // Returns the sequentially consistent part, or null if it is empty.
  const ScKnowledge* ScOf(const Knowledge& knowledge) const {
    return knowledge.sc != nullptr && knowledge.sc->era == era_ ? knowledge.sc
                                                                : nullptr;
  }

  // Returns it for writing.
  ScKnowledge& MutableScOf(Knowledge& knowledge);

  // Returns a copy of `knowledge`, with one reference.
  [[gnu::always_inline]] Knowledge* Copy(const Knowledge& knowledge) {
    Knowledge* copy = knowledge_.Take();
    copy->clock.Forget();
    copy->clock.Assign(clocks_, knowledge.clock);
    copy->sc = nullptr;
    copy->references = 1;
    copy->chain.fences = knowledge.chain.fences;
    copy->chain.departed = knowledge.chain.departed;
    if (knowledge.sc != nullptr) JoinSc(*copy, knowledge);
    return copy;
  }

  // One more reference to `knowledge`, which may be null.
  static Knowledge* Share(Knowledge* knowledge) {
    if (knowledge != nullptr) ++knowledge->references;
    return knowledge;
  }

  // One less.
  void Drop(Knowledge* knowledge) {
    if (knowledge == nullptr || --knowledge->references != 0) return;
    Clear(*knowledge);
    knowledge_.Give(knowledge);
  }

  // Adds `from` to `to`.
  void Join(Knowledge& to, const Knowledge& from) {
    to.clock.Join(clocks_, from.clock);
    to.chain.fences = std::max(to.chain.fences, from.chain.fences);
    to.chain.departed = std::max(to.chain.departed, from.chain.departed);
    if (from.sc != nullptr) JoinSc(to, from);
  }

  // Adds `from`, which may be null, to what `to` refers to; others who refer
  // to the same keep what they have.
  void JoinShared(Knowledge*& to, Knowledge* from);

  // Makes `knowledge` empty.
  void Clear(Knowledge& knowledge) {
    knowledge.clock.Clear(clocks_);
    if (knowledge.sc != nullptr) ClearSc(knowledge);
  }

 private:
  void JoinSc(Knowledge& to, const Knowledge& from);
  void ClearSc(Knowledge& knowledge);

  ClockPool clocks_;
  ArenaPool<Knowledge> knowledge_;
  ArenaPool<ScKnowledge> sc_;
  uint64_t era_ = 1;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_KNOWLEDGE_H_

#include "sim/core/knowledge.h"

namespace fozzy {

void KnowledgePool::Reset() {
  clocks_.Reset();
  knowledge_.Reset();
  sc_.Reset();
  ++era_;
}

ScKnowledge& KnowledgePool::MutableScOf(Knowledge& knowledge) {
  if (knowledge.sc == nullptr) {
    knowledge.sc = sc_.Take();
    knowledge.sc->era = 0;
  }
  ScKnowledge& sc = *knowledge.sc;
  if (sc.era != era_) {
    sc.era = era_;
    sc.fences.Clear();
    sc.departed.Clear();
  }
  return sc;
}

void KnowledgePool::JoinShared(Knowledge*& to, Knowledge* from) {
  if (from == nullptr || to == from) return;
  if (to == nullptr) {
    to = Share(from);
    return;
  }
  if (to->references != 1) {
    Knowledge* copy = Copy(*to);
    Drop(to);
    to = copy;
  }
  Join(*to, *from);
}

void KnowledgePool::JoinSc(Knowledge& to, const Knowledge& from) {
  const ScKnowledge* theirs = ScOf(from);
  if (theirs == nullptr) return;
  ScKnowledge& ours = MutableScOf(to);
  ours.fences.Join(theirs->fences);
  ours.departed.Join(theirs->departed);
}

void KnowledgePool::ClearSc(Knowledge& knowledge) {
  sc_.Give(knowledge.sc);
  knowledge.sc = nullptr;
}

}  // namespace fozzy

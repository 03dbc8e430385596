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
    knowledge.sc->fences.Forget();
    knowledge.sc->followed.Forget();
    knowledge.sc->departed.Forget();
  } else if (knowledge.sc->era != era_) {
    knowledge.sc->fences.Clear(clocks_);
    knowledge.sc->followed.Clear(clocks_);
    knowledge.sc->departed.Clear(clocks_);
  }
  knowledge.sc->era = era_;
  return *knowledge.sc;
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
  ours.fences.Join(clocks_, theirs->fences);
  ours.followed.Join(clocks_, theirs->followed);
  ours.departed.Join(clocks_, theirs->departed);
}

void KnowledgePool::ClearSc(Knowledge& knowledge) {
  knowledge.sc->fences.Clear(clocks_);
  knowledge.sc->followed.Clear(clocks_);
  knowledge.sc->departed.Clear(clocks_);
  sc_.Give(knowledge.sc);
  knowledge.sc = nullptr;
}

}  // namespace fozzy

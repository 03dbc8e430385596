// The programs of the table, declared.  Each is instantiated in its file, with
// kMended false for the program with the bug and true for its twin.
#ifndef SCENARIOS_KNOWN_BUGS_PLANTED_BODIES_H_
#define SCENARIOS_KNOWN_BUGS_PLANTED_BODIES_H_

namespace fozzy::known_bugs {

template <bool kMended>
void AbbaDeadlock();
template <bool kMended>
void BakeryWithoutChoosing();
template <bool kMended>
void BankCheckOutsideLock();
template <bool kMended>
void CallbackLockOrder();
template <bool kMended>
void CausalityChainBroken();
template <bool kMended>
void DataRaceCounter();
template <bool kMended>
void DekkerAcquireRelease();
template <bool kMended>
void DiningPhilosophers();
template <bool kMended>
void FenceOnWrongSide();
template <bool kMended>
void IfInsteadOfWhile();
template <bool kMended>
void IndependentReads();
template <bool kMended>
void LockKeptByException();
template <bool kMended>
void LogPublishedRelaxed();
template <bool kMended>
void LostUpdate();
template <bool kMended>
void MessagePassingRelaxed();
template <bool kMended>
void NotifyAfterDestruction();
template <bool kMended>
void NotifyBeforeWait();
template <bool kMended>
void OneConditionTwoKinds();
template <bool kMended>
void PetersonAcquireRelease();
template <bool kMended>
void QueueLockLostSuccessor();
template <bool kMended>
void ReleaseSequenceBroken();
template <bool kMended>
void ShardedCounterSum();
template <bool kMended>
void SleeperCountedLate();
template <bool kMended>
void SpinLockRelaxedUnlock();
template <bool kMended>
void SplitFetchAdd();
template <bool kMended>
void StolenNotification();
template <bool kMended>
void StopFlagLostWakeup();
template <bool kMended>
void StoreBufferingMissingFence();
template <bool kMended>
void TicketLockSplit();
template <bool kMended>
void TimedLockFallback();
template <bool kMended>
void TornStatistics();
template <bool kMended>
void TryLockIgnored();
template <bool kMended>
void TwoPlusTwoWrites();

}  // namespace fozzy::known_bugs

#endif  // SCENARIOS_KNOWN_BUGS_PLANTED_BODIES_H_

// The programs of the table, declared.  Each is instantiated in its file, with
// kMended false for the program with the bug and true for its twin.
#ifndef SCENARIOS_KNOWN_BUGS_PLANTED_BODIES_H_
#define SCENARIOS_KNOWN_BUGS_PLANTED_BODIES_H_

namespace fozzy::known_bugs {

template <bool kMended>
void AbaTagWraps();
template <bool kMended>
void AbbaDeadlock();
template <bool kMended>
void BakeryWithoutChoosing();
template <bool kMended>
void BankCheckOutsideLock();
template <bool kMended>
void BarrierOpenedEarly();
template <bool kMended>
void BarrierSenseNotReversed();
template <bool kMended>
void BrokenPromise();
template <bool kMended>
void CallbackLockOrder();
template <bool kMended>
void CancelAfterFire();
template <bool kMended>
void CausalityChainBroken();
template <bool kMended>
void CopyOnWriteRelaxed();
template <bool kMended>
void DataRaceCounter();
template <bool kMended>
void DekkerAcquireRelease();
template <bool kMended>
void DiningPhilosophers();
template <bool kMended>
void DoubleCheckedLocking();
template <bool kMended>
void DoubleClose();
template <bool kMended>
void DoubleFreeTwoOwners();
template <bool kMended>
void EpochFreedEarly();
template <bool kMended>
void EpochPinUnfenced();
template <bool kMended>
void FenceOnWrongSide();
template <bool kMended>
void GracePeriodBeforeUnlink();
template <bool kMended>
void GracePeriodOneFlip();
template <bool kMended>
void HandOverHandGap();
template <bool kMended>
void HazardNotRenewed();
template <bool kMended>
void HazardNotRevalidated();
template <bool kMended>
void IfInsteadOfWhile();
template <bool kMended>
void IndependentReads();
template <bool kMended>
void InsertWithoutValidation();
template <bool kMended>
void LatchCountedTwice();
template <bool kMended>
void LazyInitNotAwaited();
template <bool kMended>
void LeakOnCancel();
template <bool kMended>
void LeaseOutlived();
template <bool kMended>
void LockKeptByException();
template <bool kMended>
void LogPublishedRelaxed();
template <bool kMended>
void LostUpdate();
template <bool kMended>
void MessagePassingRelaxed();
template <bool kMended>
void MirrorsDisagree();
template <bool kMended>
void MpmcRingWrongSequence();
template <bool kMended>
void MsQueueValueAfterSwing();
template <bool kMended>
void NotifyAfterDestruction();
template <bool kMended>
void NotifyBeforeWait();
template <bool kMended>
void OneConditionTwoKinds();
template <bool kMended>
void PermitLostOnTimeout();
template <bool kMended>
void PetersonAcquireRelease();
template <bool kMended>
void PoolStarvedByWaiting();
template <bool kMended>
void PromiseSetTwice();
template <bool kMended>
void QueueLockLostSuccessor();
template <bool kMended>
void QueueTailMovedBack();
template <bool kMended>
void QuiescenceNotedEarly();
template <bool kMended>
void ReadAfterFailedInit();
template <bool kMended>
void ReadLockUpgrade();
template <bool kMended>
void ReaderSlipsIn();
template <bool kMended>
void ReferenceCountRelaxed();
template <bool kMended>
void ReleaseSequenceBroken();
template <bool kMended>
void RetryWithStaleValue();
template <bool kMended>
void RowClaimedFromBothEnds();
template <bool kMended>
void SemaphoreReleasedUnheld();
template <bool kMended>
void SeqlockNumberWraps();
template <bool kMended>
void SeqlockTwoWriters();
template <bool kMended>
void SeqlockWithoutFences();
template <bool kMended>
void ShardedCounterSum();
template <bool kMended>
void SingletonDestroyedEarly();
template <bool kMended>
void SleeperCountedLate();
template <bool kMended>
void SnapshotOfEqualValues();
template <bool kMended>
void SpinLockRelaxedUnlock();
template <bool kMended>
void SpinOnPulse();
template <bool kMended>
void SplitFetchAdd();
template <bool kMended>
void SpscRingOffByOne();
template <bool kMended>
void SpscRingRelaxedIndex();
template <bool kMended>
void StolenNotification();
template <bool kMended>
void StopFlagLostWakeup();
template <bool kMended>
void StoreBufferingMissingFence();
template <bool kMended>
void SubmitAfterShutdown();
template <bool kMended>
void TerminationOneWave();
template <bool kMended>
void TicketLockSplit();
template <bool kMended>
void TimedLockFallback();
template <bool kMended>
void TimeoutAndResponse();
template <bool kMended>
void TimerRunsAfterClose();
template <bool kMended>
void TornStatistics();
template <bool kMended>
void TreiberStackAba();
template <bool kMended>
void TreiberStackUseAfterFree();
template <bool kMended>
void TryLockIgnored();
template <bool kMended>
void TwoLastReaders();
template <bool kMended>
void TwoPlusTwoWrites();
template <bool kMended>
void WakeupThrottled();
template <bool kMended>
void WeakHandleResurrects();
template <bool kMended>
void WorkStealingMissingFence();
template <bool kMended>
void WorkerOutlivesQueue();

}  // namespace fozzy::known_bugs

#endif  // SCENARIOS_KNOWN_BUGS_PLANTED_BODIES_H_

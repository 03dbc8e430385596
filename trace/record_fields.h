// Numbers of the fields of fozzy.trace.v1.Record and of what lies in it.
#ifndef FOZZY_TRACE_RECORD_FIELDS_H_
#define FOZZY_TRACE_RECORD_FIELDS_H_

#include <cstdint>

namespace fozzy {

inline constexpr uint32_t kRecordField = 1;  // of Chunk
inline constexpr uint32_t kAnswerField = 1;  // of Answers

inline constexpr uint32_t kRecordChoice = 1;
inline constexpr uint32_t kRecordAnswer = 2;
inline constexpr uint32_t kRecordMore = 3;
inline constexpr uint32_t kRecordWide = 4;
inline constexpr uint32_t kRecordTask = 5;
inline constexpr uint32_t kRecordEvent = 6;
inline constexpr uint32_t kRecordTime = 7;
inline constexpr uint32_t kRecordText = 8;
inline constexpr uint32_t kRecordNumber = 9;
inline constexpr uint32_t kRecordObservation = 10;
inline constexpr uint32_t kRecordName = 11;
inline constexpr uint32_t kRecordNumberCount = 12;

inline constexpr uint32_t kObservationKind = 1;
inline constexpr uint32_t kObservationNumber = 2;
inline constexpr uint32_t kObservationText = 3;

}  // namespace fozzy

#endif  // FOZZY_TRACE_RECORD_FIELDS_H_

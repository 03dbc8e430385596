// Early return of absl::Status and absl::StatusOr.
#ifndef FOZZY_SIM_BASE_STATUS_MACROS_H_
#define FOZZY_SIM_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns the status of `expression` from the function unless it is OK.
#define FOZZY_RETURN_IF_ERROR(expression)                               \
  do {                                                                  \
    if (absl::Status fozzy_status = (expression); !fozzy_status.ok()) { \
      return fozzy_status;                                              \
    }                                                                   \
  } while (false)

// Assigns the value of StatusOr `expression` to `target` (which may declare a
// variable), or returns its status from the function.
#define FOZZY_ASSIGN_OR_RETURN(target, expression)                     \
  FOZZY_ASSIGN_OR_RETURN_AT_(FOZZY_JOIN_(fozzy_or_, __LINE__), target, \
                             expression)

#define FOZZY_ASSIGN_OR_RETURN_AT_(result, target, expression) \
  auto result = (expression);                                  \
  if (!result.ok()) return result.status();                    \
  target = *std::move(result)
#define FOZZY_JOIN_(a, b) FOZZY_JOIN_AGAIN_(a, b)
#define FOZZY_JOIN_AGAIN_(a, b) a##b

#endif  // FOZZY_SIM_BASE_STATUS_MACROS_H_

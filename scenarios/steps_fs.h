// Steps on files.
#ifndef FOZZY_SCENARIOS_STEPS_FS_H_
#define FOZZY_SCENARIOS_STEPS_FS_H_

#include "scenarios/step_spec.h"

namespace fozzy {

struct FsWrite {
  enum Field : size_t { kPath, kData };
  static constexpr FieldSpec kFields[] = {
      {"path", FieldType::kText},
      {"data", FieldType::kText},
  };
  static void Run(StepRunner& runner, const Step& step);
};

struct FsReadAssert {
  enum Field : size_t { kPath, kEquals };
  static constexpr FieldSpec kFields[] = {
      {"path", FieldType::kText},
      {"equals", FieldType::kText},
  };
  static void Run(StepRunner& runner, const Step& step);
};

struct FsSnapshot {
  enum Field : size_t { kName };
  static constexpr FieldSpec kFields[] = {{"name", FieldType::kText}};
  static void Run(StepRunner& runner, const Step& step);
};

struct FsRestore {
  enum Field : size_t { kName };
  static constexpr FieldSpec kFields[] = {{"name", FieldType::kText}};
  static void Run(StepRunner& runner, const Step& step);
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEPS_FS_H_

// Bodies that are part of fozzy: to try it, and to test it.
#ifndef FOZZY_SCENARIOS_BODIES_BUILTIN_H_
#define FOZZY_SCENARIOS_BODIES_BUILTIN_H_

namespace fozzy {

// Registers examples/NAME, known_bugs/NAME with known_bugs/NAME-fixed,
// channels/NAME, and channels/mutants/NAME with channels/mutants/NAME-fixed.
void RegisterBuiltins();

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_BUILTIN_H_

// The functions of "fozzy/test.h", without GoogleTest.
#ifndef FOZZY_SCENARIOS_BODIES_TEST_INTERNAL_H_
#define FOZZY_SCENARIOS_BODIES_TEST_INTERNAL_H_

#include <string>

namespace fozzy {

void InitTests(int* argc, char** argv);

namespace test_internal {

bool Register(const char* name, void (*body)());
std::string Run(const char* name);
void ServeIfAsked();
std::string ReportUnmet();
void NoteFailure(const char* file, int line, const char* message);

}  // namespace test_internal
}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_TEST_INTERNAL_H_

// Bugs planted into lowered kernels are found by random ones, and shrink to a
// few lines.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "backends/compiler/differential.h"
#include "backends/compiler/program_generator.h"
#include "kernels/compiler/testing/backends.h"

namespace fozzy {
namespace {

using compiler::Block;
using compiler::Instruction;
using compiler::IrFunction;
using compiler::IrModule;
using compiler::Op;
using compiler::Scalar;

constexpr uint64_t kProgramsMax = 3000;
constexpr size_t kFoundMax = 6;
constexpr size_t kAnswersMax = 600;  // longer ones shrink for long
constexpr int kTrials = 1000;
constexpr std::ptrdiff_t kLinesMax = 10;  // shorter than that

// Changes one instruction as a wrong compiler would.
using Plant = void (*)(IrModule& module, IrFunction& function,
                       Instruction& code);

struct Bug {
  const char* name;
  Plant plant;
};

const Bug kBugs[] = {
    {"AdditionSubtracts",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kAdd && code.type == Scalar::kI64) {
         code.op = Op::kSubtract;
       }
     }},
    {"LessIncludesEqual",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kLess) code.op = Op::kLessEqual;
     }},
    {"ShiftsGoTheOtherWay",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kShiftLeft) code.op = Op::kShiftRight;
     }},
    {"NarrowingKeepsTheHighBits",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kNarrow) code.op = Op::kWiden;
     }},
    {"RemaindersAreTakenForPositive",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kRemainder) code.never_negative = true;
     }},
    {"TheFirstTwoCasesAreExchanged",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.cases.size() < 2) return;
       std::swap(code.cases[0].block, code.cases[1].block);
     }},
    {"TheLastCaseIsForgotten",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.cases.size() > 1 && code.index != compiler::kNone) {
         code.cases.pop_back();
       }
     }},
    {"TrimKeepsTheBlanks",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kTrim) code.op = Op::kCopy;
     }},
    {"EqualTextsNeedOnlyBeginAlike",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kTextEqual) code.op = Op::kStartsWith;
     }},
    {"EndsAreTakenForBeginnings",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kEndsWith) code.op = Op::kStartsWith;
     }},
    {"HostsSeeInternalTags",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kExternalTag) code.op = Op::kCopy;
     }},
    {"TheLastOfAWindowIsNotChecked",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.window.size() > 1) code.window.pop_back();
     }},
    {"CopiedArraysKeepTheirOldElements",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kCopyArray) code.other = code.array;
     }},
    {"StoresHitTheFirstElement",
     [](IrModule&, IrFunction& function, Instruction& code) {
       if (code.op != Op::kStore || function.registers[code.a].is_constant) {
         return;
       }
       for (uint32_t i = 0; i < function.registers.size(); ++i) {
         const compiler::Register& reg = function.registers[i];
         const bool is_same = reg.type == function.registers[code.a].type;
         if (reg.is_constant && is_same && reg.value == 0) code.a = i;
       }
     }},
    {"RefusalsOfTheHostAreNamedElsewhere",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kHostCall) code.at.column += 1;
     }},
    {"CallsWithoutArgumentsAreForgotten",
     [](IrModule&, IrFunction&, Instruction& code) {
       if (code.op == Op::kHostCall && code.args.empty() &&
           code.results.empty() && code.arrays.empty()) {
         code.op = Op::kTurn;
       }
     }},
};

void PlantEverywhere(IrModule& module, void* context) {
  const Bug& bug = *static_cast<const Bug*>(context);
  for (IrFunction& function : module.functions) {
    for (Block& block : function.blocks) {
      for (Instruction& code : block.code) {
        bug.plant(module, function, code);
      }
    }
  }
}

bool IsFoundBy(Bug& bug, const std::vector<uint64_t>& answers) {
  ListedChoices choices(answers);
  compiler::ProgramOptions options =
      compiler::Configured(compiler::Backend::kVm, compiler::FastPath::kOn);
  options.after_lowering = PlantEverywhere;
  options.after_lowering_context = &bug;
  return !FindDifference(GenerateProgram(choices), {options}).empty();
}

class PlantedMiscompilationTest : public testing::TestWithParam<Bug> {};

// Returns the first few lists that show `bug`, the shortest first.
std::vector<std::vector<uint64_t>> Find(Bug& bug) {
  std::vector<std::vector<uint64_t>> found;
  for (uint64_t seed = 0; seed < kProgramsMax; ++seed) {
    if (found.size() == kFoundMax) break;
    DrawnChoices choices(seed);
    GenerateProgram(choices);
    if (choices.answers().size() > kAnswersMax) continue;
    if (IsFoundBy(bug, choices.answers())) found.push_back(choices.answers());
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.size() < b.size(); });
  return found;
}

// Returns what `answers` shrink to.
std::string Shrunk(Bug& bug, const std::vector<uint64_t>& answers) {
  const std::vector<uint64_t> small = ShrinkGenerated(
      answers, kTrials, [&](const std::vector<uint64_t>& candidate) {
        return IsFoundBy(bug, candidate);
      });
  ListedChoices listed(small);
  return GenerateProgram(listed);
}

TEST_P(PlantedMiscompilationTest, IsFoundAndShrinksToAFewLines) {
  Bug bug = GetParam();
  const std::vector<std::vector<uint64_t>> found = Find(bug);
  ASSERT_FALSE(found.empty());
  std::string program;
  for (const std::vector<uint64_t>& answers : found) {
    program = Shrunk(bug, answers);
    if (std::count(program.begin(), program.end(), '\n') < kLinesMax) return;
  }
  FAIL() << "none of " << found.size() << " shrinks so far, not even\n"
         << program;
}

INSTANTIATE_TEST_SUITE_P(Bugs, PlantedMiscompilationTest,
                         testing::ValuesIn(kBugs), [](const auto& bug) {
                           return std::string(bug.param.name);
                         });

}  // namespace
}  // namespace fozzy

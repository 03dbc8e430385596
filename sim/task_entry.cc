#include "sim/task_entry.h"

#include <cxxabi.h>

#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <typeinfo>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/current.h"
#include "sim/simulation.h"

namespace fozzy {
namespace {

// An exception that is being handled.
struct Thrown {
  std::string type;  // "std::runtime_error", say
  std::string what;
};

std::string TypeOfCurrent() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "exception of another language";
  struct Free {
    void operator()(char* text) const { std::free(text); }
  };
  const std::unique_ptr<char, Free> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, nullptr));
  return name == nullptr ? type->name() : name.get();
}

// Requires that one is being handled.
Thrown DescribeCurrent() {
  Thrown thrown = {TypeOfCurrent(), ""};
  try {
    throw;
  } catch (const std::exception& exception) {
    thrown.what = exception.what();
  } catch (...) {
    thrown.what = "not a std::exception";
  }
  return thrown;
}

}  // namespace

void CallUserCode(void (*function)(void*), void* argument) {
  Thrown thrown;
  try {
    function(argument);
    Simulation& simulation = *Simulation::current();
    simulation.storage().Leave(simulation.task());
    return;
  } catch (...) {
    thrown = DescribeCurrent();
  }
  // Out of the handler: the run ends here, and nothing is left behind.
  Simulation& simulation = *Simulation::current();
  simulation.Fail(FindingKind::kPanic, absl::StrCat("uncaught ", thrown.type),
                  absl::StrCat(simulation.NameOf(simulation.task()),
                               " let an exception escape after ",
                               PlaceOf(simulation.site()), ": ", thrown.type,
                               ": ", thrown.what));
}

TerminateInRun::TerminateInRun()
    : before_(std::get_terminate()), is_outermost_(before_ != &Terminate) {
  if (!is_outermost_) return;
  before_in_run.store(before_, std::memory_order_relaxed);
  std::set_terminate(&Terminate);
}

TerminateInRun::~TerminateInRun() {
  if (is_outermost_) std::set_terminate(before_);
}

void TerminateInRun::Terminate() {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) {
    // A thread of the host.
    const std::terminate_handler before =
        before_in_run.load(std::memory_order_relaxed);
    FOZZY_CHECK(before != nullptr);
    before();
    CheckFailed(__FILE__, __LINE__, "terminate handlers do not return");
  }
  const std::string who = absl::StrCat(simulation->NameOf(simulation->task()),
                                       " called std::terminate after ",
                                       PlaceOf(simulation->site()));
  if (std::current_exception() == nullptr) {
    simulation->Fail(FindingKind::kPanic, "std::terminate", who);
  }
  const Thrown thrown = DescribeCurrent();
  simulation->Fail(FindingKind::kPanic,
                   absl::StrCat("std::terminate, ", thrown.type),
                   absl::StrCat(who, ": ", thrown.type, ": ", thrown.what));
}

std::atomic<std::terminate_handler> TerminateInRun::before_in_run = nullptr;

}  // namespace fozzy

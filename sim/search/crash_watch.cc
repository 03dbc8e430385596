#include "sim/search/crash_watch.h"

#include <sys/resource.h>

#include <bit>
#include <cstring>
#include <string_view>

#include "sim/base/check.h"
#include "sim/current.h"
#include "sim/simulation.h"

namespace fozzy {
namespace {

constexpr size_t kStackBytes = size_t{64} << 10;
// Below it lies nothing: such an address is an offset into nothing.
constexpr size_t kNullBytes = 4096;

bool IsNull(const void* address) {
  return std::bit_cast<uint64_t>(address) < kNullBytes;
}

// Text that is put together without memory.
class Words {
 public:
  void Put(std::string_view text) {
    for (size_t i = 0; i < text.size() && size_ < sizeof(text_); ++i) {
      text_[size_++] = text[i];
    }
  }
  void Put(uint32_t number) {
    if (number >= 10) Put(number / 10);
    const char digit = static_cast<char>('0' + number % 10);
    Put(std::string_view(&digit, 1));
  }
  template <size_t kSize>
  void Write(char (&room)[kSize]) const {
    const size_t size = size_ < kSize ? size_ : kSize - 1;
    std::memcpy(room, text_, size);
    room[size] = '\0';
  }

 private:
  char text_[80] = {};
  size_t size_ = 0;
};

void PutTask(const Simulation& simulation, CrashNote& note) {
  const TaskId task = simulation.task();
  Words words;
  words.Put(simulation.GivenName(task));
  if (simulation.GivenName(task).empty()) {
    words.Put(task.value == 0 ? "main" : "task ");
    if (task.value > 0) words.Put(task.value - 1);
  }
  words.Write(note.task);
}

void PutPlace(Site site, CrashNote& note) {
  if (site.file == nullptr) return;
  const std::string_view file = site.file;
  Words words;
  words.Put(file.substr(file.rfind('/') + 1));
  words.Put(":");
  words.Put(site.line);
  words.Write(note.place);
}

}  // namespace

CrashWatch* CrashWatch::active = nullptr;

CrashWatch::CrashWatch(CrashNote& note, void (*then)(void*), void* argument)
    : note_(note),
      then_(then),
      argument_(argument),
      outer_(active),
      stack_(kStackBytes) {
  active = this;
  stack_t stack = {};
  stack.ss_sp = stack_.data();
  stack.ss_size = stack_.size();
  FOZZY_CHECK(sigaltstack(&stack, &stack_before_) == 0);
  struct sigaction action = {};
  action.sa_sigaction = &CrashWatch::Handle;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < kSignals.size(); ++i) {
    FOZZY_CHECK(sigaction(kSignals[i], &action, &before_[i]) == 0);
  }
}

CrashWatch::~CrashWatch() {
  for (size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &before_[i], nullptr);
  }
  sigaltstack(&stack_before_, nullptr);
  active = outer_;
}

void CrashWatch::LeaveNoCore() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
  limit.rlim_cur = 0;
  setrlimit(RLIMIT_CORE, &limit);
}

void CrashWatch::Handle(int signal, siginfo_t* info, void* context) {
  static_cast<void>(context);
  const bool is_sent = info->si_code <= 0;
  active->Note(signal, is_sent ? nullptr : info);
  if (active->then_ != nullptr) active->then_(active->argument_);
  active->GiveBack(signal);
  // What the processor raised comes again by itself.
  if (is_sent) raise(signal);
}

void CrashWatch::Note(int signal, const siginfo_t* fault) {
  note_.signal = signal;
  if (fault != nullptr) {
    note_.is_null = signal == SIGSEGV && IsNull(fault->si_addr);
  }
  const Simulation* const simulation = current_simulation.simulation;
  if (simulation == nullptr) return;
  note_.is_overflow =
      fault != nullptr && simulation->IsStackOverflow(fault->si_addr);
  note_.stack_bytes = simulation->stack_bytes();
  PutTask(*simulation, note_);
  PutPlace(simulation->site(), note_);
}

// Lets the signal do what it did before anybody watched.
void CrashWatch::GiveBack(int signal) const {
  const CrashWatch* first = this;
  while (first->outer_ != nullptr) first = first->outer_;
  for (size_t i = 0; i < kSignals.size(); ++i) {
    if (kSignals[i] == signal) {
      sigaction(signal, &first->before_[i], nullptr);
    }
  }
}

}  // namespace fozzy

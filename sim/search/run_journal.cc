#include "sim/search/run_journal.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

// Taken page by page as it is written.  A run of a million schedule points,
// the most without an option, has about 60 MB.
constexpr size_t kBytes = size_t{256} << 20;

enum Record : uint64_t {
  kTask = 1,
  kValue,
  kOp,
  kLog,
  kName,
  kFile,
  kOutcome,
};

}  // namespace

struct RunJournal::Head {
  // Set after the record is there.
  volatile uint64_t bytes = 0;
  volatile bool is_full = false;
  Progress progress;
  CrashNote note;
};

RunJournal::RunJournal() {
  void* const memory = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  FOZZY_CHECK(memory != MAP_FAILED);
  head_ = ::new (memory) Head;
}

RunJournal::~RunJournal() { munmap(head_, kBytes); }

void RunJournal::Clear() { head_ = ::new (static_cast<void*>(head_)) Head; }

void RunJournal::Append(absl::string_view record) {
  const uint64_t bytes = head_->bytes;
  if (head_->is_full || record.size() > kBytes - sizeof(Head) - bytes) {
    head_->is_full = true;
    return;
  }
  std::memcpy(reinterpret_cast<char*>(head_ + 1) + bytes, record.data(),
              record.size());
  head_->bytes = bytes + record.size();
}

absl::string_view RunJournal::records() const {
  return {reinterpret_cast<const char*>(head_ + 1), head_->bytes};
}

bool RunJournal::is_full() const { return head_->is_full; }
RunJournal::Progress& RunJournal::progress() { return head_->progress; }
CrashNote& RunJournal::note() { return head_->note; }

MessageWriter JournalWriter::Begin(uint64_t kind) {
  record_.clear();
  MessageWriter writer(record_);
  writer.Put(kind);
  return writer;
}

void JournalWriter::End() {
  const Executor& executor = simulation_.executor();
  journal_.progress() = {executor.digest().low(), executor.digest().high(),
                         executor.points(), executor.now()};
  journal_.Append(record_);
}

void JournalWriter::OnTask(const TaskChoice& choice, uint32_t answer) {
  MessageWriter writer = Begin(kTask);
  const uint32_t current = choice.current.value;
  writer.Put(uint64_t{answer});
  writer.Put(uint64_t{current});
  writer.Put(current < choice.pending.size()
                 ? uint64_t{static_cast<uint8_t>(choice.pending[current].kind)}
                 : 0);
  writer.Put(choice.point);
  writer.Put(uint64_t{choice.runnable.size()});
  for (const TaskId task : choice.runnable) writer.Put(uint64_t{task.value});
  End();
}

void JournalWriter::OnValue(const ValueChoice& choice, uint64_t answer) {
  MessageWriter writer = Begin(kValue);
  writer.Put(answer);
  writer.Put(uint64_t{static_cast<uint8_t>(choice.kind)});
  writer.Put(choice.last);
  writer.Put(uint64_t{choice.key.task.value});
  writer.Put(choice.key.ordinal);
  End();
}

void JournalWriter::OnOp(const Op& op, Site site) {
  NoteName(op.task);
  const uint64_t file = FileOf(site);
  MessageWriter writer = Begin(kOp);
  writer.Put(uint64_t{static_cast<uint8_t>(op.kind)});
  writer.Put(uint64_t{op.object});
  writer.Put(uint64_t{op.offset});
  writer.Put(uint64_t{op.size});
  writer.Put(uint64_t{static_cast<uint8_t>(op.order)});
  writer.Put(uint64_t{op.site});
  writer.Put(uint64_t{op.task.value});
  writer.Put(file);
  writer.Put(uint64_t{site.line});
  End();
}

void JournalWriter::OnLog(TaskId task, uint64_t now, std::string_view text) {
  MessageWriter writer = Begin(kLog);
  writer.Put(uint64_t{task.value});
  writer.Put(now);
  writer.Put(absl::string_view(text.data(), text.size()));
  End();
}

void JournalWriter::Finish(const RunOutcome& outcome) {
  MessageWriter writer = Begin(kOutcome);
  writer.Put(outcome);
  End();
}

void JournalWriter::NoteName(TaskId task) {
  const std::string_view name = simulation_.GivenName(task);
  if (task.value >= names_.size()) names_.resize(task.value + 1);
  if (names_[task.value] == name) return;
  names_[task.value] = name;
  MessageWriter writer = Begin(kName);
  writer.Put(uint64_t{task.value});
  writer.Put(absl::string_view(name.data(), name.size()));
  End();
}

// Returns 1 + the place of the file among those that are written down, or 0.
uint64_t JournalWriter::FileOf(Site site) {
  if (site.file == nullptr) return 0;
  const auto known = std::find(files_.begin(), files_.end(), site.file);
  const auto place = static_cast<uint64_t>(known - files_.begin());
  if (known == files_.end()) {
    files_.push_back(site.file);
    MessageWriter writer = Begin(kFile);
    writer.Put(absl::string_view(site.file));
    End();
  }
  return place + 1;
}

void JournalReader::Read(const RunJournal& journal, Strategy& strategy,
                         BodyListener& listener) {
  names_.clear();
  files_.assign(1, nullptr);
  last_task_ = {};
  last_site_ = {};
  outcome_.reset();
  MessageReader reader(journal.records());
  while (!reader.is_at_end()) {
    switch (reader.Number()) {
      case kTask:
        ReadTask(reader, strategy, listener);
        break;
      case kValue:
        ReadValue(reader, strategy, listener);
        break;
      case kOp:
        ReadOp(reader, strategy, listener);
        break;
      case kLog: {
        const TaskId task{static_cast<uint32_t>(reader.Number())};
        const uint64_t now = reader.Number();
        listener.OnLog(task, now, reader.Text());
        break;
      }
      case kName: {
        const auto task = static_cast<uint32_t>(reader.Number());
        names_[task] = reader.Text();
        break;
      }
      case kFile:
        files_.push_back(texts_.insert(reader.Text()).first->c_str());
        break;
      case kOutcome:
        outcome_ = reader.Outcome();
        break;
      default:
        return;
    }
  }
}

void JournalReader::ReadTask(MessageReader& reader, Strategy& strategy,
                             BodyListener& listener) {
  const auto answer = static_cast<uint32_t>(reader.Number());
  TaskChoice choice;
  choice.current = TaskId{static_cast<uint32_t>(reader.Number())};
  std::vector<Op> pending(choice.current.value + 1);
  pending.back().kind = static_cast<OpKind>(reader.Number());
  choice.pending = pending;
  choice.point = reader.Number();
  std::vector<TaskId> runnable;
  for (uint64_t left = reader.Number(); left > 0 && reader.is_sound(); --left) {
    runnable.push_back(TaskId{static_cast<uint32_t>(reader.Number())});
  }
  if (answer >= runnable.size()) return;
  choice.runnable = runnable;
  strategy.PickTask(choice);
  listener.OnTask(choice, answer);
  last_task_ = runnable[answer];
}

void JournalReader::ReadValue(MessageReader& reader, Strategy& strategy,
                              BodyListener& listener) {
  const uint64_t answer = reader.Number();
  ValueChoice choice;
  choice.kind = static_cast<ChoiceKind>(reader.Number());
  choice.last = reader.Number();
  choice.key.task = TaskId{static_cast<uint32_t>(reader.Number())};
  choice.key.kind = choice.kind;
  choice.key.ordinal = reader.Number();
  strategy.PickValue(choice);
  listener.OnValue(choice, answer);
}

void JournalReader::ReadOp(MessageReader& reader, Strategy& strategy,
                           BodyListener& listener) {
  Op op;
  op.kind = static_cast<OpKind>(reader.Number());
  op.object = static_cast<uint32_t>(reader.Number());
  op.offset = static_cast<uint16_t>(reader.Number());
  op.size = static_cast<uint16_t>(reader.Number());
  op.order = static_cast<MemoryOrder>(reader.Number());
  op.site = static_cast<uint32_t>(reader.Number());
  op.task = TaskId{static_cast<uint32_t>(reader.Number())};
  const uint64_t file = reader.Number();
  Site site;
  site.line = static_cast<uint32_t>(reader.Number());
  site.file = file < files_.size() ? files_[file] : nullptr;
  if (strategy.WantsOps()) strategy.Executed(op);
  listener.OnOp(op, site);
  last_task_ = op.task;
  last_site_ = site;
}

std::string JournalReader::NameOf(TaskId task) const {
  const auto name = names_.find(task.value);
  if (name != names_.end() && !name->second.empty()) return name->second;
  if (task.value == 0) return "main";
  if (task == kTimerTask) return "timer";
  return absl::StrCat("task ", task.value - 1);
}

}  // namespace fozzy

#include "kernels/compiler/host/native_runtime.h"

#include <cstring>

#include "absl/strings/match.h"
#include "kernels/compiler/text_ops.h"
#include "kernels/compiler/text_store.h"

namespace fozzy::compiler {
namespace {

absl::string_view View(const NativeText& text) {
  return {text.bytes, static_cast<size_t>(text.size)};
}

}  // namespace

// What native code calls.  Those that fail hold nothing with a destructor when
// they do.
struct NativeRuntime {
  static void FailAt(NativeContext* context, int64_t kind, int64_t place,
                     const int64_t* slot) {
    NativeRun::Of(context).Fail(static_cast<FailureKind>(kind), place, slot[0],
                                slot[1]);
  }

  static Handles& Table(NativeContext* context) {
    return NativeRun::Of(context).handles_;
  }

  static int64_t ArrayNew(NativeContext* context, int64_t length) {
    return Table(context).NewArray(static_cast<uint32_t>(length));
  }
  static int64_t ArrayClone(NativeContext* context, int64_t array) {
    return Table(context).CloneArray(array);
  }
  static void ArrayFree(NativeContext* context, int64_t array) {
    Table(context).FreeArray(array);
  }

  static void ArrayGet(NativeContext* context, int64_t array, int64_t* slot) {
    Slot value;
    if (!Table(context).Get(array, slot[2], value)) {
      NativeRun::Of(context).Fail(FailureKind::kBounds, slot[3], slot[2],
                                  Table(context).LengthOf(array));
    }
    slot[0] = value.first;
    slot[1] = value.second;
  }

  static void ArraySet(NativeContext* context, int64_t array,
                       const int64_t* slot) {
    if (Table(context).Set(array, slot[2], {slot[0], slot[1]})) return;
    NativeRun::Of(context).Fail(FailureKind::kBounds, slot[3], slot[2],
                                Table(context).LengthOf(array));
  }

  static void ArrayCopy(NativeContext* context, int64_t to, int64_t from) {
    Table(context).CopyArray(to, from);
  }

  static void ArrayFill(NativeContext* context, int64_t array,
                        const int64_t* slot) {
    const int64_t length = Table(context).LengthOf(array);
    for (int64_t i = 0; i < length; ++i) {
      Table(context).Set(array, i, {slot[0], slot[1]});
    }
  }

  static NativeText Trim(NativeContext*, const char* bytes, int64_t size) {
    const absl::string_view trimmed =
        Trimmed({bytes, static_cast<size_t>(size)});
    return {trimmed.data(), static_cast<int64_t>(trimmed.size())};
  }

  static NativeText Replace(NativeContext* context, const NativeText* three,
                            int64_t place) {
    NativeRun& run = NativeRun::Of(context);
    const auto size = static_cast<int64_t>(
        ReplacedSize(View(three[0]), View(three[1]), View(three[2])));
    if (size > kTextBytesMax) {
      run.Fail(FailureKind::kText, place, size, kTextBytesMax);
    }
    if (size > kTextSpaceBytes - context->text_used) {
      run.Fail(FailureKind::kMemory, place, 0, kTextSpaceBytes);
    }
    char* const out = run.bytes_.get() + context->text_used;
    ReplaceInto(View(three[0]), View(three[1]), View(three[2]), out);
    context->text_used += size;
    return {out, size};
  }

  static int64_t HasPart(NativeContext*, const NativeText* two) {
    return Contains(View(two[0]), View(two[1]));
  }

  static int64_t Literal(NativeContext* context, int64_t text) {
    return NativeRun::Of(context).literals_[static_cast<size_t>(text)];
  }

  static int64_t TrimInterned(NativeContext* context, int64_t text) {
    Handles& table = Table(context);
    return table.Intern(Trimmed(table.TextOf(text)));
  }

  // Returns the handle, or what goes wrong: minus the size of a string that
  // is too long.
  static int64_t TryReplace(Handles& table, int64_t text, const int64_t* slot) {
    const absl::string_view whole = table.TextOf(text);
    const absl::string_view from = table.TextOf(slot[0]);
    const absl::string_view to = table.TextOf(slot[1]);
    const size_t size = ReplacedSize(whole, from, to);
    if (size > static_cast<size_t>(kTextBytesMax)) {
      return -static_cast<int64_t>(size);
    }
    std::string bytes(size, '\0');
    ReplaceInto(whole, from, to, bytes.data());
    return table.Intern(bytes);
  }

  static int64_t ReplaceInterned(NativeContext* context, int64_t text,
                                 int64_t place, const int64_t* slot) {
    const int64_t made = TryReplace(Table(context), text, slot);
    if (made < 0) {
      NativeRun::Of(context).Fail(FailureKind::kText, place, -made,
                                  kTextBytesMax);
    }
    return made;
  }

  static int64_t TestInterned(NativeContext* context, int64_t op, int64_t text,
                              int64_t part) {
    Handles& table = Table(context);
    const absl::string_view whole = table.TextOf(text);
    switch (static_cast<Op>(op)) {
      case Op::kContains:
        return Contains(whole, table.TextOf(part));
      case Op::kStartsWith:
        return absl::StartsWith(whole, table.TextOf(part));
      default:
        return absl::EndsWith(whole, table.TextOf(part));
    }
  }

  static int64_t LengthInterned(NativeContext* context, int64_t text) {
    return static_cast<int64_t>(Table(context).TextOf(text).size());
  }

  static int64_t HostCall(NativeContext* context, int64_t function,
                          const int64_t* words, int64_t place) {
    NativeRun& run = NativeRun::Of(context);
    int64_t result = 0;
    if (!run.CallHost(static_cast<uint32_t>(function), words, result)) {
      run.Fail(FailureKind::kHost, place, 0, 0);
    }
    return result;
  }
};

const NativeCalls kNativeCalls = {
    .fail = NativeRuntime::FailAt,
    .array_new = NativeRuntime::ArrayNew,
    .array_clone = NativeRuntime::ArrayClone,
    .array_free = NativeRuntime::ArrayFree,
    .array_get = NativeRuntime::ArrayGet,
    .array_set = NativeRuntime::ArraySet,
    .array_copy = NativeRuntime::ArrayCopy,
    .array_fill = NativeRuntime::ArrayFill,
    .trim = NativeRuntime::Trim,
    .replace = NativeRuntime::Replace,
    .contains = NativeRuntime::HasPart,
    .literal = NativeRuntime::Literal,
    .trim_interned = NativeRuntime::TrimInterned,
    .replace_interned = NativeRuntime::ReplaceInterned,
    .test_interned = NativeRuntime::TestInterned,
    .length_interned = NativeRuntime::LengthInterned,
    .host_call = NativeRuntime::HostCall,
};

NativeRun::NativeRun(const IrModule& module, Handles& handles, Host& host,
                     uint64_t loops_max)
    : module_(module), handles_(handles), host_(host), loops_max_(loops_max) {
  context_.run = this;
  if (module.has_text_views) bytes_.reset(new char[kTextSpaceBytes]);
}

Outcome NativeRun::Run(NativeCode::Entry entry, uint32_t function,
                       const std::vector<int64_t>& arguments) {
  handles_.Reset();
  literals_.clear();
  if (!module_.has_text_views) {
    for (const std::string& text : module_.texts) {
      literals_.push_back(handles_.Intern(text));
    }
  }
  context_.text_used = 0;
  context_.turns_left =
      static_cast<int64_t>(loops_max_ == 0 ? uint64_t{INT64_MAX} : loops_max_);
  failure_ = {};
  if (setjmp(failed_) != 0) return {failure_, 0};
  const int64_t number = entry(&context_, arguments.data());
  const IrFunction& source = module_.functions[function];
  if (source.results.empty() || source.results.front() != Scalar::kTag) {
    return {{}, number};
  }
  return {{},
          module_.has_compact_tags
              ? module_.external_tags[source.result_enum]
                                     [static_cast<size_t>(number)]
              : number};
}

void NativeRun::Fail(FailureKind kind, int64_t place, int64_t found,
                     int64_t limit) {
  failure_.kind = kind;
  failure_.at.line = static_cast<uint32_t>(place >> 32);
  failure_.at.column = static_cast<uint32_t>(place);
  failure_.found = found;
  failure_.limit =
      kind == FailureKind::kLoops ? static_cast<int64_t>(loops_max_) : limit;
  std::longjmp(failed_, 1);
}

bool NativeRun::CallHost(uint32_t function, const int64_t* words,
                         int64_t& result) {
  const IrFunction& callee = module_.functions[function];
  std::vector<HostValue> values;
  size_t scalar = 0;
  size_t array = 0;
  for (const bool is_array : callee.parameter_is_array) {
    HostValue& value = values.emplace_back();
    if (is_array) {
      value.numbers = Elements(*words++, callee.array_enums[array++]);
      continue;
    }
    const Scalar type = callee.parameters[scalar++];
    if (type != Scalar::kStr) {
      value.number = *words++;
    } else if (module_.has_text_views) {
      const char* bytes = nullptr;
      std::memcpy(&bytes, words, sizeof(bytes));
      value.text.assign(bytes, static_cast<size_t>(words[1]));
      words += 2;
    } else {
      value.text = std::string(handles_.TextOf(*words++));
    }
  }
  if (!host_.Call(callee.name, values, result)) return false;
  if (callee.results.empty()) return true;
  if (callee.results.front() == Scalar::kI32) result = Cut32(result);
  if (callee.results.front() == Scalar::kBool) result = result != 0;
  return true;
}

std::vector<int64_t> NativeRun::Elements(int64_t array, uint32_t enum_index) {
  std::vector<int64_t> numbers;
  const int64_t length = handles_.LengthOf(array);
  for (int64_t i = 0; i < length; ++i) {
    Slot slot;
    handles_.Get(array, i, slot);
    const bool is_tag = enum_index != kNone && module_.has_compact_tags;
    numbers.push_back(
        is_tag
            ? module_.external_tags[enum_index][static_cast<size_t>(slot.first)]
            : slot.first);
  }
  return numbers;
}

}  // namespace fozzy::compiler

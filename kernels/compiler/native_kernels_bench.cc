// The eight kernels of eight_kernels.cc in C++: the yardstick.  Compiled by
// other compilers with their own flags, so nothing of ours is included.
//
// Whatever is `opaque` there passes through the same empty assembly here.
#include <cstdint>
#include <string>
#include <string_view>

namespace {

template <class T>
inline T Opaque(T value) {
  asm volatile("" : "+r"(value));
  return value;
}

inline std::string_view Opaque(std::string_view text) {
  return {Opaque(text.data()), Opaque(text.size())};
}

constexpr int32_t kTurnsMax = 8'000'000;

struct Pair {
  int32_t left;
  int32_t right;
};

int32_t Weigh(Pair pair) { return (3 * pair.left + 5 * pair.right) % 251; }

int32_t AbiPair(int32_t n) {
  if (n > kTurnsMax) return -1;
  int32_t acc = 0;
  for (int32_t i = 0; i < n; ++i) {
    const Pair pair{i, acc};
    acc = (acc + Weigh(pair)) % 251;
  }
  return acc;
}

int32_t Arithmetic(int32_t n) {
  if (n > kTurnsMax) return -1;
  int32_t acc = 7;
  for (int32_t i = 0; i < n; ++i) {
    const int32_t v = (13 * i + 7 * acc) % 1000003;
    const int32_t w = (v ^ 5921370) & 16777215;
    acc = (acc + w % 251) % 251;
  }
  return acc;
}

int32_t Bytes(int32_t n) {
  const int32_t table[] = {Opaque(1), Opaque(2), Opaque(3), Opaque(4),
                           Opaque(5), Opaque(6), Opaque(7), Opaque(8)};
  int32_t acc = 0;
  int32_t off = 0;
  for (int32_t i = 0; i < n; ++i) {
    const int32_t v = table[off] + (table[off + 1] << 8) +
                      (table[off + 2] << 16) + (table[off + 3] << 24);
    acc = (acc + v % 251) % 251;
    ++off;
    if (off == 5) off = 0;
  }
  return acc;
}

int32_t Parse(std::string_view name) {
  if (name == "time") return 3;
  if (name == "rng") return 5;
  if (name == "fs") return 7;
  if (name == "http") return 11;
  if (name == "proc") return 13;
  if (name == "mem") return 17;
  if (name == "thread") return 19;
  return 23;
}

int32_t Capability(int32_t n) {
  constexpr std::string_view kNames[] = {"time", "rng", "fs",     "http",
                                         "proc", "mem", "thread", "bad"};
  int32_t acc = 0;
  int32_t at = 0;
  for (int32_t i = 0; i < n; ++i) {
    acc = (acc + Parse(Opaque(kNames[at]))) % 251;
    ++at;
    if (at == 8) at = 0;
  }
  return acc;
}

int32_t Duration(int32_t n) {
  int32_t acc = 0;
  for (int32_t i = 0; i < n; ++i) {
    const int32_t c = Opaque(3) + 17;
    const int32_t d = c - 3;
    acc = (acc + d % 251) % 251;
  }
  return acc;
}

enum class Code {
  kInvalidInput,
  kNotFound,
  kConflict,
  kTimeout,
  kIo,
  kInternal
};
enum class Class { kTransport, kParse, kTimeout, kPolicy, kInternal };

Class Classify(Code code) {
  switch (code) {
    case Code::kIo:
      return Class::kTransport;
    case Code::kInvalidInput:
      return Class::kParse;
    case Code::kTimeout:
      return Class::kTimeout;
    case Code::kConflict:
      return Class::kPolicy;
    case Code::kNotFound:
    case Code::kInternal:
      return Class::kInternal;
  }
  __builtin_unreachable();
}

int32_t Score(Class of) {
  switch (of) {
    case Class::kTransport:
      return 11;
    case Class::kParse:
      return 17;
    case Class::kTimeout:
      return 23;
    case Class::kPolicy:
      return 31;
    case Class::kInternal:
      return 43;
  }
  __builtin_unreachable();
}

int32_t Resultx(int32_t n) {
  constexpr Code kCodes[] = {
      Code::kInvalidInput, Code::kNotFound, Code::kConflict,    Code::kTimeout,
      Code::kIo,           Code::kInternal, Code::kInvalidInput};
  int32_t acc = 0;
  int32_t at = 0;
  for (int32_t i = 0; i < n; ++i) {
    acc = (acc + Score(Classify(Opaque(kCodes[at])))) % 251;
    ++at;
    if (at == 7) at = 0;
  }
  return acc;
}

int32_t Delay(int32_t attempt) {
  int32_t value = 3;
  for (int32_t i = 1; i < attempt; ++i) {
    value = value * 2;
    if (value > 89) value = 89;
  }
  return value;
}

int32_t Retry(int32_t n) {
  int32_t acc = 0;
  int32_t attempt = 1;
  for (int32_t i = 0; i < n; ++i) {
    acc = (acc + Delay(Opaque(attempt)) % 251) % 251;
    ++attempt;
    if (attempt == 8) attempt = 1;
  }
  return acc;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool StartsWith(std::string_view text, std::string_view part) {
  return text.substr(0, part.size()) == part;
}

bool EndsWith(std::string_view text, std::string_view part) {
  return text.size() >= part.size() &&
         text.substr(text.size() - part.size()) == part;
}

std::string Replace(std::string_view text, std::string_view from,
                    std::string_view to) {
  std::string out;
  out.reserve(text.size());
  size_t start = 0;
  for (size_t at = text.find(from); at != std::string_view::npos;
       at = text.find(from, start)) {
    out.append(text, start, at - start);
    out.append(to);
    start = at + from.size();
  }
  out.append(text, start);
  return out;
}

int32_t Text(int32_t n) {
  int32_t acc = 0;
  for (int32_t i = 0; i < n; ++i) {
    const std::string_view raw = Opaque("  alpha,beta,gamma  ");
    const std::string_view trimmed = Trim(raw);
    const std::string replaced = Replace(trimmed, ",", "|");
    if (replaced.find("beta") != std::string::npos) acc = (acc + 11) % 251;
    if (StartsWith(replaced, "alpha")) acc = (acc + 17) % 251;
    if (EndsWith(replaced, "gamma")) acc = (acc + 23) % 251;
    acc = (acc + static_cast<int32_t>(trimmed.size()) % 97) % 251;
  }
  return acc;
}

}  // namespace

// In the order of kEightKernels.  The name is given by the build.
extern "C" int32_t (*const FOZZY_NATIVE_KERNELS[8])(int32_t);
int32_t (*const FOZZY_NATIVE_KERNELS[8])(int32_t) = {
    AbiPair, Arithmetic, Bytes, Capability, Duration, Resultx, Retry, Text};

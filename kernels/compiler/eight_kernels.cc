#include "kernels/compiler/eight_kernels.h"

namespace fozzy::compiler {
namespace {

constexpr std::string_view kAbiPair = R"(
struct Pair { left: i32, right: i32 }

fn weigh(pair: Pair) -> i32 {
  return (3 * pair.left + 5 * pair.right) % 251;
}

fn abi_pair_kernel(n: i32) -> i32 {
  if n > 8000000 { return -1; }
  var acc = 0;
  for i in 0..n {
    let pair = Pair { left: i, right: acc };
    acc = (acc + weigh(pair)) % 251;
  }
  return acc;
}
)";

constexpr std::string_view kArithmetic = R"(
fn arithmetic_kernel(n: i32) -> i32 {
  if n > 8000000 { return -1; }
  var acc = 7;
  for i in 0..n {
    let v = (13 * i + 7 * acc) % 1000003;
    let w = (v ^ 5921370) & 16777215;
    acc = (acc + w % 251) % 251;
  }
  return acc;
}
)";

constexpr std::string_view kBytes = R"(
fn bytes_kernel(n: i32) -> i32 {
  let table = [opaque(1), opaque(2), opaque(3), opaque(4),
               opaque(5), opaque(6), opaque(7), opaque(8)];
  var acc = 0;
  var off = 0;
  for i in 0..n {
    let v = table[off] + (table[off + 1] << 8) + (table[off + 2] << 16) +
            (table[off + 3] << 24);
    acc = (acc + v % 251) % 251;
    off = off + 1;
    if off == 5 { off = 0; }
  }
  return acc;
}
)";

constexpr std::string_view kCapability = R"(
fn parse(name: str) -> i32 {
  if name == "time" { return 3; }
  if name == "rng" { return 5; }
  if name == "fs" { return 7; }
  if name == "http" { return 11; }
  if name == "proc" { return 13; }
  if name == "mem" { return 17; }
  if name == "thread" { return 19; }
  return 23;
}

fn capability_parse(n: i32) -> i32 {
  let names = ["time", "rng", "fs", "http", "proc", "mem", "thread", "bad"];
  var acc = 0;
  var at = 0;
  for i in 0..n {
    acc = (acc + parse(opaque(names[at]))) % 251;
    at = at + 1;
    if at == 8 { at = 0; }
  }
  return acc;
}
)";

constexpr std::string_view kDuration = R"(
fn duration_kernel(n: i32) -> i32 {
  var acc = 0;
  for i in 0..n {
    let c = opaque(3) + 17;
    let d = c - 3;
    acc = (acc + d % 251) % 251;
  }
  return acc;
}
)";

constexpr std::string_view kResultx = R"(
enum Code { InvalidInput, NotFound, Conflict, Timeout, Io, Internal }
enum Class { Transport, Parse, Timeout, Policy, Internal }

fn classify(code: Code) -> Class {
  match code {
    Code::Io => { return Class::Transport; }
    Code::InvalidInput => { return Class::Parse; }
    Code::Timeout => { return Class::Timeout; }
    Code::Conflict => { return Class::Policy; }
    Code::NotFound => { return Class::Internal; }
    Code::Internal => { return Class::Internal; }
  }
}

fn score(class: Class) -> i32 {
  match class {
    Class::Transport => { return 11; }
    Class::Parse => { return 17; }
    Class::Timeout => { return 23; }
    Class::Policy => { return 31; }
    Class::Internal => { return 43; }
  }
}

fn resultx_classify(n: i32) -> i32 {
  let codes = [Code::InvalidInput, Code::NotFound, Code::Conflict,
               Code::Timeout, Code::Io, Code::Internal, Code::InvalidInput];
  var acc = 0;
  var at = 0;
  for i in 0..n {
    acc = (acc + score(classify(opaque(codes[at])))) % 251;
    at = at + 1;
    if at == 7 { at = 0; }
  }
  return acc;
}
)";

constexpr std::string_view kRetry = R"(
fn delay(attempt: i32) -> i32 {
  var value = 3;
  for i in 1..attempt {
    value = value * 2;
    if value > 89 { value = 89; }
  }
  return value;
}

fn task_retry_backoff(n: i32) -> i32 {
  var acc = 0;
  var attempt = 1;
  for i in 0..n {
    acc = (acc + delay(opaque(attempt)) % 251) % 251;
    attempt = attempt + 1;
    if attempt == 8 { attempt = 1; }
  }
  return acc;
}
)";

constexpr std::string_view kText = R"(
fn text_kernel(n: i32) -> i32 {
  var acc = 0;
  for i in 0..n {
    let raw = opaque("  alpha,beta,gamma  ");
    let trimmed = raw.trim();
    let replaced = trimmed.replace(",", "|");
    if replaced.contains("beta") { acc = (acc + 11) % 251; }
    if replaced.starts_with("alpha") { acc = (acc + 17) % 251; }
    if replaced.ends_with("gamma") { acc = (acc + 23) % 251; }
    acc = (acc + trimmed.len() % 97) % 251;
  }
  return acc;
}
)";

}  // namespace

const Kernel kEightKernels[8] = {
    {"abi_pair_kernel", kAbiPair, 124},  {"arithmetic_kernel", kArithmetic, 36},
    {"bytes_kernel", kBytes, 237},       {"capability_parse", kCapability, 62},
    {"duration_kernel", kDuration, 168}, {"resultx_classify", kResultx, 218},
    {"task_retry_backoff", kRetry, 79},  {"text_kernel", kText, 42},
};

}  // namespace fozzy::compiler

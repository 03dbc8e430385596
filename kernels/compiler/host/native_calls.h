// What native code and its runtime know of each other.
#ifndef FOZZY_KERNELS_COMPILER_HOST_NATIVE_CALLS_H_
#define FOZZY_KERNELS_COMPILER_HOST_NATIVE_CALLS_H_

#include <cstdint>
#include <string>

#include "kernels/compiler/ir.h"

namespace fozzy::compiler {

// Handed to every native function.  Native code reads and writes the fields by
// their order: all are 64 bits.
struct NativeContext {
  int64_t text_used = 0;   // of the bytes that strings are made in
  int64_t turns_left = 0;  // of loops
};

// A string: where its bytes are and how many, or its handle and 0.
struct NativeText {
  const char* bytes;
  int64_t size;
};

// The functions that native code calls.  Those that fail do not return.
// `place` is a line in the high half and a column in the low one.  `slot` is
// memory of four words: the two of an element, an index, and a place.
struct NativeCalls {
  // The slot holds what was found and the limit.
  void (*fail)(NativeContext*, int64_t kind, int64_t place,
               const int64_t* slot);
  int64_t (*array_new)(NativeContext*, int64_t length);
  int64_t (*array_clone)(NativeContext*, int64_t array);
  void (*array_free)(NativeContext*, int64_t array);
  void (*array_get)(NativeContext*, int64_t array, int64_t* slot);
  void (*array_set)(NativeContext*, int64_t array, const int64_t* slot);
  void (*array_copy)(NativeContext*, int64_t to, int64_t from);
  void (*array_fill)(NativeContext*, int64_t array, const int64_t* slot);
  // Views.
  NativeText (*trim)(NativeContext*, const char* bytes, int64_t size);
  NativeText (*replace)(NativeContext*, const NativeText* three, int64_t place);
  int64_t (*contains)(NativeContext*, const NativeText* two);
  // Interned strings.
  int64_t (*literal)(NativeContext*, int64_t text);
  int64_t (*trim_interned)(NativeContext*, int64_t text);
  // The slot holds the two others.
  int64_t (*replace_interned)(NativeContext*, int64_t text, int64_t place,
                              const int64_t* slot);
  int64_t (*test_interned)(NativeContext*, int64_t op, int64_t text,
                           int64_t part);
  int64_t (*length_interned)(NativeContext*, int64_t text);
  // `words` holds a number, a handle of an array or an interned string, or two
  // words of a view, for each argument.
  int64_t (*host_call)(NativeContext*, int64_t function, const int64_t* words,
                       int64_t place);
};

// Compiled code.
class NativeCode {
 public:
  // Runs the function that was compiled, with its arguments.  A failure does
  // not return.  Returns its number, of enums the tag.
  using Entry = int64_t (*)(NativeContext*, const int64_t* arguments);

  NativeCode(const NativeCode&) = delete;
  NativeCode& operator=(const NativeCode&) = delete;
  virtual ~NativeCode() = default;
  virtual Entry entry() const = 0;

 protected:
  NativeCode() = default;
};

struct NativeOptions {
  uint32_t function = 0;        // to be run
  bool is_optimised = true;     // else code is made as fast as it can be
  std::string* dump = nullptr;  // receives the LLVM module, for people
};

// What the module that is loaded when native code is wanted exports.  The
// caller owns the result.  Returns null and sets `error` if LLVM refuses.
using CompileNative = NativeCode* (*)(const IrModule& module,
                                      const NativeOptions& options,
                                      const NativeCalls& calls,
                                      std::string& error);

inline constexpr const char kCompileNativeName[] =
    "fozzy_compiler_compile_native_1";

// The file of that module.
inline constexpr const char kNativeModuleFile[] = "fozzy_llvm.so";

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_HOST_NATIVE_CALLS_H_

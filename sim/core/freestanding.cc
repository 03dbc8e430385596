// What the shared object of freestanding_link_test needs instead of a C++
// runtime.  Nothing else is linked with this.
namespace {

[[noreturn]] void Trap() { __builtin_trap(); }

}  // namespace

// Stands in the tables of functions of abstract classes and is never called.
extern "C" [[noreturn]] void __cxa_pure_virtual();
extern "C" void __cxa_pure_virtual() { Trap(); }

// What must not be in sim/core: freestanding_link_canary_test links this to
// see that freestanding_link_test would notice.
namespace fozzy {

int* FreestandingCanary() { return new int(0); }

}  // namespace fozzy

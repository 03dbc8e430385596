// The program as it was at some moment, to do things in that must not depend on
// what happened since.
#ifndef FOZZY_SIM_SEARCH_FRESH_PROCESS_H_
#define FOZZY_SIM_SEARCH_FRESH_PROCESS_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// A copy of this process, made when it is constructed, that does nothing but
// wait for calls.  Each call is answered by a copy of that copy, which ends
// then: whatever it does to its memory, the next call knows nothing of.
//
// Threads other than the one that constructs it do not exist in the copy.
class FreshProcess {
 public:
  using Handler = std::function<std::string(absl::string_view request)>;

  explicit FreshProcess(Handler handler);
  ~FreshProcess();
  FreshProcess(const FreshProcess&) = delete;
  FreshProcess& operator=(const FreshProcess&) = delete;

  // Returns handler(request) as called in a fresh process, or nothing if that
  // process did not come to an end by itself, or none could be made.
  std::optional<std::string> Call(absl::string_view request);

 private:
  void Serve(const Handler& handler);
  void Answer(const Handler& handler, const std::string& request);

  int socket_ = -1;  // the end of this side
  int child_ = -1;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_FRESH_PROCESS_H_

// Host backends whose answers are recorded, and served from the recording on
// replay: then nothing of the host is touched, and there need be none.
#ifndef FOZZY_BACKENDS_OBSERVED_H_
#define FOZZY_BACKENDS_OBSERVED_H_

#include <string_view>

#include "backends/interface/fs.h"
#include "backends/interface/http.h"
#include "backends/interface/proc.h"
#include "sim/run.h"

namespace fozzy {

// `run` and the host are not owned; the host is null on replay.
class ObservedProc final : public Proc {
 public:
  ObservedProc(Run& run, Proc* host) : run_(run), host_(host) {}

  ProcResult Spawn(const ProcRequest& request) override;

 private:
  Run& run_;
  Proc* host_;
};

class ObservedHttp final : public Http {
 public:
  ObservedHttp(Run& run, Http* host) : run_(run), host_(host) {}

  HttpResponse Request(const HttpRequest& request) override;

 private:
  Run& run_;
  Http* host_;
};

class ObservedFs final : public Fs {
 public:
  ObservedFs(Run& run, Fs* host) : run_(run), host_(host) {}

  FsResult Write(std::string_view path, std::string_view data) override;
  FsResult Read(std::string_view path) override;
  FsResult Snapshot(std::string_view name) override;
  FsResult Restore(std::string_view name) override;

 private:
  Run& run_;
  Fs* host_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_OBSERVED_H_

// A host for tests: it says what the test tells it to say, and keeps what it
// was asked.
#ifndef FOZZY_BACKENDS_TESTING_FAKE_HOST_H_
#define FOZZY_BACKENDS_TESTING_FAKE_HOST_H_

#include <string>
#include <string_view>
#include <vector>

#include "backends/interface/fs.h"
#include "backends/interface/http.h"
#include "backends/interface/proc.h"
#include "backends/interface/wall.h"

namespace fozzy {

struct FakeProc final : Proc {
  ProcResult Spawn(const ProcRequest& request) override {
    asked.push_back(request);
    return answer;
  }

  ProcResult answer;
  std::vector<ProcRequest> asked;
};

struct FakeHttp final : Http {
  HttpResponse Request(const HttpRequest& request) override {
    asked.push_back(request);
    return answer;
  }

  HttpResponse answer;
  std::vector<HttpRequest> asked;
};

struct FakeFs final : Fs {
  FsResult Write(std::string_view path, std::string_view data) override {
    return Answer("write " + std::string(path) + "=" + std::string(data));
  }
  FsResult Read(std::string_view path) override {
    return Answer("read " + std::string(path));
  }
  FsResult Snapshot(std::string_view name) override {
    return Answer("snapshot " + std::string(name));
  }
  FsResult Restore(std::string_view name) override {
    return Answer("restore " + std::string(name));
  }

  FsResult Answer(std::string question) {
    asked.push_back(std::move(question));
    return answer;
  }

  FsResult answer;
  std::vector<std::string> asked;
};

// A clock that moves while it sleeps, and by `per_look` after every look.
struct FakeWall final : Wall {
  Millis Elapsed() override {
    const Millis seen = now;
    now += per_look;
    return seen;
  }
  void Sleep(Millis duration) override {
    slept.push_back(duration);
    now += duration;
  }

  Millis now = 0;
  Millis per_look = 0;
  std::vector<Millis> slept;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_TESTING_FAKE_HOST_H_

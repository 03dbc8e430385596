#include "backends/host/testing/tls_server.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cstddef>
#include <string_view>

#include "backends/host/fd.h"
#include "backends/host/host_proc.h"
#include "backends/host/output_pipe.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr int kStartMsMax = 8000;

// Reads up to the end of a line "ACCEPT 127.0.0.1:34567" and returns the port.
std::string ReadPort(OutputPipe& out) {
  constexpr std::string_view kBegin = "ACCEPT 127.0.0.1:";
  std::string text;
  while (true) {
    const size_t begin = text.find(kBegin);
    const size_t end = text.find('\n', begin);
    if (begin != text.npos && end != text.npos) {
      return text.substr(begin + kBegin.size(), end - begin - kBegin.size());
    }
    pollfd ready = {.fd = out.read_end(), .events = POLLIN, .revents = 0};
    FOZZY_CHECK(poll(&ready, 1, kStartMsMax) == 1);
    FOZZY_CHECK(out.Read());
    text += out.TakeText();
  }
}

}  // namespace

TlsServer::TlsServer(const std::string& name) {
  MakeCertificate(name);
  Start();
}

std::string TlsServer::Url(const std::string& path) const {
  return "https://127.0.0.1:" + port_ + path;
}

void TlsServer::MakeCertificate(const std::string& name) {
  HostProc proc({.cwd = files_.path()});
  const ProcResult made = proc.Spawn(
      {.cmd = "openssl",
       .args = {"req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                "/CN=fozzy", "-addext", "subjectAltName=" + name, "-keyout",
                "key.pem", "-out", "cert.pem"},
       .limit = 8000});
  FOZZY_CHECK(made.exit_code == 0);
}

void TlsServer::Start() {
  FOZZY_CHECK(out_.Open() == 0);
  const Fd cwd(open(files_.path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  ChildPlan plan;
  // Ended by timeout should this test be killed.
  plan.path = "/usr/bin/timeout";
  plan.argv = {"timeout",  "60",      "/usr/bin/openssl",
               "s_server", "-accept", "127.0.0.1:0",
               "-WWW",     "-cert",   "cert.pem",
               "-key",     "key.pem"};
  plan.cwd = cwd.get();
  plan.out = out_.write_end();
  plan.err = out_.write_end();
  FOZZY_CHECK(child_.Start(plan) == 0);
  out_.CloseWriteEnd();
  port_ = ReadPort(out_);
}

}  // namespace fozzy

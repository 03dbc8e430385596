// An HTTPS server with a certificate of its own.
#ifndef FOZZY_BACKENDS_HOST_TESTING_TLS_SERVER_H_
#define FOZZY_BACKENDS_HOST_TESTING_TLS_SERVER_H_

#include <string>

#include "backends/host/child.h"
#include "backends/host/output_pipe.h"
#include "backends/host/testing/temp_folder.h"

namespace fozzy {

// Serves the files of a folder with the openssl command, on a port of the
// loopback interface, until the end of its life.
class TlsServer {
 public:
  // The certificate is for `name`: "IP:127.0.0.1".
  explicit TlsServer(const std::string& name);

  // Where files are put that are to be served.
  const TempFolder& files() const { return files_; }

  // Returns the URL of `path` ("/x") on this server.
  std::string Url(const std::string& path) const;

  // The certificate, which is its own root.
  std::string ca_file() const { return files_.At("cert.pem"); }

 private:
  void MakeCertificate(const std::string& name);
  void Start();

  TempFolder files_;
  OutputPipe out_{1 << 16};  // open as long as the child may print
  Child child_;
  std::string port_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_TESTING_TLS_SERVER_H_

#include <string>

#include "backends/host/host_http.h"
#include "backends/host/testing/tls_server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using End = HttpResponse::End;

HttpResponse Get(const std::string& url, const std::string& ca_file) {
  HostHttp http({.ca_file = ca_file});
  HttpRequest request;
  request.method = "GET";
  request.url = url;
  request.limit = 8000;
  return http.Request(request);
}

TEST(HostTlsTest, SpeaksToServersItTrusts) {
  const TlsServer server("IP:127.0.0.1");
  server.files().AddFile("hello.txt", "hello\n");

  const HttpResponse response = Get(server.Url("/hello.txt"), server.ca_file());

  EXPECT_EQ(response.end, End::kAnswered) << response.reason;
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "hello\n");
}

TEST(HostTlsTest, RefusesServersNobodyVouchesFor) {
  const TlsServer server("IP:127.0.0.1");
  server.files().AddFile("hello.txt", "hello\n");

  const HttpResponse response = Get(server.Url("/hello.txt"), "");

  EXPECT_EQ(response.end, End::kFailed);
  EXPECT_THAT(response.reason, HasSubstr("certificate"));
  EXPECT_EQ(response.body, "");
}

TEST(HostTlsTest, RefusesServersOfAnotherName) {
  const TlsServer server("DNS:example.org");
  server.files().AddFile("hello.txt", "hello\n");

  const HttpResponse response = Get(server.Url("/hello.txt"), server.ca_file());

  EXPECT_EQ(response.end, End::kFailed);
  EXPECT_THAT(response.reason, HasSubstr("certificate"));
}

TEST(HostTlsTest, SaysThatTheFileOfRootsIsMissing) {
  const HttpResponse response = Get("https://127.0.0.1:1/", "/nowhere/ca.pem");

  EXPECT_EQ(response.end, End::kFailed);
  EXPECT_NE(response.reason, "");
}

}  // namespace
}  // namespace fozzy

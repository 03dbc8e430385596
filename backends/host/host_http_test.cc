#include "backends/host/host_http.h"

#include <stdlib.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backends/host/host_clock.h"
#include "backends/host/testing/http_server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using End = HttpResponse::End;

HttpRequest Get(std::string url) {
  HttpRequest request;
  request.method = "GET";
  request.url = std::move(url);
  return request;
}

// Whether `request` asks for `path`.
bool Asks(std::string_view request, std::string_view path) {
  const size_t at = request.find(' ') + 1;
  return request.substr(at, request.find(' ', at) - at) == path;
}

// Answers "/" with a redirect of `status` to `url`, all else with "done".
HttpServer::Handler MovesRoot(uint16_t status, std::string url) {
  return [status, url = std::move(url)](const std::string& request) {
    return Asks(request, "/") ? MovedTo(status, url) : Ok("done");
  };
}

TEST(HostHttpTest, SendsOneRequestAfterAnother) {
  HttpServer server([](const std::string&) { return Ok("done"); });
  HostHttp http;

  for (int i = 0; i < 20; ++i) {
    const HttpResponse response = http.Request(Get(server.Url("/a")));
    EXPECT_EQ(response.end, End::kAnswered);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "done");
  }

  EXPECT_THAT(server.Requests(), SizeIs(20));
}

TEST(HostHttpTest, IsNotSwayedByTheRequestBefore) {
  HttpServer server([](const std::string&) { return Ok("done"); });
  HostHttp http;
  HttpRequest loud = Get(server.Url("/"));
  loud.method = "POST";
  loud.headers = {{"X-A", "b"}, {"Cookie", "c"}};
  loud.body = "body";

  http.Request(Get(server.Url("/")));
  http.Request(loud);
  http.Request(Get(server.Url("/")));

  const std::vector<std::string> requests = server.Requests();
  ASSERT_THAT(requests, SizeIs(3));
  EXPECT_EQ(requests[0], requests[2]);
}

TEST(HostHttpTest, ListensToNoEnvironment) {
  for (const char* name :
       {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"}) {
    setenv(name, "http://127.0.0.1:1", 1);
  }
  HttpServer server([](const std::string&) { return Ok("done"); });
  HostHttp http;

  EXPECT_EQ(http.Request(Get(server.Url("/"))).body, "done");
}

TEST(HostHttpTest, RefusesRequestsThatCannotBeSent) {
  HostHttp http;
  const auto reason = [&http](const HttpRequest& request) {
    const HttpResponse response = http.Request(request);
    EXPECT_EQ(response.end, End::kFailed);
    return response.reason;
  };
  const HttpRequest good = Get("http://127.0.0.1:1/");
  HttpRequest bad = good;
  bad.method = "GET / HTTP/1.1\r\nX:";
  EXPECT_THAT(reason(bad), HasSubstr("is not an HTTP method"));
  bad = good;
  bad.url = "ftp://a/";
  EXPECT_EQ(reason(bad), "\"ftp://a/\" is not an http or https URL");
  bad = good;
  bad.headers = {{"a b", "c"}};
  EXPECT_EQ(reason(bad), "\"a b\" is not the name of an HTTP header");
  bad = good;
  bad.headers = {{"a", "b\r\nc: d"}};
  EXPECT_EQ(reason(bad),
            "the value of HTTP header \"a\" holds a CR, LF or NUL");
  bad = good;
  bad.method = "HEAD";
  bad.body = "x";
  EXPECT_EQ(reason(bad), "a HEAD request cannot have a body");
}

TEST(HostHttpTest, SaysThatTheLibraryIsMissing) {
  HostHttp http({.libraries = {"libfozzy-none.so.1"}});

  for (int i = 0; i < 2; ++i) {
    const HttpResponse response = http.Request(Get("http://127.0.0.1:1/"));
    EXPECT_EQ(response.end, End::kFailed);
    EXPECT_THAT(response.reason, HasSubstr("install the package libcurl4"));
  }
}

TEST(HostHttpTest, CountsTheLimitOfTheRequestFirst) {
  HttpServer server([](const std::string&) {
    return HttpServer::Reply{.bytes = "", .end = HttpServer::End::kStall};
  });
  HostHttp patient({.limit = 600'000});
  HostHttp hasty({.limit = 50});
  HttpRequest request = Get(server.Url("/"));
  HostClock clock;

  EXPECT_EQ(hasty.Request(request).end, End::kTimedOut);
  request.limit = 50;
  EXPECT_EQ(patient.Request(request).end, End::kTimedOut);

  EXPECT_GE(clock.Elapsed(), 100u);
  EXPECT_LT(clock.Elapsed(), 5000u);
}

TEST(HostHttpTest, CutsLongBodies) {
  HttpServer server([](const std::string&) { return Ok("123456"); });
  HostHttp http({.body_bytes_max = 4});

  const HttpResponse response = http.Request(Get(server.Url("/")));

  EXPECT_EQ(response.end, End::kAnswered);
  EXPECT_EQ(response.body, "1234");
  EXPECT_TRUE(response.is_cut);
}

TEST(HostHttpTest, FollowsRedirectsWithTheMethodTheyAskFor) {
  const std::pair<uint16_t, std::string> cases[] = {
      {301, "GET"}, {302, "GET"}, {303, "GET"}, {307, "PUT"}, {308, "PUT"}};
  for (const auto& [status, method] : cases) {
    HttpServer server(MovesRoot(status, "/next"));
    HostHttp http;
    HttpRequest request = Get(server.Url("/"));
    request.method = "PUT";
    request.headers = {{"Content-Type", "a/b"}, {"X-A", "c"}};
    request.body = "body";

    const HttpResponse response = http.Request(request);

    EXPECT_EQ(response.status, 200) << status;
    EXPECT_EQ(response.body, "done") << status;
    const std::vector<std::string> requests = server.Requests();
    ASSERT_THAT(requests, SizeIs(2));
    const std::string& second = requests[1];
    EXPECT_THAT(second, StartsWith(method + " /next HTTP/1.1\r\n"));
    EXPECT_THAT(second, HasSubstr("\r\nX-A: c\r\n"));
    const bool is_kept = method == "PUT";
    EXPECT_EQ(second.ends_with("\r\n\r\nbody"), is_kept) << second;
    EXPECT_EQ(second.find("Content-Type") != second.npos, is_kept) << second;
  }
}

TEST(HostHttpTest, TellsHeadersOfTheFinalResponseOnly) {
  HttpServer server(MovesRoot(302, "/next"));
  HostHttp http;

  const HttpResponse response = http.Request(Get(server.Url("/")));

  EXPECT_THAT(response.headers,
              ElementsAre(testing::Pair("content-length", "4")));
}

TEST(HostHttpTest, KeepsHeadOverRedirects) {
  HttpServer server(MovesRoot(303, "/next"));
  HostHttp http;
  HttpRequest request = Get(server.Url("/"));
  request.method = "HEAD";

  EXPECT_EQ(http.Request(request).status, 200);

  EXPECT_THAT(server.Requests()[1], StartsWith("HEAD /next "));
}

TEST(HostHttpTest, KeepsSecretsFromOtherServers) {
  HttpServer other([](const std::string&) { return Ok("done"); });
  HttpServer server([&other](const std::string& request) {
    return Asks(request, "/") ? MovedTo(302, "/here")
                              : MovedTo(302, other.Url("/there"));
  });
  HostHttp http;
  HttpRequest request = Get(server.Url("/"));
  request.headers = {
      {"AUTHORIZATION", "secret"}, {"cookie", "secret"}, {"X-A", "b"}};

  EXPECT_EQ(http.Request(request).body, "done");

  EXPECT_THAT(server.Requests()[1], HasSubstr("AUTHORIZATION: secret"));
  EXPECT_THAT(other.Requests()[0], Not(HasSubstr("secret")));
  EXPECT_THAT(other.Requests()[0], HasSubstr("X-A: b"));
}

TEST(HostHttpTest, EndsRedirectLoops) {
  HttpServer server([](const std::string&) { return MovedTo(302, "/"); });
  HostHttp http({.redirects_max = 3});

  const HttpResponse response = http.Request(Get(server.Url("/")));

  EXPECT_EQ(response.end, End::kFailed);
  EXPECT_EQ(response.reason, "more than 3 redirects");
  EXPECT_THAT(server.Requests(), SizeIs(4));
}

TEST(HostHttpTest, FollowsAsManyRedirectsAsAllowed) {
  HttpServer server([](const std::string& request) {
    if (Asks(request, "/1")) return MovedTo(302, "/2");
    if (Asks(request, "/2")) return MovedTo(302, "/3");
    return Ok("done");
  });

  HostHttp two({.redirects_max = 2});
  HostHttp one({.redirects_max = 1});
  HostHttp none({.redirects_max = 0});

  EXPECT_EQ(two.Request(Get(server.Url("/1"))).body, "done");
  EXPECT_EQ(one.Request(Get(server.Url("/1"))).end, End::kFailed);
  EXPECT_EQ(none.Request(Get(server.Url("/1"))).status, 302);
}

TEST(HostHttpTest, FollowsNoRedirectToAnotherProtocol) {
  for (const std::string url : {"file:///etc/passwd", "ftp://127.0.0.1/"}) {
    HttpServer server(MovesRoot(302, url));
    HostHttp http;

    const HttpResponse response = http.Request(Get(server.Url("/")));

    EXPECT_EQ(response.end, End::kFailed);
    EXPECT_EQ(response.reason, "redirected to \"" + url +
                                   "\", which is not an http or https URL");
  }
}

TEST(HostHttpTest, CountsRedirectsWithinTheLimit) {
  HttpServer server([](const std::string& request) {
    if (Asks(request, "/")) return MovedTo(302, "/next");
    return HttpServer::Reply{.bytes = "", .end = HttpServer::End::kStall};
  });
  HostHttp http;
  HttpRequest request = Get(server.Url("/"));
  request.limit = 100;

  EXPECT_EQ(http.Request(request).end, End::kTimedOut);
}

TEST(HostHttpTest, TellsA304AsItIs) {
  HttpServer server([](const std::string&) {
    return HttpServer::Reply{
        .bytes = "HTTP/1.1 304 Not Modified\r\nLocation: /x\r\n\r\n",
        .end = HttpServer::End::kClose};
  });
  HostHttp http;

  EXPECT_EQ(http.Request(Get(server.Url("/"))).status, 304);
  EXPECT_THAT(server.Requests(), SizeIs(1));
}

}  // namespace
}  // namespace fozzy

#include "backends/host/http_exchange.h"

#include <string>
#include <string_view>

#include "backends/host/testing/http_server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using End = HttpResponse::End;

// libcurl and a handle.
class Curl {
 public:
  Curl() {
    EXPECT_EQ(library.Load({"libcurl.so.4", "libcurl-gnutls.so.4"}), "");
    handle = library.easy_init();
  }
  Curl(const Curl&) = delete;
  Curl& operator=(const Curl&) = delete;
  ~Curl() { library.easy_cleanup(handle); }

  HttpResponse Run(const HttpRequest& request,
                   HttpExchange::Options options = {
                       .limit = 5000, .body_bytes_max = 1000, .ca_file = ""}) {
    return HttpExchange(library, handle, options).Run(request);
  }

  CurlLibrary library;
  CURL* handle = nullptr;
};

HttpRequest Get(std::string url) {
  HttpRequest request;
  request.method = "GET";
  request.url = std::move(url);
  return request;
}

// Returns what the server gets for `request`, whose URL is a path.
std::string Sent(HttpRequest request) {
  HttpServer server([](const std::string&) { return Ok("done"); });
  request.url = server.Url(request.url);
  Curl curl;
  EXPECT_EQ(curl.Run(request).end, End::kAnswered);
  const std::vector<std::string> requests = server.Requests();
  EXPECT_EQ(requests.size(), 1u);
  std::string sent = requests.empty() ? "" : requests.front();
  if (const size_t host = sent.find(server.Host()); host != sent.npos) {
    sent.replace(host, server.Host().size(), "HOST");
  }
  return sent;
}

// Returns how a client takes the bytes and the end of `reply`.
HttpResponse Taken(const HttpServer::Reply& reply,
                   HttpExchange::Options options = {
                       .limit = 5000, .body_bytes_max = 1000, .ca_file = ""}) {
  HttpServer server([reply](const std::string&) { return reply; });
  Curl curl;
  return curl.Run(Get(server.Url("/")), options);
}

TEST(HttpExchangeTest, SendsNothingUnasked) {
  EXPECT_EQ(Sent(Get("/a/../b?c=%20d")),
            "GET /a/../b?c=%20d HTTP/1.1\r\n"
            "Host: HOST\r\n"
            "User-Agent: fozzy\r\n"
            "Accept: */*\r\n"
            "\r\n");
}

TEST(HttpExchangeTest, SendsTheBodyWithAnyMethod) {
  const std::string body("a\0b", 3);
  for (const std::string method :
       {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "Custom-1"}) {
    HttpRequest request = Get("/");
    request.method = method;
    request.body = body;

    EXPECT_EQ(Sent(request), method +
                                 " / HTTP/1.1\r\n"
                                 "Host: HOST\r\n"
                                 "User-Agent: fozzy\r\n"
                                 "Accept: */*\r\n"
                                 "Content-Length: 3\r\n"
                                 "\r\n" +
                                 body);
  }
}

TEST(HttpExchangeTest, AnnouncesAnEmptyBodyWhereOneIsExpected) {
  for (const std::string method : {"POST", "PUT", "PATCH"}) {
    HttpRequest request = Get("/");
    request.method = method;
    EXPECT_THAT(Sent(request), HasSubstr("\r\nContent-Length: 0\r\n"));
  }
  for (const std::string method : {"GET", "DELETE", "HEAD", "OPTIONS"}) {
    HttpRequest request = Get("/");
    request.method = method;
    EXPECT_THAT(Sent(request), Not(HasSubstr("Content-Length")));
    EXPECT_THAT(Sent(request), HasSubstr(method + " / HTTP/1.1\r\n"));
  }
}

TEST(HttpExchangeTest, SendsHeadersAsTheyAre) {
  HttpRequest request = Get("/");
  request.headers = {{"X-One", "1"},           {"x-empty", ""},
                     {"X-One", "2"},           {"User-Agent", "mine"},
                     {"Accept", "text/plain"}, {"content-type", "a/b"},
                     {"Host", "elsewhere"}};

  const std::string sent = Sent(request);

  for (const std::string_view line :
       {"X-One: 1", "x-empty:", "X-One: 2", "User-Agent: mine",
        "Accept: text/plain", "content-type: a/b", "Host: elsewhere"}) {
    EXPECT_THAT(sent, HasSubstr("\r\n" + std::string(line) + "\r\n"));
  }
  EXPECT_THAT(sent, Not(HasSubstr("fozzy")));
  EXPECT_THAT(sent, Not(HasSubstr("*/*")));
  EXPECT_THAT(sent, Not(HasSubstr("HOST")));
}

TEST(HttpExchangeTest, WaitsNotForLeaveToSendALargeBody) {
  HttpRequest request = Get("/");
  request.method = "POST";
  request.body = std::string(3'000'000, 'x');

  const std::string sent = Sent(request);

  EXPECT_THAT(sent.substr(0, 300), Not(HasSubstr("Expect")));
  EXPECT_GT(sent.size(), 3'000'000u);
}

TEST(HttpExchangeTest, TakesStatusHeadersAndBody) {
  const HttpResponse response = Taken(
      {.bytes = "HTTP/1.1 503 Busy\r\nX-A:  b \r\nContent-Length: 3\r\n\r\n"
                "a\xff\n",
       .end = HttpServer::End::kClose});

  EXPECT_EQ(response.end, End::kAnswered);
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.headers,
              ElementsAre(Pair("x-a", "b"), Pair("content-length", "3")));
  EXPECT_EQ(response.body, "a\xff\n");
  EXPECT_FALSE(response.is_cut);
}

TEST(HttpExchangeTest, TakesChunksWithoutTheirTrailers) {
  const HttpResponse response =
      Taken({.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "3\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n",
             .end = HttpServer::End::kStall});

  EXPECT_EQ(response.body, "abcde");
  EXPECT_THAT(response.headers,
              ElementsAre(Pair("transfer-encoding", "chunked")));
}

TEST(HttpExchangeTest, TakesTheHeadersOfTheFinalResponseOnly) {
  const HttpResponse response =
      Taken({.bytes = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                      "HTTP/1.1 204 No Content\r\nA: 1\r\n\r\n",
             .end = HttpServer::End::kStall});

  EXPECT_EQ(response.status, 204);
  EXPECT_THAT(response.headers, ElementsAre(Pair("a", "1")));
}

TEST(HttpExchangeTest, TakesABodyThatEndsWithTheConnection) {
  const HttpResponse response = Taken(
      {.bytes = "HTTP/1.0 200 OK\r\n\r\nabc", .end = HttpServer::End::kClose});

  EXPECT_EQ(response.end, End::kAnswered);
  EXPECT_EQ(response.body, "abc");
}

TEST(HttpExchangeTest, ExpectsNoBodyAfterHead) {
  HttpServer server([](const std::string&) {
    return HttpServer::Reply{
        .bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        .end = HttpServer::End::kStall};
  });
  HttpRequest request = Get(server.Url("/"));
  request.method = "HEAD";
  Curl curl;

  const HttpResponse response = curl.Run(request);

  EXPECT_EQ(response.end, End::kAnswered);
  EXPECT_EQ(response.body, "");
  EXPECT_THAT(response.headers, ElementsAre(Pair("content-length", "5")));
}

TEST(HttpExchangeTest, CutsLongBodiesAndDoesNotWaitForTheirEnd) {
  const HttpServer::Reply reply = {
      .bytes = "HTTP/1.0 200 OK\r\n\r\n" + std::string(1000, 'x'),
      .end = HttpServer::End::kRepeat};

  const HttpResponse response = Taken(reply);

  EXPECT_EQ(response.end, End::kAnswered);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, std::string(1000, 'x'));
  EXPECT_TRUE(response.is_cut);
}

TEST(HttpExchangeTest, DoesNotCutBodiesThatJustFit) {
  const HttpResponse response = Taken(Ok(std::string(1000, 'x')));

  EXPECT_EQ(response.body.size(), 1000u);
  EXPECT_FALSE(response.is_cut);
}

TEST(HttpExchangeTest, TellsConnectionsThatEndInTheMiddle) {
  const HttpServer::Reply replies[] = {
      {.bytes = "", .end = HttpServer::End::kClose},
      {.bytes = "", .end = HttpServer::End::kAbort},
      {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
       .end = HttpServer::End::kClose},
      {.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                "3\r\nab",
       .end = HttpServer::End::kClose},
  };
  for (const HttpServer::Reply& reply : replies) {
    const HttpResponse response = Taken(reply);

    EXPECT_EQ(response.end, End::kReset) << reply.bytes << response.reason;
    EXPECT_EQ(response.status, 0) << reply.bytes;
    EXPECT_EQ(response.body, "") << reply.bytes;
    EXPECT_NE(response.reason, "") << reply.bytes;
  }
}

TEST(HttpExchangeTest, TellsTimeouts) {
  const HttpServer::Reply replies[] = {
      {.bytes = "", .end = HttpServer::End::kStall},
      {.bytes = "HTTP/1.1 200 OK\r\n", .end = HttpServer::End::kStall},
      {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
       .end = HttpServer::End::kStall},
      {.bytes = "HTTP/1.0 200 OK\r\n\r\nab", .end = HttpServer::End::kRepeat},
  };
  for (const HttpServer::Reply& reply : replies) {
    const HttpResponse response = Taken(
        reply,
        {.limit = 50, .body_bytes_max = ~uint64_t{0} >> 1, .ca_file = ""});

    EXPECT_EQ(response.end, End::kTimedOut) << reply.bytes;
    EXPECT_EQ(response.body, "") << reply.bytes;
  }
}

TEST(HttpExchangeTest, TellsNonsense) {
  const HttpResponse response =
      Taken({.bytes = "SSH-2.0-server\r\n", .end = HttpServer::End::kClose});

  EXPECT_EQ(response.end, End::kFailed);
  EXPECT_NE(response.reason, "");
}

TEST(HttpExchangeTest, TellsThatNobodyAnswers) {
  std::string url;
  {
    const HttpServer gone([](const std::string&) { return Ok(""); });
    url = gone.Url("/");
  }
  Curl curl;

  const HttpResponse response = curl.Run(Get(url));

  EXPECT_EQ(response.end, End::kFailed);
  EXPECT_EQ(response.reason, "Couldn't connect to server");
}

TEST(HttpExchangeTest, SaysWhereARedirectLeads) {
  HttpServer server([](const std::string&) { return MovedTo(302, "../c?d"); });
  Curl curl;
  const HttpRequest request = Get(server.Url("/a/b"));
  const HttpExchange::Options options = {
      .limit = 5000, .body_bytes_max = 1000, .ca_file = ""};
  HttpExchange exchange(curl.library, curl.handle, options);

  const HttpResponse response = exchange.Run(request);

  EXPECT_EQ(response.status, 302);
  EXPECT_EQ(response.body, "moved");
  EXPECT_EQ(exchange.redirect(), server.Url("/c?d"));
}

TEST(HttpExchangeTest, SpeaksNoOtherProtocol) {
  Curl curl;

  const HttpResponse response = curl.Run(Get("file:///etc/passwd"));

  EXPECT_EQ(response.end, End::kFailed);
  EXPECT_EQ(response.reason, "Unsupported protocol");
}

}  // namespace
}  // namespace fozzy

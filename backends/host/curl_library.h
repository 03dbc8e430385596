// libcurl, loaded when it is first needed.
#ifndef FOZZY_BACKENDS_HOST_CURL_LIBRARY_H_
#define FOZZY_BACKENDS_HOST_CURL_LIBRARY_H_

#include <curl/curl.h>

#include <string>
#include <vector>

namespace fozzy {

// The functions of libcurl we use.  Loading takes some 10 ms, which a start of
// fozzy that sends no request does not pay.  Once loaded it stays loaded: the
// TLS library below it cannot be unloaded safely.
struct CurlLibrary {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) easy_init = nullptr;
  decltype(&curl_easy_reset) easy_reset = nullptr;
  decltype(&curl_easy_setopt) easy_setopt = nullptr;
  decltype(&curl_easy_perform) easy_perform = nullptr;
  decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&curl_easy_strerror) easy_strerror = nullptr;
  decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&curl_slist_append) slist_append = nullptr;
  decltype(&curl_slist_free_all) slist_free_all = nullptr;

  // Loads the first of the shared libraries `names` there is.  Returns why that
  // did not work, or nothing.
  std::string Load(const std::vector<std::string>& names);
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_CURL_LIBRARY_H_

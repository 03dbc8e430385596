#include "backends/host/curl_library.h"

#include <dlfcn.h>

namespace fozzy {
namespace {

// Sets `function` to the symbol `name`; returns whether there is one.
template <typename Function>
bool Find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

}  // namespace

std::string CurlLibrary::Load(const std::vector<std::string>& names) {
  void* library = nullptr;
  for (const std::string& name : names) {
    library = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library != nullptr) break;
  }
  if (library == nullptr) {
    return "libcurl is missing: install the package libcurl4";
  }
  const bool is_whole = Find(library, "curl_global_init", global_init) &&
                        Find(library, "curl_easy_init", easy_init) &&
                        Find(library, "curl_easy_reset", easy_reset) &&
                        Find(library, "curl_easy_setopt", easy_setopt) &&
                        Find(library, "curl_easy_perform", easy_perform) &&
                        Find(library, "curl_easy_getinfo", easy_getinfo) &&
                        Find(library, "curl_easy_strerror", easy_strerror) &&
                        Find(library, "curl_easy_cleanup", easy_cleanup) &&
                        Find(library, "curl_slist_append", slist_append) &&
                        Find(library, "curl_slist_free_all", slist_free_all);
  if (!is_whole || global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return "libcurl cannot be used: install the package libcurl4";
  }
  return "";
}

}  // namespace fozzy

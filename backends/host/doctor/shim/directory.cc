// Directories are read to the end when first looked into, and handed out in
// the order of their names.
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>

#include "backends/host/doctor/shim/shim.h"

namespace fozzy::shim {
namespace {

// Entries of 64-bit libc: dirent and dirent64 are the same.
static_assert(sizeof(dirent) == sizeof(dirent64));

// What an open directory holds, sorted; made by the first read.
struct Listing {
  DIR* folder;
  dirent64** entries;
  size_t count;
  size_t next;
  Listing* older;
};

// All listings, newest first.  The lock guards the list, not the listings: a
// DIR is used by one thread at a time.
struct Listings {
  Listing* newest = nullptr;
  std::atomic_flag lock;

  void Lock() {
    while (lock.test_and_set(std::memory_order_acquire)) {
    }
  }
  void Unlock() { lock.clear(std::memory_order_release); }
};

Listings& AllListings() {
  static Listings listings;
  return listings;
}

Listing* Find(const DIR* folder) {
  Listings& all = AllListings();
  all.Lock();
  Listing* listing = all.newest;
  while (listing != nullptr && listing->folder != folder) {
    listing = listing->older;
  }
  all.Unlock();
  return listing;
}

void Forget(const DIR* folder) {
  Listings& all = AllListings();
  all.Lock();
  Listing** link = &all.newest;
  while (*link != nullptr && (*link)->folder != folder) link = &(*link)->older;
  Listing* listing = *link;
  if (listing != nullptr) *link = listing->older;
  all.Unlock();
  if (listing == nullptr) return;
  for (size_t i = 0; i < listing->count; ++i) free(listing->entries[i]);
  free(listing->entries);
  free(listing);
}

// Appends a copy of `entry`; false if there is no memory.
bool Append(Listing* listing, const dirent64* entry) {
  const size_t count = listing->count;
  if ((count & (count - 1)) == 0) {
    const size_t capacity = count == 0 ? 1 : 2 * count;
    auto* grown = static_cast<dirent64**>(
        realloc(listing->entries, capacity * sizeof(dirent64*)));
    if (grown == nullptr) return false;
    listing->entries = grown;
  }
  auto* copy = static_cast<dirent64*>(malloc(entry->d_reclen));
  if (copy == nullptr) return false;
  memcpy(copy, entry, entry->d_reclen);
  listing->entries[listing->count++] = copy;
  return true;
}

Listing* List(DIR* folder) {
  static auto* const real = Real<decltype(readdir64)>("readdir64");
  auto* listing = static_cast<Listing*>(calloc(1, sizeof(Listing)));
  if (listing == nullptr) return nullptr;
  listing->folder = folder;
  for (dirent64* entry = real(folder); entry != nullptr; entry = real(folder)) {
    if (!Append(listing, entry)) break;
  }
  std::sort(listing->entries, listing->entries + listing->count,
            [](const dirent64* a, const dirent64* b) {
              return strcmp(a->d_name, b->d_name) < 0;
            });
  for (size_t i = 0; i < listing->count; ++i) {
    listing->entries[i]->d_off = static_cast<off64_t>(i + 1);
  }
  Listings& all = AllListings();
  all.Lock();
  listing->older = all.newest;
  all.newest = listing;
  all.Unlock();
  return listing;
}

dirent64* Read(DIR* folder) {
  if (!IsDirectoryOrderPinned()) {
    static auto* const real = Real<decltype(readdir64)>("readdir64");
    return real(folder);
  }
  Listing* listing = Find(folder);
  if (listing == nullptr) listing = List(folder);
  if (listing == nullptr || listing->next >= listing->count) return nullptr;
  return listing->entries[listing->next++];
}

template <typename Entry>
int ReadInto(DIR* folder, Entry* out, Entry** result) {
  const int error = errno;
  errno = 0;
  const dirent64* entry = Read(folder);
  const int failure = entry == nullptr ? errno : 0;
  errno = error;
  *result = nullptr;
  if (entry == nullptr) return failure;
  memcpy(out, entry, entry->d_reclen);
  *result = out;
  return 0;
}

}  // namespace
FOZZY_INTERPOSE dirent64* readdir64(DIR* folder) { return Read(folder); }

FOZZY_INTERPOSE dirent* readdir(DIR* folder) {
  return reinterpret_cast<dirent*>(Read(folder));
}

FOZZY_INTERPOSE int readdir_r(DIR* folder, dirent* out, dirent** result) {
  return ReadInto(folder, out, result);
}

FOZZY_INTERPOSE int readdir64_r(DIR* folder, dirent64* out, dirent64** result) {
  return ReadInto(folder, out, result);
}

FOZZY_INTERPOSE int closedir(DIR* folder) {
  static auto* const real = Real<decltype(closedir)>("closedir");
  if (IsDirectoryOrderPinned()) Forget(folder);
  return real(folder);
}

FOZZY_INTERPOSE void rewinddir(DIR* folder) noexcept {
  static auto* const real = Real<decltype(rewinddir)>("rewinddir");
  if (IsDirectoryOrderPinned()) Forget(folder);
  real(folder);
}

FOZZY_INTERPOSE long telldir(DIR* folder) noexcept {
  static auto* const real = Real<decltype(telldir)>("telldir");
  if (!IsDirectoryOrderPinned()) return real(folder);
  const Listing* listing = Find(folder);
  return listing == nullptr ? 0 : static_cast<long>(listing->next);
}

FOZZY_INTERPOSE void seekdir(DIR* folder, long position) noexcept {
  static auto* const real = Real<decltype(seekdir)>("seekdir");
  if (!IsDirectoryOrderPinned()) return real(folder, position);
  Listing* listing = Find(folder);
  if (listing == nullptr) listing = List(folder);
  if (listing != nullptr) listing->next = static_cast<size_t>(position);
}

// Unsorted scans are libc's own reading, which cannot be interposed: they are
// sorted instead.
FOZZY_INTERPOSE int scandir(const char* path, dirent*** entries,
                            int (*filter)(const dirent*),
                            int (*compare)(const dirent**, const dirent**)) {
  static auto* const real = Real<decltype(scandir)>("scandir");
  const auto by_name = [](const dirent** a, const dirent** b) {
    return strcmp((*a)->d_name, (*b)->d_name);
  };
  const bool is_unsorted = compare == nullptr && IsDirectoryOrderPinned();
  return real(path, entries, filter, is_unsorted ? +by_name : compare);
}

FOZZY_INTERPOSE int scandir64(const char* path, dirent64*** entries,
                              int (*filter)(const dirent64*),
                              int (*compare)(const dirent64**,
                                             const dirent64**)) {
  static auto* const real = Real<decltype(scandir64)>("scandir64");
  const auto by_name = [](const dirent64** a, const dirent64** b) {
    return strcmp((*a)->d_name, (*b)->d_name);
  };
  const bool is_unsorted = compare == nullptr && IsDirectoryOrderPinned();
  return real(path, entries, filter, is_unsorted ? +by_name : compare);
}

}  // namespace fozzy::shim

// A growing array whose memory comes from an arena.
#ifndef FOZZY_SIM_CORE_ARENA_VECTOR_H_
#define FOZZY_SIM_CORE_ARENA_VECTOR_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include "sim/base/check.h"
#include "sim/core/arena.h"

namespace fozzy {

// Like std::vector of a type that can be copied byte by byte.  Emptying it
// keeps its memory, so that a structure that is filled again and again takes
// none after the first time; outgrown memory is lost to the arena.
template <class T>
class ArenaVector {
 public:
  static_assert(std::is_trivially_copyable_v<T>);

  // `arena` is not owned.
  explicit ArenaVector(Arena& arena) : arena_(&arena) {}
  ArenaVector(const ArenaVector&) = delete;
  ArenaVector& operator=(const ArenaVector&) = delete;
  ~ArenaVector() = default;

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  T& back() { return data_[size_ - 1]; }
  const T& back() const { return data_[size_ - 1]; }
  std::span<T> span() { return {data_, size_}; }
  std::span<const T> span() const { return {data_, size_}; }

  void clear() { size_ = 0; }
  void pop_back() { --size_; }

  void push_back(const T& value) {
    if (size_ == capacity_) [[unlikely]]
      return PushGrowing(value);
    data_[size_++] = value;
  }

  // What is new is T{}.
  void resize(size_t size) {
    if (size > capacity_) Grow(size);
    for (size_t i = size_; i < size; ++i) data_[i] = T{};
    size_ = size;
  }

  // Makes it longer by `count` and returns where they are, of no known value.
  T* extend(size_t count) {
    if (size_ + count > capacity_) [[unlikely]]
      Grow(size_ + count);
    T* values = data_ + size_;
    size_ += count;
    return values;
  }

  // Requires at <= size().
  void insert(size_t at, const T& value) {
    FOZZY_CHECK(at <= size_);
    push_back(value);
    for (size_t i = size_ - 1; i > at; --i) data_[i] = data_[i - 1];
    data_[at] = value;
  }

  // Requires at < size().
  void erase(size_t at) {
    FOZZY_CHECK(at < size_);
    for (size_t i = at + 1; i < size_; ++i) data_[i - 1] = data_[i];
    --size_;
  }

 private:
  [[gnu::cold, gnu::noinline]] void PushGrowing(const T& value) {
    const T copy = value;
    Grow(size_ + 1);
    data_[size_++] = copy;
  }
  [[gnu::cold, gnu::noinline]] void Grow(size_t least) {
    size_t capacity = capacity_ == 0 ? 8 : capacity_ * 2;
    if (capacity < least) capacity = least;
    T* data = arena_->AllocateArray<T>(capacity);
    if (size_ != 0) std::memcpy(data, data_, size_ * sizeof(T));
    data_ = data;
    capacity_ = capacity;
  }

  Arena* arena_;
  T* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_ARENA_VECTOR_H_

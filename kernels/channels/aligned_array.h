// An array whose length is known at run time and that starts a cache line.
#ifndef KERNELS_CHANNELS_ALIGNED_ARRAY_H_
#define KERNELS_CHANNELS_ALIGNED_ARRAY_H_

#include <cstddef>
#include <memory>
#include <new>

namespace fozzy::channels {

// What one side writes and the other reads lies this far apart: processors
// fetch lines of 64 bytes in pairs.
inline constexpr size_t kLineBytes = 128;

template <class T>
class AlignedArray {
 public:
  explicit AlignedArray(size_t size)
      : data_(static_cast<T*>(::operator new(size * sizeof(T), kAlignment))),
        size_(size) {
    std::uninitialized_value_construct_n(data_, size_);
  }
  AlignedArray(const AlignedArray&) = delete;
  AlignedArray& operator=(const AlignedArray&) = delete;
  ~AlignedArray() {
    std::destroy_n(data_, size_);
    ::operator delete(data_, kAlignment);
  }

  T* data() { return data_; }
  size_t size() const { return size_; }

 private:
  static constexpr std::align_val_t kAlignment{kLineBytes};

  T* data_;
  size_t size_;
};

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_ALIGNED_ARRAY_H_

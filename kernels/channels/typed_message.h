// Types of messages: views of the bytes of a message, in the ring.
//
//   Slot<StdSync> slot;
//   std::span<float> values;
//   if (ReserveTyped<FloatVector>(sender, slot, values, kForever, 100) == kOk)
//   {
//     ...fill values...;
//     sender.Commit(slot);
//   }
//   const std::optional<std::span<const float>> got = As<FloatVector>(view);
//
// A type M is a class with
//   static constexpr uint16_t kType;              // from kFirstUserType on
//   using Out = ...;                              // what is written through
//   using In = ...;                               // what is read through
//   static uint64_t BytesOf(sizes...);
//   static Out Write(std::byte* bytes, sizes...);  // starts a message
//   static std::optional<In> Read(std::span<const std::byte> bytes);
// where Read returns nothing for bytes that are no such message.
#ifndef KERNELS_CHANNELS_TYPED_MESSAGE_H_
#define KERNELS_CHANNELS_TYPED_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "kernels/channels/ring.h"
#include "kernels/channels/status.h"

namespace fozzy::channels {

inline constexpr uint16_t kFirstUserType = 1000;

// Numbers next to each other.
template <class T, uint16_t kItsType>
struct VectorMessage {
  static constexpr uint16_t kType = kItsType;
  using Out = std::span<T>;
  using In = std::span<const T>;

  static uint64_t BytesOf(uint32_t count) {
    return uint64_t{count} * sizeof(T);
  }
  static Out Write(std::byte* bytes, uint32_t count) {
    return {reinterpret_cast<T*>(bytes), count};
  }
  static std::optional<In> Read(std::span<const std::byte> bytes) {
    if (bytes.size() % sizeof(T) != 0) return std::nullopt;
    return In(reinterpret_cast<const T*>(bytes.data()),
              bytes.size() / sizeof(T));
  }
};

using FloatVector = VectorMessage<float, 1>;
using ByteVector = VectorMessage<std::byte, 10>;

// Rows after rows of a matrix.
template <class T>
struct MatrixView {
  uint32_t rows = 0;
  uint32_t columns = 0;
  std::span<T> values = {};

  T& at(uint32_t row, uint32_t column) const {
    return values[size_t{row} * columns + column];
  }
};

// Its rows and columns, four bytes each, and its values.
struct DoubleMatrix {
  static constexpr uint16_t kType = 2;
  using Out = MatrixView<double>;
  using In = MatrixView<const double>;

  static uint64_t BytesOf(uint32_t rows, uint32_t columns) {
    const uint64_t values = uint64_t{rows} * columns;
    // What does not fit into 32 bits fits into no ring.
    return values > UINT32_MAX ? UINT64_MAX : kSizes + values * sizeof(double);
  }
  static Out Write(std::byte* bytes, uint32_t rows, uint32_t columns) {
    auto* sizes = reinterpret_cast<uint32_t*>(bytes);
    sizes[0] = rows;
    sizes[1] = columns;
    return {
        rows,
        columns,
        {reinterpret_cast<double*>(bytes + kSizes), size_t{rows} * columns}};
  }
  static std::optional<In> Read(std::span<const std::byte> bytes) {
    if (bytes.size() < kSizes) return std::nullopt;
    const auto* sizes = reinterpret_cast<const uint32_t*>(bytes.data());
    if (bytes.size() != BytesOf(sizes[0], sizes[1])) return std::nullopt;
    return In{sizes[0],
              sizes[1],
              {reinterpret_cast<const double*>(bytes.data() + kSizes),
               size_t{sizes[0]} * sizes[1]}};
  }

 private:
  static constexpr uint64_t kSizes = 8;
};

// Returns the bytes of a message that is being written, or was received.
template <class Sync>
std::byte* BytesOf(const Slot<Sync>& slot) {
  return reinterpret_cast<std::byte*>(slot.words);
}
template <class Sync>
std::span<const std::byte> BytesOf(const View<Sync>& view) {
  return {reinterpret_cast<const std::byte*>(view.words), view.bytes};
}

// Reserves a message of type M and of the given sizes, and sets `out` to what
// it is filled through.  Then it is to be committed or abandoned.
template <class M, class End, class Sync, class... Sizes>
Status ReserveTyped(End& end, Slot<Sync>& slot, typename M::Out& out,
                    int64_t timeout_ns, Sizes... sizes) {
  const uint64_t bytes = M::BytesOf(sizes...);
  if (bytes > UINT32_MAX) return Status::kTooLarge;
  const Status status =
      end.Reserve(static_cast<uint32_t>(bytes), slot, timeout_ns);
  if (status != Status::kOk) return status;
  slot.type = M::kType;
  out = M::Write(BytesOf(slot), sizes...);
  return Status::kOk;
}

// Returns `view` as a message of type M, which lives as long as that is not
// released; nothing if it is none.
template <class M, class Sync>
std::optional<typename M::In> As(const View<Sync>& view) {
  if (view.type != M::kType) return std::nullopt;
  return M::Read(BytesOf(view));
}

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_TYPED_MESSAGE_H_

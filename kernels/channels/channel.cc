#include "kernels/channels/channel.h"

#include <algorithm>
#include <bit>
#include <list>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "kernels/channels/ends.h"

namespace fozzy::channels {
namespace {

constexpr uint32_t kGranulesMax = 1u << 30;
constexpr uint32_t kEndsMax = 1u << 16;

template <Mode kMode>
class MemorySender final : public MessageSender {
 public:
  explicit MemorySender(ChannelCore<StdSync>& core) : sender_(core) {}

  Status Reserve(uint32_t bytes, Slot<StdSync>& slot,
                 int64_t timeout_ns) override {
    return sender_.Reserve(bytes, slot, timeout_ns);
  }
  void Commit(const Slot<StdSync>& slot) override { sender_.Commit(slot); }
  void Abandon(const Slot<StdSync>& slot) override { sender_.Abandon(slot); }
  Status ReserveBatch(uint32_t bytes, uint32_t count_max,
                      SlotBatch<StdSync>& batch, int64_t timeout_ns) override {
    return sender_.ReserveBatch(bytes, count_max, batch, timeout_ns);
  }
  void CommitBatch(const SlotBatch<StdSync>& batch) override {
    sender_.CommitBatch(batch);
  }
  void Close() override { sender_.Close(); }

  const Sender<StdSync, kMode>& end() const { return sender_; }

 private:
  Sender<StdSync, kMode> sender_;
};

template <Mode kMode>
class MemoryReceiver final : public MessageReceiver {
 public:
  MemoryReceiver(ChannelCore<StdSync>& core, uint32_t number)
      : receiver_(core, number) {}

  Status Receive(View<StdSync>& view, int64_t timeout_ns) override {
    return receiver_.Receive(view, timeout_ns);
  }
  void Release(const View<StdSync>& view) override { receiver_.Release(view); }
  Status ReceiveBatch(uint32_t count_max, ViewBatch<StdSync>& batch,
                      int64_t timeout_ns) override {
    return receiver_.ReceiveBatch(count_max, batch, timeout_ns);
  }
  void ReleaseBatch(const ViewBatch<StdSync>& batch) override {
    receiver_.ReleaseBatch(batch);
  }
  void Leave() override { receiver_.Leave(); }

  const Receiver<StdSync, kMode>& end() const { return receiver_; }

 private:
  Receiver<StdSync, kMode> receiver_;
};

void Add(const SideMetrics& one, SideMetrics& sum) {
  sum.messages += one.messages;
  sum.bytes += one.bytes;
  sum.blocks += one.blocks;
}

template <class End>
End& At(std::list<End>& ends, uint32_t number) {
  return *std::next(ends.begin(), number);
}

template <Mode kMode>
class MemoryChannel final : public Channel {
 public:
  MemoryChannel(absl::string_view uri, const CoreOptions& options)
      : uri_(uri), core_(options) {
    for (uint32_t i = 0; i < options.senders; ++i) senders_.emplace_back(core_);
    for (uint32_t i = 0; i < options.receivers; ++i) {
      receivers_.emplace_back(core_, i);
    }
  }

  const std::string& uri() const override { return uri_; }
  Mode mode() const override { return kMode; }
  MessageSender& sender(uint32_t number) override {
    return At(senders_, number);
  }
  MessageReceiver& receiver(uint32_t number) override {
    return At(receivers_, number);
  }

  Metrics metrics() const override {
    Metrics metrics;
    for (const auto& sender : senders_) {
      Add(sender.end().metrics(), metrics.sent);
      metrics.occupancy_max =
          std::max(metrics.occupancy_max, sender.end().occupancy_max());
    }
    for (const auto& receiver : receivers_) {
      Add(receiver.end().metrics(), metrics.received);
    }
    return metrics;
  }

 private:
  const std::string uri_;
  ChannelCore<StdSync> core_;
  std::list<MemorySender<kMode>> senders_;
  std::list<MemoryReceiver<kMode>> receivers_;
};

absl::Status CheckEnds(const ChannelOptions& options) {
  const uint32_t senders_max = HasManySenders(options.mode) ? kEndsMax : 1;
  if (options.senders == 0 || options.senders > senders_max) {
    return absl::InvalidArgumentError(
        absl::StrCat("channel has ", options.senders,
                     " senders, expected 1 to ", senders_max, " in its mode"));
  }
  uint32_t receivers_max = 1;
  if (SharesMessages(options.mode)) receivers_max = kEndsMax;
  if (options.mode == Mode::kBroadcast) {
    receivers_max = StdSync::kSubscribersMax;
  }
  if (options.receivers == 0 || options.receivers > receivers_max) {
    return absl::InvalidArgumentError(absl::StrCat(
        "channel has ", options.receivers, " receivers, expected 1 to ",
        receivers_max, " in its mode"));
  }
  return absl::OkStatus();
}

absl::StatusOr<CoreOptions> CheckOptions(const ChannelOptions& options) {
  const absl::Status ends = CheckEnds(options);
  if (!ends.ok()) return ends;
  if (options.granule_bytes < 8 ||
      !std::has_single_bit(options.granule_bytes)) {
    return absl::InvalidArgumentError(
        absl::StrCat("channel has granules of ", options.granule_bytes,
                     " bytes, expected a power of two of at least 8"));
  }
  if (options.bytes == 0 ||
      options.bytes > uint64_t{kGranulesMax} * options.granule_bytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        "channel has a ring of ", options.bytes, " bytes, expected 1 to ",
        uint64_t{kGranulesMax} * options.granule_bytes));
  }
  const uint64_t granules =
      (options.bytes + options.granule_bytes - 1) / options.granule_bytes;
  return CoreOptions{.granules = static_cast<uint32_t>(std::bit_ceil(granules)),
                     .words_per_granule = options.granule_bytes / 8,
                     .senders = options.senders,
                     .receivers = options.receivers,
                     .spins = options.spins};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Channel>> CreateChannel(
    absl::string_view uri, const ChannelOptions& options) {
  absl::string_view name = uri;
  if (!absl::ConsumePrefix(&name, "memory://")) {
    if (uri.find("://") == absl::string_view::npos) {
      return absl::InvalidArgumentError(absl::StrCat(
          "channel is at \"", uri, "\", expected a URI such as memory://name"));
    }
    return absl::UnimplementedError(absl::StrCat(
        "channel is at \"", uri,
        "\", but only memory:// has both ends in one "
        "program; IpcSender and TcpSender are the ends of others"));
  }
  if (name.empty()) {
    return absl::InvalidArgumentError("channel has no name after memory://");
  }
  const absl::StatusOr<CoreOptions> core = CheckOptions(options);
  if (!core.ok()) return core.status();
  switch (options.mode) {
    case Mode::kSpsc:
      return std::make_unique<MemoryChannel<Mode::kSpsc>>(uri, *core);
    case Mode::kMpsc:
      return std::make_unique<MemoryChannel<Mode::kMpsc>>(uri, *core);
    case Mode::kSpmc:
      return std::make_unique<MemoryChannel<Mode::kSpmc>>(uri, *core);
    case Mode::kMpmc:
      return std::make_unique<MemoryChannel<Mode::kMpmc>>(uri, *core);
    case Mode::kBroadcast:
      return std::make_unique<MemoryChannel<Mode::kBroadcast>>(uri, *core);
  }
  return absl::InvalidArgumentError("channel has an unknown mode");
}

}  // namespace fozzy::channels

#include "backends/observed.h"

#include <optional>
#include <utility>

#include "absl/functional/function_ref.h"

namespace fozzy {
namespace {

// What a step is told when the recording says something else: the replay has
// drifted, which is reported by whoever compares; the step only has to end.
constexpr std::string_view kDrifted = "the recording holds no answer";

// Layout: numbers {end, exit code, signal, is_cut}, texts {out, err, reason}.
// How long it took is left out: it differs every time and decides nothing.
Observation WriteProc(ProcResult result) {
  return {
      ObservationKind::kProcess,
      {static_cast<uint64_t>(result.end),
       static_cast<uint32_t>(result.exit_code),
       static_cast<uint32_t>(result.signal), result.is_cut},
      {std::move(result.out), std::move(result.err), std::move(result.reason)}};
}

std::optional<ProcResult> ReadProc(Observation observation) {
  const std::vector<uint64_t>& numbers = observation.numbers;
  std::vector<std::string>& texts = observation.texts;
  if (numbers.size() != 4 || texts.size() != 3) return std::nullopt;
  if (numbers[0] > static_cast<uint64_t>(ProcResult::End::kTimedOut)) {
    return std::nullopt;
  }
  ProcResult result;
  result.end = static_cast<ProcResult::End>(numbers[0]);
  result.exit_code = static_cast<int32_t>(static_cast<uint32_t>(numbers[1]));
  result.signal = static_cast<int32_t>(static_cast<uint32_t>(numbers[2]));
  result.is_cut = numbers[3] != 0;
  result.out = std::move(texts[0]);
  result.err = std::move(texts[1]);
  result.reason = std::move(texts[2]);
  return result;
}

// Layout: numbers {end, status, is_cut}, texts {body, reason, name, value,
// name, value, ...}.
Observation WriteHttp(HttpResponse response) {
  Observation observation = {
      ObservationKind::kHttp,
      {static_cast<uint64_t>(response.end), response.status, response.is_cut},
      {std::move(response.body), std::move(response.reason)}};
  for (auto& [name, value] : response.headers) {
    observation.texts.push_back(std::move(name));
    observation.texts.push_back(std::move(value));
  }
  return observation;
}

std::optional<HttpResponse> ReadHttp(Observation observation) {
  const std::vector<uint64_t>& numbers = observation.numbers;
  std::vector<std::string>& texts = observation.texts;
  if (numbers.size() != 3 || texts.size() < 2 || texts.size() % 2 != 0) {
    return std::nullopt;
  }
  if (numbers[0] > static_cast<uint64_t>(HttpResponse::End::kFailed)) {
    return std::nullopt;
  }
  HttpResponse response;
  response.end = static_cast<HttpResponse::End>(numbers[0]);
  response.status = static_cast<uint16_t>(numbers[1]);
  response.is_cut = numbers[2] != 0;
  response.body = std::move(texts[0]);
  response.reason = std::move(texts[1]);
  for (size_t i = 2; i < texts.size(); i += 2) {
    response.headers.emplace_back(std::move(texts[i]), std::move(texts[i + 1]));
  }
  return response;
}

// Layout: numbers {end, files}, texts {data, reason}.
Observation WriteFs(ObservationKind kind, FsResult result) {
  return {kind,
          {static_cast<uint64_t>(result.end), result.files},
          {std::move(result.data), std::move(result.reason)}};
}

std::optional<FsResult> ReadFs(Observation observation) {
  if (observation.numbers.size() != 2 || observation.texts.size() != 2) {
    return std::nullopt;
  }
  if (observation.numbers[0] > static_cast<uint64_t>(FsResult::End::kFailed)) {
    return std::nullopt;
  }
  FsResult result;
  result.end = static_cast<FsResult::End>(observation.numbers[0]);
  result.files = observation.numbers[1];
  result.data = std::move(observation.texts[0]);
  result.reason = std::move(observation.texts[1]);
  return result;
}

FsResult ObserveFs(Run& run, ObservationKind kind,
                   absl::FunctionRef<FsResult()> ask) {
  std::optional<Observation> observation =
      run.Observe(kind, [&] { return WriteFs(kind, ask()); });
  std::optional<FsResult> result;
  if (observation) result = ReadFs(*std::move(observation));
  if (result) return *std::move(result);
  FsResult drifted;
  drifted.end = FsResult::End::kFailed;
  drifted.reason = kDrifted;
  return drifted;
}

}  // namespace

ProcResult ObservedProc::Spawn(const ProcRequest& request) {
  std::optional<Observation> observation =
      run_.Observe(ObservationKind::kProcess,
                   [&] { return WriteProc(host_->Spawn(request)); });
  std::optional<ProcResult> result;
  if (observation) result = ReadProc(*std::move(observation));
  if (result) return *std::move(result);
  ProcResult drifted;
  drifted.end = ProcResult::End::kNotStarted;
  drifted.exit_code = -1;
  drifted.reason = kDrifted;
  return drifted;
}

HttpResponse ObservedHttp::Request(const HttpRequest& request) {
  std::optional<Observation> observation =
      run_.Observe(ObservationKind::kHttp,
                   [&] { return WriteHttp(host_->Request(request)); });
  std::optional<HttpResponse> response;
  if (observation) response = ReadHttp(*std::move(observation));
  if (response) return *std::move(response);
  HttpResponse drifted;
  drifted.end = HttpResponse::End::kFailed;
  drifted.reason = kDrifted;
  return drifted;
}

FsResult ObservedFs::Write(std::string_view path, std::string_view data) {
  return ObserveFs(run_, ObservationKind::kFsWrite,
                   [&] { return host_->Write(path, data); });
}

FsResult ObservedFs::Read(std::string_view path) {
  return ObserveFs(run_, ObservationKind::kFsRead,
                   [&] { return host_->Read(path); });
}

FsResult ObservedFs::Snapshot(std::string_view name) {
  return ObserveFs(run_, ObservationKind::kFsSnapshot,
                   [&] { return host_->Snapshot(name); });
}

FsResult ObservedFs::Restore(std::string_view name) {
  return ObserveFs(run_, ObservationKind::kFsRestore,
                   [&] { return host_->Restore(name); });
}

}  // namespace fozzy

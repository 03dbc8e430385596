#include "trace/messages.h"

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"
#include "trace/limits.h"
#include "trace/proto/trace.pb.h"
#include "trace/wire.h"

namespace fozzy {
namespace {

namespace pb = trace::v1;

template <typename Fields>
void WriteSettings(const TraceSettings& settings, Fields& fields) {
  for (const auto& [name, value] : settings) {
    pb::Setting& setting = *fields.Add();
    setting.set_name(name);
    setting.set_value(value);
  }
}

template <typename Fields>
TraceSettings ReadSettings(const Fields& fields) {
  TraceSettings settings;
  settings.reserve(static_cast<size_t>(fields.size()));
  for (const pb::Setting& setting : fields) {
    settings.emplace_back(setting.name(), setting.value());
  }
  return settings;
}

void WriteFinding(const TraceFinding& finding, pb::Finding& message) {
  message.set_kind(finding.kind);
  message.set_title(finding.title);
  message.set_message(finding.message);
  if (finding.step) message.set_step(*finding.step);
  message.set_details(finding.details);
}

TraceFinding ReadFinding(const pb::Finding& message) {
  TraceFinding finding;
  finding.kind = message.kind();
  finding.title = message.title();
  finding.message = message.message();
  if (message.has_step()) finding.step = message.step();
  finding.details = message.details();
  return finding;
}

absl::Status CheckFieldCount(absl::string_view bytes) {
  WireReader reader(bytes);
  for (size_t count = 0; !reader.is_at_end(); ++count) {
    if (count == kMessageFieldsMax) {
      return absl::DataLossError(
          absl::StrCat("found more than ", kMessageFieldsMax, " fields"));
    }
    uint64_t field = 0;
    WireType type = WireType::kVarint;
    if (!reader.ReadTag(field, type) || !reader.Skip(type)) {
      return absl::DataLossError(
          "found bytes that are no message, expected protobuf fields");
    }
  }
  return absl::OkStatus();
}

template <typename Message>
absl::Status Parse(absl::string_view bytes, Message& message) {
  FOZZY_RETURN_IF_ERROR(CheckFieldCount(bytes));
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError("found a message that does not parse");
  }
  return absl::OkStatus();
}

}  // namespace

std::string EncodeHeader(const TraceHeader& header) {
  pb::Header message;
  message.set_format_version(header.format_version);
  message.set_tool_version(header.tool_version);
  message.set_mode(header.mode);
  message.set_scenario_name(header.scenario_name);
  message.set_scenario_size(header.scenario_size);
  message.set_scenario_digest_low(header.scenario_digest.low);
  message.set_scenario_digest_high(header.scenario_digest.high);
  message.set_seed(header.seed);
  message.set_strategy(header.strategy);
  message.set_time_unit(header.time_unit);
  WriteSettings(header.settings, *message.mutable_setting());
  return message.SerializeAsString();
}

std::string EncodeFooter(const TraceFooter& footer) {
  pb::Footer message;
  message.set_status(footer.status);
  for (const TraceFinding& finding : footer.findings) {
    WriteFinding(finding, *message.add_finding());
  }
  message.set_virtual_time(footer.virtual_time);
  message.set_steps(footer.steps);
  message.set_decisions(footer.counts.decisions);
  message.set_events(footer.counts.events);
  message.set_observations(footer.counts.observations);
  message.set_run_digest_low(footer.run_digest.low);
  message.set_run_digest_high(footer.run_digest.high);
  WriteSettings(footer.results, *message.mutable_result());
  for (const TraceIndexEntry& entry : footer.index) {
    pb::IndexEntry& stored = *message.add_index();
    stored.set_offset(entry.offset);
    stored.set_first_record(entry.first_record);
  }
  message.set_file_digest_low(footer.file_digest.low);
  message.set_file_digest_high(footer.file_digest.high);
  return message.SerializeAsString();
}

absl::StatusOr<TraceHeader> DecodeHeader(absl::string_view bytes) {
  pb::Header message;
  FOZZY_RETURN_IF_ERROR(Parse(bytes, message));
  TraceHeader header;
  header.format_version = message.format_version();
  header.tool_version = message.tool_version();
  header.mode = message.mode();
  header.scenario_name = message.scenario_name();
  header.scenario_size = message.scenario_size();
  header.scenario_digest = {message.scenario_digest_low(),
                            message.scenario_digest_high()};
  header.seed = message.seed();
  header.strategy = message.strategy();
  header.time_unit = message.time_unit();
  header.settings = ReadSettings(message.setting());
  return header;
}

absl::StatusOr<TraceFooter> DecodeFooter(absl::string_view bytes) {
  pb::Footer message;
  FOZZY_RETURN_IF_ERROR(Parse(bytes, message));
  TraceFooter footer;
  footer.status = message.status();
  for (const pb::Finding& finding : message.finding()) {
    footer.findings.push_back(ReadFinding(finding));
  }
  footer.virtual_time = message.virtual_time();
  footer.steps = message.steps();
  footer.counts = {message.decisions(), message.events(),
                   message.observations()};
  footer.run_digest = {message.run_digest_low(), message.run_digest_high()};
  footer.results = ReadSettings(message.result());
  for (const pb::IndexEntry& entry : message.index()) {
    footer.index.push_back({entry.offset(), entry.first_record()});
  }
  footer.file_digest = {message.file_digest_low(), message.file_digest_high()};
  return footer;
}

}  // namespace fozzy

#include "measure/protocol.hpp"

#include "support/text.hpp"

#include <climits>
#include <cstring>

namespace assay::measure {
namespace {

Error malformed(const std::string& what) {
    return Error{ErrorKind::protocol, what, {}};
}

// Seeds are 64 arbitrary bits; JSON integers are signed here.
std::int64_t as_signed(std::uint64_t value) noexcept {
    return static_cast<std::int64_t>(value);
}

json::value to_json(const ParameterValue& value) {
    // [type, value]: 1 and 1.0 are the same JSON number but not the same parameter.
    json::array pair;
    pair.emplace_back(static_cast<std::int64_t>(type_of(value)));
    switch (type_of(value)) {
    case ParameterType::integer:
        pair.emplace_back(std::get<std::int64_t>(value));
        break;
    case ParameterType::real:
        pair.emplace_back(json_number(std::get<double>(value)));
        break;
    case ParameterType::boolean:
        pair.emplace_back(std::get<bool>(value));
        break;
    case ParameterType::text:
        pair.emplace_back(std::get<std::string>(value));
        break;
    }
    return pair;
}

std::optional<ParameterValue> parameter_from_json(const json::value& value) {
    const json::array* pair = value.if_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_int64()) {
        return std::nullopt;
    }
    const json::value& content = (*pair)[1];
    switch ((*pair)[0].get_int64()) {
    case ASSAY_T_I64:
        return content.is_int64() ? std::optional<ParameterValue>(content.get_int64())
                                  : std::nullopt;
    case ASSAY_T_F64:
        if (content.is_int64()) {
            return ParameterValue(static_cast<double>(content.get_int64()));
        }
        return content.is_double() ? std::optional<ParameterValue>(content.get_double())
                                   : std::nullopt;
    case ASSAY_T_BOOL:
        return content.is_bool() ? std::optional<ParameterValue>(content.get_bool()) : std::nullopt;
    case ASSAY_T_STR:
        return content.is_string()
                   ? std::optional<ParameterValue>(std::string(content.get_string()))
                   : std::nullopt;
    default:
        return std::nullopt;
    }
}

std::uint32_t count32(const json::object& object, std::string_view key, std::uint32_t fallback) {
    const std::int64_t value = json_int(object, key, fallback);
    return value < 0 || value > UINT32_MAX ? fallback : static_cast<std::uint32_t>(value);
}

// CPUs that are none stay out of it.
std::vector<int> cpus_from(const json::object& object, std::string_view key) {
    std::vector<int> cpus;
    const json::value* const value = object.if_contains(key);
    if (value != nullptr && value->is_array()) {
        for (const json::value& cpu : value->get_array()) {
            if (cpu.is_int64() && cpu.get_int64() >= 0 && cpu.get_int64() < INT_MAX) {
                cpus.push_back(static_cast<int>(cpu.get_int64()));
            }
        }
    }
    return cpus;
}

std::uint64_t count64(const json::object& object, std::string_view key, std::uint64_t fallback) {
    return static_cast<std::uint64_t>(json_int(object, key, as_signed(fallback)));
}

json::value or_null(const std::optional<double>& value) {
    return value ? json_number(*value) : json::value(nullptr);
}

std::optional<double> optional_double(const json::object& object, std::string_view key) {
    const json::value* const value = object.if_contains(key);
    if (value == nullptr || value->is_null()) {
        return std::nullopt;
    }
    return json_double(object, key, 0);
}

json::value to_json(const std::optional<PairSeat>& pair) {
    return pair ? json::value(json::object{{"seat", pair->seat}, {"first", pair->first}})
                : json::value(nullptr);
}

// False: there is something, but no pair's seat.
bool read_pair(const json::object& request, std::optional<PairSeat>& pair) {
    const json::value* const value = request.if_contains("pair");
    if (value == nullptr || value->is_null()) {
        return true;
    }
    const json::object* const object = value->if_object();
    if (object == nullptr) {
        return false;
    }
    constexpr std::uint32_t missing = 2;
    pair = PairSeat{count32(*object, "seat", missing), count32(*object, "first", missing)};
    return pair->seat < missing && pair->first < missing;
}

json::object to_json(const Calibration& calibration) {
    return {{"iterations", json_count(calibration.iterations)},
            {"clock", name_of(calibration.clock)},
            {"clock_cost_s", json_number(calibration.clock_cost_s)},
            {"overhead_bound", json_number(calibration.overhead_bound)},
            {"batch_bytes", json_count(calibration.batch_bytes)},
            {"warmup_slices", calibration.warmup_slices},
            {"steady", calibration.steady}};
}

Calibration calibration_from_json(const json::object& object) {
    Calibration calibration;
    calibration.iterations = count64(object, "iterations", 0);
    const std::string clock = json_string(object, "clock");
    for (const Clock candidate :
         {Clock::automatic, Clock::wall, Clock::thread_cpu, Clock::process_cpu, Clock::manual}) {
        if (name_of(candidate) == clock) {
            calibration.clock = candidate;
        }
    }
    calibration.clock_cost_s = json_double(object, "clock_cost_s", 0);
    calibration.overhead_bound = json_double(object, "overhead_bound", 0);
    calibration.batch_bytes = count64(object, "batch_bytes", 0);
    calibration.warmup_slices = count32(object, "warmup_slices", 0);
    calibration.steady = json_bool(object, "steady", false);
    return calibration;
}

json::object to_json(const MetricRecord& metric) {
    json::array samples;
    for (const double sample : metric.samples) {
        samples.push_back(json_number(sample));
    }
    return {
        {"index", metric.index}, {"value", or_null(metric.value)}, {"samples", std::move(samples)}};
}

MetricRecord metric_from_json(const json::object& object) {
    MetricRecord metric;
    metric.index = count32(object, "index", 0);
    metric.value = optional_double(object, "value");
    if (const json::value* samples = object.if_contains("samples");
        samples != nullptr && samples->is_array()) {
        for (const json::value& sample : samples->get_array()) {
            if (sample.is_number()) {
                metric.samples.push_back(sample.to_number<double>());
            }
        }
    }
    return metric;
}

json::object to_json(const WorkCount& count) {
    return {{"iterations", json_count(count.iterations)},
            {"instructions",
             count.instructions ? json_count(*count.instructions) : json::value(nullptr)}};
}

std::optional<WorkCount> count_from_json(const json::object& record) {
    const json::value* const value = record.if_contains("count");
    if (value == nullptr || !value->is_object()) {
        return std::nullopt;
    }
    const json::object& object = value->get_object();
    WorkCount count{.iterations = count64(object, "iterations", 0), .instructions = {}};
    if (const json::value* counted = object.if_contains("instructions");
        counted != nullptr && counted->is_int64() && counted->get_int64() >= 0) {
        count.instructions = static_cast<std::uint64_t>(counted->get_int64());
    }
    return count;
}

json::object to_json(const MemoryBatch& batch) {
    return {{"iterations", json_count(batch.iterations)},
            {"allocations", json_count(batch.allocations)},
            {"bytes", json_count(batch.bytes)},
            {"peak_live_bytes", json_count(batch.peak_live_bytes)}};
}

MemoryBatch memory_batch_from_json(const json::object& object) {
    return {.iterations = count64(object, "iterations", 0),
            .allocations = count64(object, "allocations", 0),
            .bytes = count64(object, "bytes", 0),
            .peak_live_bytes = count64(object, "peak_live_bytes", 0)};
}

json::object to_json(const Attachment& attachment) {
    json::object object{{"name", attachment.name}, {"media_type", attachment.media_type}};
    if (is_utf8(attachment.bytes)) {
        object["text"] = attachment.bytes;
    } else {
        object["hex"] = hex(attachment.bytes);
    }
    return object;
}

std::string from_hex(std::string_view digits) {
    const auto nibble = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes.push_back(static_cast<char>(nibble(digits[i]) * 16 + nibble(digits[i + 1])));
    }
    return bytes;
}

Attachment attachment_from_json(const json::object& object) {
    Attachment attachment;
    attachment.name = json_string(object, "name");
    attachment.media_type = json_string(object, "media_type");
    attachment.bytes =
        object.contains("hex") ? from_hex(json_string(object, "hex")) : json_string(object, "text");
    return attachment;
}

template <class Item, class Convert>
std::vector<Item> list(const json::object& object, std::string_view key, Convert convert) {
    std::vector<Item> items;
    const json::value* const value = object.if_contains(key);
    if (value == nullptr || !value->is_array()) {
        return items;
    }
    for (const json::value& item : value->get_array()) {
        if (item.is_object()) {
            items.push_back(convert(item.get_object()));
        }
    }
    return items;
}

} // namespace

json::value to_json(const LaunchRequest& request) {
    json::array params;
    for (const ParameterValue& value : request.params) {
        params.push_back(to_json(value));
    }
    return json::object{
        {"suite", request.suite},
        {"config", request.config_json},
        {"family", request.family},
        {"params", std::move(params)},
        {"case_id", request.case_id},
        {"seed", as_signed(request.seed)},
        {"launch", request.launch},
        {"lanes", request.lanes},
        {"lane_cpus", json::array(request.lane_cpus.begin(), request.lane_cpus.end())},
        {"verify", request.verify},
        {"first_iteration", request.first_iteration},
        {"scaling_check", request.scaling_check},
        {"slices", request.slices},
        {"warmup_slices_max", request.warmup_slices_max},
        {"slice_target_s", json_number(request.slice_target_s)},
        {"batch_bytes_max", as_signed(request.batch_bytes_max)},
        {"strict", request.strict},
        {"open_clock", name_of(request.open_clock)},
        {"iterations", as_signed(request.iterations)},
        {"pair", to_json(request.pair)},
        {"handicap", json_number(request.handicap)},
        {"count_iterations", as_signed(request.count_iterations)},
        {"memory_iterations", as_signed(request.memory_iterations)}};
}

Result<LaunchRequest> launch_request_from_json(const json::value& document) {
    const json::object* const object = document.if_object();
    if (object == nullptr) {
        return malformed("a launch request is not a JSON object");
    }
    LaunchRequest request;
    request.suite = json_string(*object, "suite");
    request.config_json = json_string(*object, "config", "{}");
    request.family = count32(*object, "family", 0);
    request.case_id = json_string(*object, "case_id");
    request.seed = count64(*object, "seed", 1);
    request.launch = count32(*object, "launch", 0);
    request.lanes = count32(*object, "lanes", 1);
    request.lane_cpus = cpus_from(*object, "lane_cpus");
    request.verify = json_bool(*object, "verify", false);
    request.first_iteration = json_bool(*object, "first_iteration", false);
    request.scaling_check = json_bool(*object, "scaling_check", false);
    request.slices = count32(*object, "slices", 0);
    request.warmup_slices_max = count32(*object, "warmup_slices_max", request.warmup_slices_max);
    request.slice_target_s = json_double(*object, "slice_target_s", request.slice_target_s);
    request.batch_bytes_max = count64(*object, "batch_bytes_max", 0);
    request.strict = json_bool(*object, "strict", false);
    request.open_clock = json_string(*object, "open_clock") == name_of(Clock::wall)
                             ? Clock::wall
                             : Clock::thread_cpu;
    request.iterations = count64(*object, "iterations", 0);
    request.handicap = json_double(*object, "handicap", 0);
    request.count_iterations = count64(*object, "count_iterations", 0);
    request.memory_iterations = count64(*object, "memory_iterations", 0);
    if (!(request.handicap >= 0)) {
        return malformed("a launch request has a handicap that is no share of a slice's time");
    }
    if (!read_pair(*object, request.pair)) {
        return malformed("a launch request has a pair without a seat and a first seat, 0 or 1");
    }
    const json::value* const params = object->if_contains("params");
    if (params == nullptr || !params->is_array()) {
        return malformed("a launch request has no array 'params'");
    }
    for (const json::value& value : params->get_array()) {
        std::optional<ParameterValue> parameter = parameter_from_json(value);
        if (!parameter) {
            return malformed("a launch request has a parameter that is not [type, value]");
        }
        request.params.push_back(*std::move(parameter));
    }
    return request;
}

json::value to_json(const LaunchRecord& record) {
    json::array metrics;
    for (const MetricRecord& metric : record.metrics) {
        metrics.push_back(to_json(metric));
    }
    json::array attachments;
    for (const Attachment& attachment : record.attachments) {
        attachments.push_back(to_json(attachment));
    }
    json::array notes;
    for (const std::string& note : record.notes) {
        notes.emplace_back(note);
    }
    json::array memory;
    for (const MemoryBatch& batch : record.memory) {
        memory.push_back(to_json(batch));
    }
    return json::object{
        {"status", name_of(record.status)},
        {"reason", record.reason},
        {"verified", record.verified},
        {"setup_s", json_number(record.setup_s)},
        {"verify_s", or_null(record.verify_s)},
        {"first_iteration_s", or_null(record.first_iteration_s)},
        {"calibration",
         record.calibration ? json::value(to_json(*record.calibration)) : json::value(nullptr)},
        {"metrics", std::move(metrics)},
        {"attachments", std::move(attachments)},
        {"notes", std::move(notes)},
        {"count", record.count ? json::value(to_json(*record.count)) : json::value(nullptr)},
        {"memory", std::move(memory)}};
}

Result<LaunchRecord> launch_record_from_json(const json::value& document) {
    const json::object* const object = document.if_object();
    if (object == nullptr) {
        return malformed("a launch record is not a JSON object");
    }
    LaunchRecord record;
    const std::string status = json_string(*object, "status");
    const std::optional<CaseStatus> known = case_status_from(status);
    if (!known) {
        return malformed("a launch record has the unknown status '" + status + "'");
    }
    record.status = *known;
    record.reason = json_string(*object, "reason");
    record.verified = json_bool(*object, "verified", false);
    record.setup_s = json_double(*object, "setup_s", 0);
    record.verify_s = optional_double(*object, "verify_s");
    record.first_iteration_s = optional_double(*object, "first_iteration_s");
    if (const json::value* calibration = object->if_contains("calibration");
        calibration != nullptr && calibration->is_object()) {
        record.calibration = calibration_from_json(calibration->get_object());
    }
    record.count = count_from_json(*object);
    record.memory = list<MemoryBatch>(*object, "memory", memory_batch_from_json);
    record.metrics = list<MetricRecord>(*object, "metrics", metric_from_json);
    record.attachments = list<Attachment>(*object, "attachments", attachment_from_json);
    if (const json::value* notes = object->if_contains("notes");
        notes != nullptr && notes->is_array()) {
        for (const json::value& note : notes->get_array()) {
            if (note.is_string()) {
                record.notes.emplace_back(note.get_string());
            }
        }
    }
    return record;
}

std::string pack(std::span<const SliceRecord> slices) {
    std::string bytes(slices.size_bytes(), '\0');
    if (!slices.empty()) {
        std::memcpy(bytes.data(), slices.data(), slices.size_bytes());
    }
    return bytes;
}

Result<std::vector<SliceRecord>> unpack_slices(std::string_view bytes) {
    if (bytes.size() % sizeof(SliceRecord) != 0) {
        return malformed("a frame of slices has " + std::to_string(bytes.size()) +
                         " bytes, which is no multiple of " + std::to_string(sizeof(SliceRecord)));
    }
    std::vector<SliceRecord> slices(bytes.size() / sizeof(SliceRecord));
    if (!slices.empty()) {
        std::memcpy(slices.data(), bytes.data(), bytes.size());
    }
    return slices;
}

} // namespace assay::measure

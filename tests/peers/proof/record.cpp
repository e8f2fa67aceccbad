#include "record.hpp"

#include "support/file.hpp"
#include "support/text.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace proof {

namespace json = assay::json;

namespace {

json::value peer_value(const std::optional<PeerFinding>& finding) {
    if (!finding) {
        return nullptr;
    }
    return json::object{{"p", assay::json_number(finding->p)},
                        {"ratio", assay::json_number(finding->ratio)}};
}

std::optional<PeerFinding> peer_from(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_object()) {
        return std::nullopt;
    }
    return PeerFinding{assay::json_double(value->get_object(), "p", 1),
                       assay::json_double(value->get_object(), "ratio", 1)};
}

void add_assay(json::object& object, const Record& record) {
    object["verdict"] = record.verdict;
    object["ratio"] = record.ratio ? assay::json_number(*record.ratio) : json::value(nullptr);
    object["pairs"] = record.pairs;
    object["null_control"] = record.null_control;
    object["positive_control"] = record.positive_control;
    object["others"] = json::object{{"slower", record.others.slower},
                                    {"faster", record.others.faster},
                                    {"same", record.others.same},
                                    {"undecided", record.others.undecided}};
}

Verdicts verdicts_from(const json::object& object) {
    const json::value* value = object.if_contains("others");
    if (value == nullptr || !value->is_object()) {
        return {};
    }
    const json::object& counts = value->get_object();
    return {assay::json_int(counts, "slower", 0),
            assay::json_int(counts, "faster", 0),
            assay::json_int(counts, "same", 0),
            assay::json_int(counts, "undecided", 0)};
}

} // namespace

json::object record_object(const Record& record) {
    json::object object{{"cell", record.cell},
                        {"method", record.method},
                        {"index", record.index},
                        {"started", record.started},
                        {"load", assay::json_number(record.load)},
                        {"seconds", assay::json_number(record.seconds)},
                        {"failure", record.failure}};
    if (!record.text.empty()) {
        object["text"] = record.text;
        object["passed"] = record.passed;
    } else if (record.method == kAssay) {
        add_assay(object, record);
    } else {
        object["real_time"] = peer_value(record.real_time);
        object["cpu_time"] = peer_value(record.cpu_time);
    }
    return object;
}

assay::Result<Record> record_from(const json::value& value) {
    if (!value.is_object() || assay::json_string(value.get_object(), "cell").empty()) {
        return assay::Error{assay::ErrorKind::config,
                            "a record is no object with a cell",
                            "give another --out, or remove the line"};
    }
    const json::object& object = value.get_object();
    Record record;
    record.cell = assay::json_string(object, "cell");
    record.method = assay::json_string(object, "method");
    record.index = assay::json_int(object, "index", 0);
    record.started = assay::json_string(object, "started");
    record.load = assay::json_double(object, "load", 0);
    record.seconds = assay::json_double(object, "seconds", 0);
    record.failure = assay::json_string(object, "failure");
    record.verdict = assay::json_string(object, "verdict");
    record.others = verdicts_from(object);
    if (const json::value* ratio = object.if_contains("ratio");
        ratio != nullptr && ratio->is_number()) {
        record.ratio = ratio->to_number<double>();
    }
    record.pairs = assay::json_int(object, "pairs", 0);
    record.null_control = assay::json_string(object, "null_control");
    record.positive_control = assay::json_string(object, "positive_control");
    record.real_time = peer_from(object, "real_time");
    record.cpu_time = peer_from(object, "cpu_time");
    record.text = assay::json_string(object, "text");
    record.passed = assay::json_bool(object, "passed", false);
    return record;
}

assay::Status append_record(const std::string& path, const Record& record) {
    std::ofstream file(path, std::ios::binary | std::ios::app);
    file << assay::write_json(record_object(record)) + "\n" << std::flush;
    if (!file) {
        return assay::Error{assay::ErrorKind::io,
                            "cannot write " + path + ": " + assay::system_message(errno),
                            "free space, or give another --out"};
    }
    return {};
}

assay::Result<std::vector<Record>> load_records(const std::string& path) {
    std::vector<Record> records;
    if (!std::filesystem::exists(path)) {
        return records;
    }
    auto text = assay::read_file(path);
    if (!text) {
        return text.error();
    }
    // What follows the last line break was cut off by a crash.
    text->resize(text->find_last_of('\n') + 1);
    std::size_t number = 0;
    for (const std::string& line : assay::split(*text, '\n')) {
        ++number;
        if (line.empty()) {
            continue;
        }
        const auto value = assay::parse_json(line);
        auto record = value ? record_from(*value) : assay::Result<Record>(value.error());
        if (!record) {
            assay::Error error = record.error();
            error.message = path + ":" + std::to_string(number) + ": " + error.message;
            return error;
        }
        records.push_back(std::move(*record));
    }
    return records;
}

} // namespace proof

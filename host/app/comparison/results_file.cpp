#include "app/comparison/results_file.hpp"

#include "history/run_from_events.hpp"
#include "measure/description.hpp"

#include <system_error>
#include <utility>

namespace assay::app {
namespace {

Error not_results(const std::string& path,
                  const std::string& pointer,
                  const std::string& expected) {
    return {.kind = ErrorKind::config,
            .message = path + ": " + (pointer.empty() ? "the document" : pointer) + ": expected " +
                       expected,
            .hint = "give what `assay run --reporter json=FILE` wrote"};
}

// What a case must have before it can be read, so that errors name the place.
Status check_case(const std::string& path, const json::value& value, const std::string& pointer) {
    if (!value.is_object() || json_string(value.get_object(), "id").empty()) {
        return not_results(path, pointer, "a case with an id");
    }
    if (!measure::case_status_from(json_string(value.get_object(), "status"))) {
        return not_results(path, pointer + "/status", "the status of a case");
    }
    return {};
}

std::string case_pointer(std::size_t place) {
    return "/cases/" + std::to_string(place);
}

json::object configurations_of(const json::object& run) {
    json::object all;
    const json::value* suites = run.if_contains("suites");
    if (suites == nullptr || !suites->is_array()) {
        return all;
    }
    for (const json::value& one : suites->get_array()) {
        if (one.is_object()) {
            const json::value* config = one.get_object().if_contains("config");
            all[json_string(one.get_object(), "suite")] =
                config != nullptr ? *config : json::value(nullptr);
        }
    }
    return all;
}

// As the events that reporters saw, which is how a history reads a run.
Result<history::Run> run_of(const std::string& path,
                            const json::object& document,
                            const json::value& run,
                            const json::array& cases) {
    history::RunFromEvents events;
    if (const Status begun = events.take({{"kind", "run_begin"}, {"run", run}}); !begun) {
        return not_results(path, "/run", "the id and the start of a run");
    }
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const Status taken = events.take({{"kind", "case_end"}, {"case", cases[i]}});
        if (!taken) {
            return not_results(path, case_pointer(i), "a case: " + taken.error().message);
        }
    }
    json::object end{{"kind", "run_end"}, {"run", run}};
    if (const json::value* summary = document.if_contains("summary")) {
        end["summary"] = *summary;
    }
    const Status ended = events.take(end);
    return ended ? std::move(events).finish() : Result<history::Run>(ended.error());
}

} // namespace

bool is_results_file(const std::filesystem::path& path) {
    return path.extension() == ".json";
}

Result<ResultsFile> read_results_file(const std::string& path) {
    std::error_code failed;
    if (!std::filesystem::exists(path, failed)) {
        return Error{.kind = ErrorKind::usage,
                     .message = path + ": there is no such file",
                     .hint = "give what `assay run --reporter json=FILE` wrote"};
    }
    const Result<json::value> document = read_json_file(path);
    if (!document) {
        return Error{.kind = ErrorKind::config, .message = document.error().message, .hint = {}};
    }
    if (!document->is_object() ||
        json_string(document->get_object(), "schema") != "assay.results/1") {
        return not_results(path, "/schema", "\"assay.results/1\"");
    }
    const json::value* run = document->get_object().if_contains("run");
    if (run == nullptr || !run->is_object()) {
        return not_results(path, "/run", "an object");
    }
    const json::value* cases = document->get_object().if_contains("cases");
    if (cases == nullptr || !cases->is_array()) {
        return not_results(path, "/cases", "a list");
    }
    for (std::size_t i = 0; i < cases->get_array().size(); ++i) {
        if (Status sound = check_case(path, cases->get_array()[i], case_pointer(i)); !sound) {
            return sound.error();
        }
    }
    auto read = run_of(path, document->get_object(), *run, cases->get_array());
    return read ? Result<ResultsFile>(
                      ResultsFile{.run = std::move(*read),
                                  .configurations = configurations_of(run->get_object())})
                : Result<ResultsFile>(read.error());
}

} // namespace assay::app

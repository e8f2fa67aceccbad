#include "headlines.hpp"

#include "support/json.hpp"

#include <stdexcept>

namespace goals {
namespace {

namespace json = assay::json;

constexpr double kPerNanosecond = 1e-9;
constexpr std::chrono::seconds kTimeout{300};

json::value parsed(const std::string& text, const char* whose) {
    auto document = assay::parse_json(text);
    if (!document) {
        throw std::runtime_error(std::string(whose) + ": " + document.error().message);
    }
    return *std::move(document);
}

void expect_success(const integration::Ended& ended, const char* what) {
    if (ended.exit_code != 0) {
        throw std::runtime_error(std::string(what) + " ended with " +
                                 std::to_string(ended.exit_code) + ": " + ended.err);
    }
}

} // namespace

std::map<std::string, double> assay_headlines(const integration::Sandbox& sandbox,
                                              const std::vector<std::string>& filters) {
    std::vector<std::string> words{
        "run", "--plugin", GOALS_PLUGIN, "--mode", "standard", "--reporter", "json=results.json"};
    words.insert(words.end(), filters.begin(), filters.end());
    expect_success(sandbox.assay(words, {.timeout = kTimeout}), "assay run");
    const json::value document = parsed(sandbox.read("results.json"), "results.json");
    std::map<std::string, double> figures;
    for (const json::value& one : document.at("cases").as_array()) {
        const std::string id = assay::json_string(one.as_object(), "id");
        for (const json::value& metric : one.at("metrics").as_array()) {
            const std::string key = assay::json_string(metric.as_object(), "key");
            if (key == "time" || key == "wall_time") {
                figures[key == "time" ? id : id + " wall"] =
                    metric.at("median").to_number<double>();
            }
        }
    }
    return figures;
}

std::map<std::string, double> google_benchmark_headlines(const integration::Sandbox& sandbox) {
    std::map<std::string, double> figures;
    for (const char* body : {"alu", "allocating"}) {
        // A process per body, as Assay has one: none measures in the heap that another has left.
        const integration::Ended ended = integration::run_program(
            {GOALS_PEER, std::string("--benchmark_filter=^") + body, "--benchmark_format=json"},
            {.folder = sandbox.folder(), .timeout = kTimeout});
        expect_success(ended, "Google Benchmark");
        const json::value document = parsed(ended.out, "Google Benchmark");
        const json::object& row = document.at("benchmarks").at(0).as_object();
        figures[body + std::string(" real")] =
            row.at("real_time").to_number<double>() * kPerNanosecond;
        figures[body + std::string(" cpu")] =
            row.at("cpu_time").to_number<double>() * kPerNanosecond;
    }
    return figures;
}

} // namespace goals

#include "launches.hpp"

#include "support/json.hpp"
#include "turnstile.hpp"

#include <chrono>
#include <stdexcept>

namespace lanes_peer {
namespace {

namespace json = assay::json;

constexpr std::chrono::seconds kTimeout{1200};

// The first metric of a case is its time.
std::map<std::string, double> medians_of(const json::value& document) {
    std::map<std::string, double> medians;
    for (const json::value& one : document.at("cases").as_array()) {
        const json::object& measured = one.as_object();
        const json::array& metrics = measured.at("metrics").as_array();
        if (assay::json_string(measured, "status") == "passed" && !metrics.empty()) {
            medians[assay::json_string(measured, "id")] =
                metrics[0].as_object().at("median").to_number<double>();
        }
    }
    return medians;
}

} // namespace

Launch launch(const integration::Sandbox& sandbox,
              std::vector<std::string> words,
              const std::filesystem::path& lock) {
    const proof::Turnstile turn(lock);
    words.insert(words.end(), {"--reporter", "json=results.json"});
    const auto began = std::chrono::steady_clock::now();
    const integration::Ended ended = sandbox.assay(words, {.timeout = kTimeout});
    Launch result;
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (ended.exit_code != 0) {
        throw std::runtime_error("assay run ended with " + std::to_string(ended.exit_code) + ": " +
                                 ended.err);
    }
    const auto document = assay::parse_json(sandbox.read("results.json"));
    if (!document) {
        throw std::runtime_error("results.json: " + document.error().message);
    }
    result.medians = medians_of(*document);
    const json::object& lanes = document->at("run").at("lanes").as_object();
    result.decision = assay::json_string(lanes, "decision");
    result.reason = assay::json_string(lanes, "reason");
    return result;
}

} // namespace lanes_peer

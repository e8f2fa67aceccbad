#include "app/session/run_document.hpp"

#include "app/session/git_state.hpp"
#include "app/session/lane_admission.hpp"
#include "app/session/project_called.hpp"
#include "app/version.hpp"
#include "measure/platform.hpp"
#include "measure/run_environment.hpp"
#include "support/text.hpp"

#include <chrono>
#include <ctime>
#include <filesystem>
#include <random>

namespace assay::app {

std::uint64_t unix_now_ns() {
    using namespace std::chrono;
    return static_cast<std::uint64_t>(
        duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count());
}

std::string utc_text(std::uint64_t unix_ns) {
    const auto seconds = static_cast<std::time_t>(unix_ns / 1'000'000'000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    const std::size_t used = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    const std::string millis = std::to_string(unix_ns / 1'000'000 % 1000);
    return std::string(text, used) + "." + std::string(3 - millis.size(), '0') + millis + "Z";
}

std::string make_run_id() {
    std::random_device entropy;
    std::string bytes;
    const std::uint64_t millis = unix_now_ns() / 1'000'000;
    for (int shift = 40; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(millis >> shift & 0xFF);
    }
    while (bytes.size() < 16) {
        bytes += static_cast<char>(entropy() & 0xFF);
    }
    bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x70); // version 7
    bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80); // variant 10
    const std::string digits = hex(bytes);
    return digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-" + digits.substr(12, 4) + "-" +
           digits.substr(16, 4) + "-" + digits.substr(20);
}

json::object run_document(const std::string& run_id,
                          std::uint64_t started_ns,
                          const SessionOptions& options,
                          const std::vector<SessionSuite>& suites,
                          const std::vector<std::string>& argv,
                          std::uint32_t lanes) {
    json::array words(argv.begin(), argv.end());
    const auto load = measure::load_average();
    json::object git = git_state(".");
    std::string project = project_called(options.project, git, std::filesystem::current_path());
    json::array used;
    for (const SessionSuite& suite : suites) {
        auto config = parse_json(suite.config_json);
        used.push_back(
            json::object{{"suite", suite.description.name},
                         {"plugin", suite.plugin_id},
                         {"version", suite.plugin_version},
                         {"sha256", suite.sha256},
                         {"toolchain", nullptr}, // no manifest names one
                         {"config", config ? std::move(*config) : json::value(nullptr)}});
    }
    return json::object{
        {"id", run_id},
        {"started", utc_text(started_ns)},
        {"finished", nullptr},
        {"kind", options.occasion.kind},
        {"trigger",
         options.occasion.trigger ? json::value(*options.occasion.trigger) : json::value(nullptr)},
        {"mode", std::string(plan::name_of(options.mode))},
        {"seed", json_count(options.seed)},
        {"order_seed", json_count(options.order_seed)},
        {"argv", std::move(words)},
        {"platform", measure::describe_platform()},
        {"environment", measure::describe_environment()},
        {"load_average", load ? json_number(*load) : json::value(nullptr)},
        {"project", project.empty() ? json::value(nullptr) : json::value(std::move(project))},
        {"git", std::move(git)},
        {"host", json::object{{"version", kVersion}}},
        {"isolation", std::string(name_of(options.isolation))},
        {"lanes", lanes_object({.lanes = lanes, .reason = "nobody asked"})}, // lane_admission.hpp
        {"suites", std::move(used)},
        {"resolution", nullptr}, // these three for who measures them: machine_resolution.hpp
        {"host_score", nullptr},
        {"calibration", nullptr},
    };
}

} // namespace assay::app

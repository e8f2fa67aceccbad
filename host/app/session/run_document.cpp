#include "app/session/run_document.hpp"

#include "app/session/lane_admission.hpp"
#include "app/version.hpp"
#include "measure/platform.hpp"
#include "support/command.hpp"
#include "support/text.hpp"

#include <chrono>
#include <ctime>
#include <random>

namespace assay::app {
namespace {

// Nobody may trust this folder: git must not start what its configuration names, write to its
// index, or fetch what a partial clone lacks.
Result<CommandOutput> ask_git(const std::string& folder, const std::vector<std::string>& words) {
    std::vector<std::string> argv{"env",
                                  "GIT_OPTIONAL_LOCKS=0",
                                  "GIT_ALLOW_PROTOCOL=none",
                                  "git",
                                  "-c",
                                  "core.fsmonitor=false",
                                  "-c",
                                  "core.hooksPath=/dev/null"};
    argv.insert(argv.end(), words.begin(), words.end());
    return run_command(argv, {.folder = folder});
}

std::optional<std::string> git(const std::string& folder, const std::vector<std::string>& words) {
    const auto output = ask_git(folder, words);
    if (!output || output->exit_code != 0) {
        return std::nullopt;
    }
    return std::string(trim(output->text));
}

json::value text_or_null(const std::optional<std::string>& text) {
    return text && !text->empty() ? json::value(*text) : json::value(nullptr);
}

} // namespace

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

json::object git_state(const std::string& folder) {
    json::object state{{"state", "ok"},
                       {"sha", nullptr},
                       {"parent", nullptr},
                       {"branch", nullptr},
                       {"dirty", nullptr}};
    const auto inside = ask_git(folder, {"rev-parse", "--is-inside-work-tree"});
    if (!inside) {
        state["state"] = "no git";
        return state;
    }
    if (inside->exit_code != 0) {
        state["state"] = "no repository";
        return state;
    }
    const auto commits = git(folder, {"rev-parse", "HEAD", "HEAD^"});
    const auto head = git(folder, {"rev-parse", "--verify", "--quiet", "HEAD"});
    if (!head) {
        state["state"] = "unborn";
    }
    state["sha"] = text_or_null(head);
    if (commits && commits->find('\n') != std::string::npos) {
        state["parent"] = commits->substr(commits->find('\n') + 1);
    }
    state["branch"] = text_or_null(git(folder, {"symbolic-ref", "--short", "--quiet", "HEAD"}));
    const auto changes = git(folder, {"status", "--porcelain", "--untracked-files=no"});
    state["dirty"] = changes ? json::value(!changes->empty()) : json::value(nullptr);
    return state;
}

json::object run_document(const std::string& run_id,
                          std::uint64_t started_ns,
                          const SessionOptions& options,
                          const std::vector<SessionSuite>& suites,
                          const std::vector<std::string>& argv,
                          std::uint32_t lanes) {
    json::array words(argv.begin(), argv.end());
    json::array used;
    for (const SessionSuite& suite : suites) {
        auto config = parse_json(suite.config_json);
        used.push_back(
            json::object{{"suite", suite.description.name},
                         {"plugin", suite.plugin_id},
                         {"version", suite.plugin_version},
                         {"sha256", suite.sha256},
                         {"config", config ? std::move(*config) : json::value(nullptr)}});
    }
    return json::object{
        {"id", run_id},
        {"started", utc_text(started_ns)},
        {"finished", nullptr},
        {"mode", std::string(plan::name_of(options.mode))},
        {"seed", json_count(options.seed)},
        {"order_seed", json_count(options.order_seed)},
        {"argv", std::move(words)},
        {"platform", measure::describe_platform()},
        {"git", git_state(".")},
        {"host", json::object{{"version", kVersion}}},
        {"isolation", std::string(name_of(options.isolation))},
        {"lanes", lanes_object({.lanes = lanes, .reason = "nobody asked"})}, // lane_admission.hpp
        {"suites", std::move(used)},
        {"resolution", nullptr}, // for who measures it: machine_resolution.hpp
    };
}

} // namespace assay::app

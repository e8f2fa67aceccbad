#include "app/gate/asked_of_run.hpp"

#include "app/command_table.hpp"
#include "app/environment.hpp"
#include "app/parser.hpp"
#include "support/json.hpp"
#include "support/text.hpp"

#include <array>
#include <optional>

namespace assay::app {
namespace {

// What chooses plugins, suites and cases; the mode stands beside the command in every run.
constexpr std::array kChoosing{
    "--suite", "--param", "--shard", "--plugin", "--plugin-dir", "--config", "--baseline", "--ci"};

std::optional<std::string> nothing_named(const std::string& /*name*/) {
    return std::nullopt;
}

} // namespace

std::string asked_of_run(const history::Run& run) {
    if (run.argv.empty()) {
        return json_string(run.metadata, "format");
    }
    const auto invocation = parse(command_table(), run.argv, Environment(nothing_named));
    if (!invocation) {
        return join(run.argv, "\n");
    }
    std::string asked = invocation->command;
    for (const std::string& word : invocation->words) {
        asked += "\n" + word;
    }
    for (const char* const option : kChoosing) {
        for (const std::string& value : invocation->values(option)) {
            asked += "\n" + std::string(option) + " " + value;
        }
    }
    return asked;
}

} // namespace assay::app

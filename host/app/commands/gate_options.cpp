// The row of `assay gate` in the command table. What the options do stands in gate.cpp.
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"
#include "app/gate/file_gate.hpp"
#include "app/gate/recorded_gate.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace assay::app {

CommandSpec gate_spec() {
    const std::string group = "Gate";
    CommandSpec spec{
        .name = "gate",
        .summary = "hold today's build against a saved one, by the project's rules",
        .examples = {"assay gate --baseline v1.2 --regression-threshold 15%",
                     "assay gate --ci",
                     "assay gate --skip-run --gates rag",
                     "assay gate --results after.json --against before.json"},
        .positionals = {filter_words()},
        .options = {{.name = "--gates",
                     .value = "FILE",
                     .help = "the rules (.assay/gates.json, else built-in ones); or by name",
                     .group = group,
                     .kind = ValueKind::file},
                    {.name = "--baseline",
                     .value = "NAME",
                     .help = "a saved @name, a plugin file or a folder (@main)",
                     .group = group},
                    {.name = "--regression-threshold",
                     .value = "P",
                     .help = "what fails, in place of the rules' own",
                     .group = group},
                    {.name = "--ci",
                     .help = "record, measure every case, write assay-report/",
                     .group = group},
                    {.name = "--format",
                     .value = "FORMAT",
                     .help = "text or json: the gate's lines on stdout",
                     .group = group,
                     .choices = {"text", "json"}}},
        .notes =
            "Same files pass at once. Without a gate file 20 % worse fails, 10 % warns (shares: "
            "5 points, 2). Ready rules: intellirouter, nfcs, prismq, pymdp, rag.",
        .run = gate_command,
    };
    std::ranges::move(recorded_gate_options(group, "Select"), std::back_inserter(spec.options));
    std::ranges::move(file_gate_options("Files of other tools"), std::back_inserter(spec.options));
    std::ranges::move(comparison_options_table("Compare"), std::back_inserter(spec.options));
    std::ranges::move(options_of_run({"--suite",
                                      "--param",
                                      "--mode",
                                      "--config",
                                      "--plugin",
                                      "--plugin-dir",
                                      "--trust-project",
                                      "--lanes",
                                      "--seed",
                                      "--timeout",
                                      "--no-pin"}),
                      std::back_inserter(spec.options));
    for (OptionSpec& option : options_of_run({"--reporter", "--record", "--no-record"})) {
        option.group = group; // no heading of their own: the page has one screen
        spec.options.push_back(std::move(option));
    }
    return spec;
}

} // namespace assay::app

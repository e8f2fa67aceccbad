// The row of `assay compare` in the command table. What the options do stands in compare.cpp.
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"
#include "app/history/opened_history.hpp"
#include "app/importing/file_pair.hpp"

#include <algorithm>
#include <iterator>

namespace assay::app {
std::vector<OptionSpec> comparison_options_table(const std::string& group) {
    return {{.name = "--margin",
             .value = "PERCENT",
             .help = "smallest change that matters (1%), or auto",
             .group = group},
            {.name = "--alpha",
             .value = "LEVEL",
             .help = "error level over the whole comparison (0.05)",
             .group = group},
            {.name = "--method",
             .value = "METHOD",
             .help = "mixture, or signs: no symmetry of noise needed",
             .group = group,
             .choices = {"mixture", "signs"}},
            {.name = "--budget",
             .value = "TIME",
             .help = "time for all of it (10s a case, at most 10m)",
             .group = group,
             .kind = ValueKind::duration},
            {.name = "--no-controls", .help = "leave out old against old", .group = group},
            {.name = "--require-same-results",
             .help = "different checksums are failures",
             .group = group}};
}

CommandSpec compare_spec() {
    CommandSpec spec{
        .name = "compare",
        .summary = "measure two builds side by side, a verdict per case",
        .examples = {"assay compare old/router.assay.so build/router.assay.so",
                     "assay compare --margin 2% --budget 60s @main build/ tag:hot",
                     "assay compare run:019aa7c3 run:latest router/",
                     "assay compare before.json after.json"},
        .positionals =
            {{.name = "OLD",
              .help = "plugin, folder of them, saved @name, results.json, run:ID, a tool's file",
              .required = true,
              .kind = ValueKind::file},
             {.name = "NEW",
              .help = "the same of the build that is judged",
              .required = true,
              .kind = ValueKind::file},
             filter_words()},
        .options = comparison_options_table("Compare"),
        .notes =
            "Exit code 0 says that every case is the same or faster, 1 that one is slower, "
            "5 that the budget did not decide all of them. Two recorded runs (run:ID, or results "
            "documents) and two files of other tools are read, not measured: every metric is "
            "judged by the rules about recorded runs, with the same exit codes, and what they say "
            "is advisory, since they were measured at different times.",
        .run = compare_command,
    };
    spec.options.push_back(history_option("Compare"));
    const std::string files = "Files of other tools";
    std::ranges::move(file_pair_options(files), std::back_inserter(spec.options));
    for (const char* const side : {"old", "new"}) {
        spec.options.push_back({.name = "--" + std::string(side) + "-run",
                                .value = "RUN",
                                .help = "of a file of several: commit, place in it, newest",
                                .group = files});
    }
    std::ranges::move(options_of_run({"--suite",
                                      "--param",
                                      "--mode",
                                      "--config",
                                      "--lanes",
                                      "--seed",
                                      "--order-seed",
                                      "--timeout",
                                      "--batch-bytes",
                                      "--counts",
                                      "--no-pin",
                                      "--strict",
                                      "--reporter",
                                      "--format",
                                      "--wrap",
                                      "--cores"}),
                      std::back_inserter(spec.options));
    return spec;
}

} // namespace assay::app

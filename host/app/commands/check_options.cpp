// The row of `assay check` in the command table. What the options do stands in check.cpp.
#include "app/commands/commands.hpp"

namespace assay::app {

CommandSpec check_spec() {
    return {
        .name = "check",
        .summary = "test whether a plugin keeps the contract",
        .examples = {"assay check build/mine.assay.so"},
        .positionals = {{.name = "PLUGIN",
                         .help = "the plugin file, *.assay.so",
                         .required = true,
                         .kind = ValueKind::file}},
        .options = {{.name = "--only",
                     .value = "ID",
                     .help = "only this check, such as C6 (repeatable)",
                     .repeatable = true},
                    {.name = "--skip",
                     .value = "ID",
                     .help = "not this check (repeatable)",
                     .repeatable = true},
                    {.name = "--seed",
                     .value = "N",
                     .help = "seed of the inputs (1)",
                     .kind = ValueKind::count},
                    {.name = "--in-process",
                     .help = "inside assay itself, for debuggers: a crash ends it"},
                    {.name = "--format",
                     .value = "FORMAT",
                     .help = "text, json or junit",
                     .choices = {"text", "json", "junit"}}},
        .notes = "3: the plugin breaks the contract. Warnings alone are 0.",
        .run = check_command,
    };
}

} // namespace assay::app

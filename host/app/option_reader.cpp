#include "app/option_reader.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

namespace assay::app {

namespace {

CLI::Option* add(CLI::App& app, const OptionSpec& spec) {
    std::string names = spec.name;
    if (!spec.short_name.empty()) {
        names += "," + spec.short_name;
    }
    if (spec.is_flag()) {
        return app.add_flag(names)->disable_flag_override();
    }
    // One value a time: CLI11 would otherwise eat the positionals that follow a repeatable option,
    // and take the brackets off a value such as "[ab]".
    return app.add_option(names)
        ->type_size(1)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

// The flag that somebody gave a value: "--strict=no".
const OptionSpec* flag_with_value(const std::vector<const OptionSpec*>& specs,
                                  const std::vector<std::string>& words) {
    for (const OptionSpec* spec : specs) {
        for (const std::string& word : words) {
            if (spec->is_flag() && word.starts_with(spec->name + "=")) {
                return spec;
            }
        }
    }
    return nullptr;
}

} // namespace

Result<OptionWords> read_options(const std::vector<const OptionSpec*>& specs,
                                 const std::vector<std::string>& words) {
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    std::vector<CLI::Option*> options;
    for (const OptionSpec* spec : specs) {
        options.push_back(add(app, *spec));
    }
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ArgumentMismatch& mismatch) {
        if (const auto* flag = flag_with_value(specs, words)) {
            return Error{.kind = ErrorKind::usage,
                         .message = "option '" + flag->name + "' takes no value",
                         .hint = "leave the '=' and what follows away"};
        }
        return Error{.kind = ErrorKind::usage, .message = mismatch.what(), .hint = {}};
    } catch (const CLI::ParseError& error) {
        return Error{.kind = ErrorKind::usage, .message = error.what(), .hint = {}};
    }
    OptionWords read;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (options[i]->count() == 0) {
            continue;
        }
        std::vector<std::string>& values = read.options[specs[i]->name];
        values = specs[i]->is_flag() ? std::vector<std::string>{""} : options[i]->results();
    }
    read.rest = app.remaining();
    return read;
}

} // namespace assay::app

// `assay list`: what could be measured, and by what. Measures nothing, and starts a worker only for
// a plugin that was never described with these settings.
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"
#include "app/listing.hpp"
#include "app/message.hpp"
#include "app/output.hpp"
#include "app/selection.hpp"
#include "app/settings.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace assay::app {

namespace {

struct Section {
    const char* option;
    const char* help;
    bool needs_suites;
};

// In the order they are printed.
constexpr Section kSections[] = {
    {"--plugins", "plugins: where they are, what they provide", false},
    {"--reporters", "reporters, for --reporter", false},
    {"--importers", "formats that 'assay import' reads", false},
    {"--suites", "suites", true},
    {"--families", "families with their axes", true},
    {"--cases", "cases, by the ids that filters match", true},
};

std::vector<const Section*> chosen_sections(const Invocation& invocation) {
    std::vector<const Section*> chosen;
    for (const Section& section : kSections) {
        if (invocation.has(section.option)) {
            chosen.push_back(&section);
        }
    }
    if (chosen.empty() && !invocation.words.empty()) {
        chosen = {&kSections[5]};
    }
    if (chosen.empty()) {
        chosen = {&kSections[4], &kSections[1]};
    }
    return chosen;
}

Result<plan::Plan>
plan_of(const Invocation& invocation, const Settings& settings, const LoadedPlugins& loaded) {
    std::vector<plan::PlannedSuite> suites;
    for (const LoadedSuite& suite : loaded.suites) {
        suites.push_back({.plugin = suite.plugin, .description = suite.description});
    }
    if (suites.empty() && invocation.words.empty()) {
        return plan::Plan{};
    }
    Result<plan::Selection> selection = selection_from(invocation, settings.session.mode);
    if (!selection) {
        return selection.error();
    }
    selection->declared_order = true;
    return plan::make_plan(suites, *selection);
}

TextTable table_of(const Section& section, const LoadedPlugins& loaded, const plan::Plan& plan) {
    const std::string_view option = section.option;
    if (option == "--plugins") {
        return plugins_table(loaded);
    }
    if (option == "--reporters") {
        return reporters_table(loaded);
    }
    if (option == "--importers") {
        return importers_table(loaded);
    }
    if (option == "--suites") {
        return suites_table(loaded, plan);
    }
    return option == "--families" ? families_table(loaded, plan) : cases_table(loaded, plan);
}

std::string rendered(const std::string& format,
                     const std::vector<const Section*>& sections,
                     const LoadedPlugins& loaded,
                     const plan::Plan& plan) {
    if (format == "json") {
        return write_json(list_document(loaded, plan), JsonLayout::indented) + "\n";
    }
    if (format == "csv") {
        return table_of(*sections.front(), loaded, plan).csv();
    }
    std::string text;
    for (const Section* section : sections) {
        const TextTable table = table_of(*section, loaded, plan);
        if (!table.empty()) {
            const bool families = section->option == std::string_view("--families");
            text += (text.empty() ? "" : "\n") +
                    (families ? families_text(loaded, plan) : table.aligned());
        }
    }
    return text;
}

// A comma-separated file holds one table: the cases, unless one was chosen.
Status settle_csv(const Invocation& invocation, std::vector<const Section*>& sections) {
    const bool chosen = std::ranges::any_of(
        kSections, [&](const Section& section) { return invocation.has(section.option); });
    if (sections.size() > 1 && chosen) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--format csv prints one table, and several were asked for",
                     .hint = "choose one, such as --cases"};
    }
    if (!chosen) {
        sections = {&kSections[5]};
    }
    return {};
}

void tell_untrusted(const Messages& say, const LoadedPlugins& loaded) {
    say.warning("nothing of this project's .assay/ was loaded: " + loaded.project_reason);
}

// Everything but printing: the text, and what was worth telling as an exit code.
Result<std::string> listed(const Invocation& invocation, const Messages& say, ExitCode& told) {
    const std::string format = invocation.value("--format").value_or("text");
    std::vector<const Section*> sections = chosen_sections(invocation);
    if (format == "csv") {
        if (Status status = settle_csv(invocation, sections); !status) {
            return status.error();
        }
    }
    const Result<Settings> settings =
        settle(invocation, process_environment(), std::filesystem::current_path());
    if (!settings) {
        return settings.error();
    }
    const bool describe = format == "json" || std::ranges::any_of(sections, &Section::needs_suites);
    const Result<LoadedPlugins> loaded = load_suites(*settings, {.describe = describe});
    if (!loaded) {
        return loaded.error();
    }
    told = tell_problems(say, *loaded);
    if (loaded->project_untrusted) {
        tell_untrusted(say, *loaded);
    }
    if (!describe) {
        return rendered(format, sections, *loaded, {});
    }
    const Result<plan::Plan> plan = plan_of(invocation, *settings, *loaded);
    if (!plan) {
        return plan.error();
    }
    return rendered(format, sections, *loaded, *plan);
}

int list_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    ExitCode told = ExitCode::pass;
    const Result<std::string> text = listed(invocation, say, told);
    if (!text) {
        return static_cast<int>(graver(told, static_cast<ExitCode>(report(say, text.error()))));
    }
    if (text->empty()) {
        say.note("nothing to list; 'assay list --plugins' shows every plugin found");
    }
    const auto printed = static_cast<ExitCode>(print_result(say, *text));
    return static_cast<int>(graver(told, printed));
}

} // namespace

CommandSpec list_spec() {
    CommandSpec spec{
        .name = "list",
        .summary = "show plugins, suites, families, cases, reporters and importers",
        .examples = {"assay list", "assay list --cases 'router/'", "assay list --format json"},
        .positionals = {filter_words()},
        .notes = "Without an option: families and reporters; with a FILTER: cases. json holds "
                 "everything.",
        .run = list_command,
    };
    for (const Section& section : kSections) {
        spec.options.push_back({.name = section.option, .help = section.help, .group = "Show"});
    }
    spec.options.push_back(table_format_option("Show"));
    spec.options.push_back(suite_option("Select"));
    spec.options.push_back(mode_option("Select"));
    spec.options.push_back(config_option("Select"));
    std::ranges::move(plugin_options("Plugins"), std::back_inserter(spec.options));
    return spec;
}

} // namespace assay::app

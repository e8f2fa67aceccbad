// `assay new`: a plugin project that builds, or a .assay/ folder for a project that has none.
#include "app/commands/commands.hpp"
#include "app/exit_code.hpp"
#include "app/installation.hpp"
#include "app/message.hpp"
#include "app/output.hpp"
#include "app/project_template.hpp"

#include <filesystem>

namespace assay::app {

namespace {

int say_what_was_made(const Messages& say,
                      const std::vector<std::string>& files,
                      const std::string& next) {
    std::string text;
    for (const std::string& file : files) {
        text += "wrote " + file + "\n";
    }
    if (say.loudness() == Loudness::quiet) {
        return static_cast<int>(ExitCode::pass);
    }
    return print_result(say, text + "next: " + next + "\n");
}

int new_plugin(const Invocation& invocation, const std::string& kind) {
    const Messages say = messages_for(invocation);
    const PluginTemplate request{
        .kind = kind,
        .language = invocation.value("--lang").value_or("cpp"),
        .name = invocation.words.front(),
        .id = invocation.value("--id").value_or("org.example." + invocation.words.front()),
    };
    const Installation installation = find_installation(process_environment());
    const auto files =
        write_plugin_project(installation.templates, request, std::filesystem::current_path());
    if (!files) {
        return report(say, files.error());
    }
    return say_what_was_made(say, *files, "see " + request.name + "/README.md");
}

int new_suite(const Invocation& invocation) {
    return new_plugin(invocation, "suite");
}

int new_reporter(const Invocation& invocation) {
    return new_plugin(invocation, "reporter");
}

int new_importer(const Invocation& invocation) {
    return new_plugin(invocation, "importer");
}

int new_project(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const auto files = write_project_folder(std::filesystem::current_path());
    if (!files) {
        return report(say, files.error());
    }
    return say_what_was_made(say, *files, "assay run --mode quick");
}

CommandSpec plugin_spec(const std::string& kind, std::function<int(const Invocation&)> run) {
    const bool vowel = kind == "importer";
    return {
        .name = "new " + kind,
        .summary = "start a plugin project with " + std::string(vowel ? "an " : "a ") + kind +
                   " that builds",
        .examples = {"assay new " + kind + " mine --lang cpp"},
        .positionals = {{.name = "NAME",
                         .help =
                             "a-z, 0-9 and _, starting with a letter; also the new folder's name",
                         .required = true}},
        .options = {{.name = "--lang",
                     .value = "LANGUAGE",
                     .help = "c, cpp or rust (cpp)",
                     .choices = {"c", "cpp", "rust"}},
                    {.name = "--id",
                     .value = "ID",
                     .help = "the plugin's own name, reverse DNS (org.example.NAME)"}},
        .run = std::move(run),
    };
}

} // namespace

std::vector<CommandSpec> new_specs() {
    return {
        plugin_spec("suite", new_suite),
        plugin_spec("reporter", new_reporter),
        plugin_spec("importer", new_importer),
        {.name = "new project",
         .summary = "give this folder a .assay/ with a configuration",
         .examples = {"assay new project"},
         .run = new_project},
    };
}

} // namespace assay::app

// `assay trust`: what the project above this folder may load. Looks, allows, denies; runs nothing.
#include "app/commands/commands.hpp"
#include "app/commands/shared_options.hpp"
#include "app/message.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "app/trust_report.hpp"
#include "catalog/catalog.hpp"

#include <filesystem>

namespace assay::app {

namespace {

namespace fs = std::filesystem;

Result<fs::path> this_project() {
    if (const auto project = catalog::find_project(fs::current_path())) {
        return *project;
    }
    return Error{.kind = ErrorKind::usage,
                 .message = "there is no .assay/ in " + fs::current_path().string() +
                            " or a folder above it",
                 .hint = "'assay new project' makes one; -C DIR looks elsewhere"};
}

catalog::TrustStore trust_store() {
    return catalog::TrustStore(catalog::default_trust_folder());
}

int trust_show(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<fs::path> project = this_project();
    if (!project) {
        return report(say, project.error());
    }
    const catalog::TrustVerdict verdict = trust_store().judge(*project, {});
    return print_result(say, trust_text(*project, verdict, format_of(invocation)));
}

int allow_path(const Messages& say, const std::string& folder) {
    const Status added = trust_store().add_path(folder);
    if (!added) {
        return report(say, added.error());
    }
    say.warning("whatever lies below " + folder + " may be loaded from now on, changed or not",
                "'assay trust deny' and 'assay trust list' see to it later");
    return print_result(say, "allowed everything below " + folder + "\n");
}

int trust_add(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    if (const std::optional<std::string> folder = invocation.value("--path")) {
        return allow_path(say, *folder);
    }
    const Result<fs::path> project = this_project();
    if (!project) {
        return report(say, project.error());
    }
    const Result<catalog::ProjectContent> content =
        catalog::read_project(fs::canonical(*project), nullptr);
    if (!content) {
        return report(say, content.error());
    }
    if (const Status added = trust_store().add(*content); !added) {
        return report(say, added.error());
    }
    return print_result(
        say,
        "allowed " + std::to_string(content->items.size()) +
            (content->items.size() == 1 ? " file or setting of " : " files and settings of ") +
            project->string() + " (sha256:" + content->hash + ")\nnext: assay list --plugins\n");
}

int trust_deny(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<fs::path> project = this_project();
    if (!project) {
        return report(say, project.error());
    }
    if (const Status denied = trust_store().deny(*project); !denied) {
        return report(say, denied.error());
    }
    return print_result(say,
                        "denied " + project->string() +
                            ": nothing of it is loaded, whatever it holds\n"
                            "next: 'assay trust add' takes that back\n");
}

int trust_list(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const std::vector<catalog::TrustRecord> records = trust_store().list();
    if (records.empty() && format_of(invocation) == "text") {
        say.note("nothing was allowed or denied yet");
        return print_result(say, "");
    }
    return print_result(say, trust_records_text(records, format_of(invocation)));
}

} // namespace

std::vector<CommandSpec> trust_specs() {
    return {
        {.name = "trust show",
         .summary = "show what this project would load, and whether it may",
         .examples = {"assay trust show"},
         .options = {table_format_option("")},
         .run = trust_show},
        {.name = "trust add",
         .summary = "allow exactly what this project's .assay/ holds now",
         .examples = {"assay trust add", "assay trust add --path build/plugins"},
         .options = {{.name = "--path",
                      .value = "DIR",
                      .help = "allow whatever lies below DIR, also after changes",
                      .kind = ValueKind::folder}},
         .run = trust_add},
        {.name = "trust deny",
         .summary = "never load anything of this project",
         .examples = {"assay trust deny"},
         .run = trust_deny},
        {.name = "trust list",
         .summary = "show everything that was allowed or denied",
         .examples = {"assay trust list"},
         .options = {table_format_option("")},
         .run = trust_list},
    };
}

} // namespace assay::app

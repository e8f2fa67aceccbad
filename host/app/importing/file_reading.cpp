#include "app/importing/file_reading.hpp"

#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/recorded_here.hpp"
#include "app/version.hpp"
#include "support/sha256.hpp"

namespace assay::app {

std::vector<OptionSpec> file_facts_options(const std::string& group) {
    return {{.name = "--platform",
             .value = "LABEL",
             .help = "the machine, whatever the file says; here: this one",
             .group = group},
            {.name = "--direction",
             .value = "WHICH",
             .help = "lower or higher is better, of figures that do not say",
             .group = group,
             .choices = {"lower", "higher"}}};
}

Result<ImportContext> import_context(const Invocation& invocation) {
    ImportContext context{.format = {}, .file = {}, .sha256 = {}, .now = now_nanoseconds()};
    context.host_version = kVersion;
    context.commit = invocation.value("--commit").value_or("");
    context.branch = invocation.value("--branch").value_or("");
    context.direction = measure::direction_named(invocation.value("--direction").value_or("none"));
    if (const auto date = invocation.value("--date")) {
        const Result<std::int64_t> instant = instant_from(*date, context.now);
        if (!instant) {
            return instant.error();
        }
        context.date = *instant;
    }
    if (const auto label = invocation.value("--platform")) {
        const Result<history::RecordContext> here = recorded_here();
        if (!here) {
            return here.error();
        }
        if (*label == "here" || *label == here->platform.label) {
            context.platform = here->platform;
        } else {
            const json::object identity{{"label", *label}};
            context.platform = history::Platform{.fingerprint = sha256_of(canonical_json(identity)),
                                                 .label = *label,
                                                 .identity = identity};
        }
    }
    return context;
}

FileImport failed(FileImport file, const Error& error) {
    file.state = ImportState::failed;
    file.error = error;
    return file;
}

FileImport read_file_import(const std::string& word,
                            const ImportWishes& wishes,
                            Importers& importers,
                            const Messages& say) {
    FileImport import{.file = word == "-" ? "standard input" : word, .format = {}};
    const Result<ForeignFile> file = ForeignFile::open(word);
    if (!file) {
        return failed(std::move(import), file.error());
    }
    const Result<std::string> format = wishes.format == "auto" ? importers.recognise(*file, say)
                                                               : Result<std::string>(wishes.format);
    if (!format) {
        return failed(std::move(import), format.error());
    }
    import.format = *format;
    ImportContext context = wishes.context;
    context.format = *format;
    context.file = file->name();
    context.sha256 = file->sha256();
    ImportedRuns runs(std::move(context));
    const Status read =
        importers.import_file(*format, *file, [&runs](measure::ImportedEvent&& event) {
            return runs.take(std::move(event));
        });
    if (!read) {
        return failed(std::move(import), read.error());
    }
    import.partial = runs.partial();
    import.notes = runs.notes();
    import.runs = std::move(runs).finish();
    const bool whole = import.partial.empty() || wishes.allow_partial;
    import.state = import.runs.empty() ? ImportState::empty
                   : whole             ? ImportState::shown
                                       : ImportState::partial;
    return import;
}

} // namespace assay::app

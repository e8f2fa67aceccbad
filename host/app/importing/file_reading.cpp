#include "app/importing/file_reading.hpp"

#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/recorded_here.hpp"
#include "app/version.hpp"
#include "support/sha256.hpp"

#include <algorithm>

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

namespace {

// As git writes one, or a job that shortens it; by fewer digits nobody finds it again.
Result<std::string> commit_from(const std::string& text) {
    constexpr std::size_t kDigitsMin = 7, kDigitsMax = 64;
    const bool hexadecimal = std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (!hexadecimal || text.size() < kDigitsMin || text.size() > kDigitsMax) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--commit: '" + text + "' is no commit: expected " +
                                std::to_string(kDigitsMin) + " to " + std::to_string(kDigitsMax) +
                                " hexadecimal digits",
                     .hint = "--commit \"$(git rev-parse HEAD)\" names the one checked out"};
    }
    std::string commit = text;
    std::ranges::transform(commit, commit.begin(), [](char c) {
        return static_cast<char>(c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c);
    });
    return commit;
}

// As far as git-check-ref-format says so of every name.
bool is_branch_name(std::string_view name) {
    const bool plain = std::ranges::none_of(name, [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
               std::string_view("~^:?*[\\").find(c) != std::string_view::npos;
    });
    return plain && !name.starts_with('-') && !name.ends_with('/') && !name.ends_with('.') &&
           name.find("..") == std::string_view::npos;
}

} // namespace

Result<ImportContext> import_context(const Invocation& invocation) {
    ImportContext context{.format = {}, .file = {}, .sha256 = {}, .now = now_nanoseconds()};
    context.host_version = kVersion;
    if (const auto text = invocation.value("--commit")) {
        Result<std::string> commit = commit_from(*text);
        if (!commit) {
            return commit.error();
        }
        context.commit = std::move(*commit);
    }
    context.branch = invocation.value("--branch").value_or("");
    if (!is_branch_name(context.branch)) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--branch: '" + context.branch + "' can be no branch of git",
                     .hint = "--branch \"$(git branch --show-current)\" names the one checked out"};
    }
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
    if (file->sha256() == sha256_of("")) {
        return failed(std::move(import),
                      {.kind = ErrorKind::missing,
                       .message = file->shown() + " is empty",
                       .hint = "see whether the program that should have written it failed"});
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
    if (!import.partial.empty()) {
        for (history::Run& run : import.runs) { // which of them it cut short is not known
            run.status = "cancelled";
            run.metadata["partial"] = json::string(import.partial);
        }
    }
    const bool whole = import.partial.empty() || wishes.allow_partial;
    import.state = import.runs.empty() ? ImportState::empty
                   : whole             ? ImportState::shown
                                       : ImportState::partial;
    return import;
}

} // namespace assay::app

#include "app/gate/judged_files.hpp"

#include "app/comparison/results_file.hpp"
#include "app/importing/shared_series.hpp"

#include <array>
#include <filesystem>
#include <utility>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

// What says how a file of another tool is to be read, and from which of its runs.
constexpr std::array kOfOtherTools{
    "--importer", "--direction", "--platform", "--run", "--against-run", "--timeout"};

bool is_document_of_ours(const std::string& file) {
    std::error_code failed;
    return file != "-" && fs::is_regular_file(file, failed) && is_results_file(file) &&
           !is_foreign_file(file);
}

Status check_options(const Invocation& invocation, const std::string& file) {
    for (const char* const option : kOfOtherTools) {
        if (invocation.options.contains(option)) {
            return Error{.kind = ErrorKind::usage,
                         .message = std::string(option) + " is about files of other tools, and " +
                                    file + " is a document of Assay, which says it itself",
                         .hint = "leave it out"};
        }
    }
    return {};
}

Result<history::Run> kept(history::Store& store, const std::string& file, ResultsFile& read) {
    if (const auto recorded = store.record(read.run); !recorded) {
        Error error = recorded.error();
        error.message = file + ": " + error.message;
        return error;
    }
    return store.run(read.run.uuid); // what it keeps is what is compared
}

Status check_documents(const FilePair& pair, const std::string& before, const std::string& after) {
    if (pair.old_run->uuid == pair.new_run.uuid) {
        return Error{.kind = ErrorKind::usage,
                     .message =
                         after + " would be held against itself: both are run " + pair.new_run.uuid,
                     .hint = "--against names the results of another run"};
    }
    return check_shared(*pair.old_run, pair.new_run, before, after);
}

Result<JudgedFiles> read_documents(const std::optional<WantedFile>& old_file,
                                   const WantedFile& new_file) {
    auto folder = workers::ScratchFolder::make("files");
    if (!folder) {
        return folder.error();
    }
    auto store = history::open_store(folder->path() + "/history.db", {.create = true});
    if (!store) {
        return store.error();
    }
    JudgedFiles files{
        .pair = {.folder = std::move(*folder), .store = std::move(*store), .new_runs = 1},
        .kind = StoredKind::runs};
    const auto read = [&files](const std::string& file,
                               json::object& configurations) -> Result<history::Run> {
        auto document = read_results_file(file);
        if (!document) {
            return document.error();
        }
        configurations = std::move(document->configurations);
        return kept(*files.pair.store, file, *document);
    };
    if (old_file) {
        auto before = read(old_file->file, files.old_configurations);
        if (!before) {
            return before.error();
        }
        files.pair.old_run = std::move(*before);
        files.pair.old_runs = 1;
    }
    auto after = read(new_file.file, files.new_configurations);
    if (!after) {
        return after.error();
    }
    files.pair.new_run = std::move(*after);
    const Status sound =
        old_file ? check_documents(files.pair, old_file->file, new_file.file) : Status{};
    return sound ? Result<JudgedFiles>(std::move(files)) : Result<JudgedFiles>(sound.error());
}

} // namespace

std::string JudgedFiles::advice() const {
    if (!pair.old_run) {
        return kind == StoredKind::runs
                   ? "advisory: figures of a run that is over, not measured now"
                   : "advisory: figures of a file, not measured here";
    }
    return kind == StoredKind::runs
               ? "advisory: two runs measured at different times and not paired"
               : advisory_text(pair);
}

Result<JudgedFiles> read_judged_files(const std::optional<WantedFile>& old_file,
                                      const WantedFile& new_file,
                                      const Invocation& invocation,
                                      const Settings& settings,
                                      const Messages& say) {
    const bool ours = is_document_of_ours(new_file.file);
    if (old_file && is_document_of_ours(old_file->file) != ours) {
        const std::string& own = ours ? new_file.file : old_file->file;
        std::error_code failed;
        const std::string& other = ours ? old_file->file : new_file.file;
        if (other != "-" && !fs::exists(other, failed)) {
            return Error{.kind = ErrorKind::usage,
                         .message = "there is no file '" + other + "'",
                         .hint = {}};
        }
        return Error{.kind = ErrorKind::usage,
                     .message = "cannot hold " + new_file.file + " against " + old_file->file +
                                ": " + own + " is a document of Assay, and " + other +
                                " a file of another tool",
                     .hint = "name two files of one kind"};
    }
    if (ours) {
        if (Status heeded = check_options(invocation, new_file.file); !heeded) {
            return heeded.error();
        }
        return read_documents(old_file, new_file);
    }
    auto pair = read_file_pair(old_file, new_file, invocation, settings, say);
    return pair ? Result<JudgedFiles>(JudgedFiles{.pair = std::move(*pair)})
                : Result<JudgedFiles>(pair.error());
}

} // namespace assay::app

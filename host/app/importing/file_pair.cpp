#include "app/importing/file_pair.hpp"

#include "app/history/instant.hpp"
#include "app/importing/file_reading.hpp"
#include "app/importing/importer_choice.hpp"
#include "app/importing/shared_series.hpp"
#include "app/plugin_loading.hpp"
#include "app/session/interrupt.hpp"
#include "support/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCommitDigitsShown = 8; // as people read them
constexpr std::size_t kPlaceDigitsMax = 3;    // a longer number is the beginning of a commit

// The name of a run of a file: its commit, else its place there.
std::string name_of_run(const std::vector<history::Run>& runs, std::size_t place) {
    const std::string& sha = runs[place].git.sha;
    return sha.empty() ? std::to_string(place + 1) : sha.substr(0, kCommitDigitsShown);
}

// Newest first: these are meant most often.
std::string runs_listed(const std::vector<history::Run>& runs) {
    std::vector<std::string> names;
    for (std::size_t place = runs.size(); place-- > 0;) {
        names.push_back(name_of_run(runs, place) + " (" + date_text(runs[place].started) + ")");
    }
    return some_listed(std::move(names));
}

// Why a file that was read cannot be compared, or nothing.
std::optional<Error> problem_of(const FileImport& import) {
    if (import.error) {
        return import.error;
    }
    if (import.state == ImportState::partial) {
        return Error{.kind = ErrorKind::plugin,
                     .message = import.file + " is damaged: " + import.partial,
                     .hint = "a part of a file is not compared: what is missing would look lost"};
    }
    if (import.state == ImportState::empty) {
        return Error{.kind = ErrorKind::missing,
                     .message = import.file + " holds no result of " + import.format,
                     .hint = "nothing was compared"};
    }
    return std::nullopt;
}

Result<FileImport> read_whole(const WantedFile& wanted,
                              const ImportWishes& wishes,
                              Importers& importers,
                              const Messages& say) {
    FileImport import = read_file_import(wanted.file, wishes, importers, say);
    for (const std::string& note : import.notes) {
        say.note(import.file + ": " + note);
    }
    if (const std::optional<Error> problem = problem_of(import)) {
        return *problem;
    }
    return import;
}

// Both, with the importers that the settings name. One wish for both: the same facts are told of
// them, and what neither dates was measured now.
Result<std::vector<FileImport>> read_all(const std::vector<WantedFile>& files,
                                         const Invocation& invocation,
                                         const Settings& settings,
                                         const Messages& say) {
    auto context = import_context(invocation);
    if (!context) {
        return context.error();
    }
    const ImportWishes wishes{.format =
                                  importer_name(invocation.value("--importer").value_or("auto")),
                              .context = std::move(*context)};
    const auto loaded = load_suites(settings, {.store = false, .describe = false});
    if (!loaded) {
        return loaded.error();
    }
    tell_problems(say, *loaded);
    Importers importers(*loaded, settings);
    if (wishes.format != "auto") {
        if (Status known = importers.check(wishes.format); !known) {
            return known.error();
        }
    }
    const Interrupt interrupt([&] { importers.cancel(); }, [&] { importers.kill(); });
    std::vector<FileImport> imports;
    for (const WantedFile& file : files) {
        auto import = read_whole(file, wishes, importers, say);
        if (!import) {
            return import.error();
        }
        imports.push_back(std::move(*import));
    }
    return imports;
}

// As the history has it: what it keeps is what is compared.
Result<history::Run> kept_run(history::Store& store,
                              const FileImport& import,
                              const WantedFile& wanted,
                              const std::optional<std::string>& name) {
    const Result<std::size_t> meant = meant_run_of(import.runs, wanted, name);
    return meant ? store.run(import.runs[*meant].uuid) : Result<history::Run>(meant.error());
}

bool is_one_file(const std::string& one, const std::string& other) {
    std::error_code failed;
    return one == other || fs::equivalent(one, other, failed);
}

Status check_pair(const FilePair& pair, const WantedFile& old_file, const WantedFile& new_file) {
    if (is_one_file(old_file.file, new_file.file) && pair.old_run->uuid == pair.new_run.uuid) {
        return Error{.kind = ErrorKind::usage,
                     .message = new_file.file + " would be held against itself",
                     .hint = "name two files, or of a file of several runs two of them: " +
                             old_file.run_option + ", " + new_file.run_option};
    }
    return check_shared(*pair.old_run, pair.new_run, old_file.file, new_file.file);
}

// The first and the last bytes: a document of ours names its schema first, or where its members
// were sorted near its end.
std::string ends_of(const std::string& path) {
    constexpr std::streamoff kEnd = 65'536;
    std::ifstream stream(path, std::ios::binary);
    std::string text(2 * kEnd, '\0');
    stream.read(text.data(), kEnd);
    auto length = static_cast<std::size_t>(stream.gcount());
    stream.clear();
    stream.seekg(0, std::ios::end);
    const std::streamoff size = stream.tellg();
    stream.seekg(std::max<std::streamoff>(static_cast<std::streamoff>(length), size - kEnd));
    stream.read(text.data() + length, kEnd);
    length += static_cast<std::size_t>(stream.gcount());
    text.resize(length);
    return text;
}

// "schema": "assay.results/1", whatever space stands between.
bool names_our_schema(std::string_view text) {
    constexpr std::string_view kKey = "\"schema\"", kValue = "\"assay.";
    constexpr std::string_view kSpace = " \t\r\n";
    for (std::size_t at = text.find(kKey); at != std::string_view::npos;
         at = text.find(kKey, at + 1)) {
        std::size_t next = text.find_first_not_of(kSpace, at + kKey.size());
        if (next == std::string_view::npos || text[next] != ':') {
            continue;
        }
        next = text.find_first_not_of(kSpace, next + 1);
        if (next != std::string_view::npos && text.substr(next).starts_with(kValue)) {
            return true;
        }
    }
    return false;
}

// A folder in which there is a plugin anywhere is a build. Of a very large one that has none near
// its top nobody waits for the last file.
bool holds_a_plugin(const fs::path& folder) {
    constexpr std::size_t kLookedAt = 20'000;
    std::error_code failed;
    std::size_t looked_at = 0;
    for (fs::recursive_directory_iterator
             at(folder, fs::directory_options::skip_permission_denied, failed),
         end;
         !failed && at != end && looked_at < kLookedAt;
         at.increment(failed), ++looked_at) {
        if (at->path().string().ends_with(".assay.so")) {
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<OptionSpec> file_pair_options(const std::string& group) {
    std::vector<OptionSpec> options{{.name = "--importer",
                                     .value = "FORMAT",
                                     .help = "of both files, not the one that is found",
                                     .group = group,
                                     .offer = {.listing = "--importers"}}};
    std::ranges::move(file_facts_options(group), std::back_inserter(options));
    return options;
}

bool is_foreign_file(const std::string& word) {
    constexpr std::string_view kElf = "\x7f"
                                      "ELF";
    std::error_code failed;
    if (word == "-") {
        return true;
    }
    if (fs::is_directory(word, failed)) {
        return !fs::is_empty(word, failed) && !holds_a_plugin(word);
    }
    if (!fs::is_regular_file(word, failed) || word.ends_with(".assay.so")) {
        return false;
    }
    const std::string ends = ends_of(word);
    return !ends.starts_with(kElf) && !names_our_schema(ends);
}

Result<std::size_t> meant_run_of(const std::vector<history::Run>& runs,
                                 const WantedFile& file,
                                 const std::optional<std::string>& name) {
    const auto refused = [&](const std::string& why) {
        return Error{.kind = ErrorKind::usage,
                     .message = file.file + " holds " + why,
                     .hint = file.run_option +
                             " takes the first digits of a commit, a place in the file, or "
                             "newest: " +
                             runs_listed(runs)};
    };
    if (!name) {
        return runs.size() == 1 ? Result<std::size_t>(std::size_t{0})
                                : refused(std::to_string(runs.size()) + " runs, and " +
                                          file.run_option + " names none");
    }
    if (*name == "newest") {
        const auto newest = std::ranges::max_element(runs, {}, &history::Run::started);
        return static_cast<std::size_t>(newest - runs.begin());
    }
    const auto place = name->size() <= kPlaceDigitsMax ? to_int64(*name) : std::nullopt;
    if (place && *place >= 1 && *place <= static_cast<std::int64_t>(runs.size())) {
        return static_cast<std::size_t>(*place - 1);
    }
    std::vector<std::size_t> meant;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!name->empty() && runs[i].git.sha.starts_with(*name)) {
            meant.push_back(i);
        }
    }
    return meant.size() == 1 ? Result<std::size_t>(meant.front())
           : meant.empty()   ? refused("no run '" + *name + "'")
                             : refused(std::to_string(meant.size()) + " runs '" + *name + "'");
}

Result<FilePair> read_file_pair(const std::optional<WantedFile>& old_file,
                                const WantedFile& new_file,
                                const Invocation& invocation,
                                const Settings& settings,
                                const Messages& say) {
    if (old_file && old_file->file == "-" && new_file.file == "-") {
        return Error{.kind = ErrorKind::usage,
                     .message = "standard input can be read once, and both files are '-'",
                     .hint = "write one of them into a file"};
    }
    std::vector<WantedFile> files{new_file};
    if (old_file) {
        files.insert(files.begin(), *old_file);
    }
    const auto imports = read_all(files, invocation, settings, say);
    if (!imports) {
        return imports.error();
    }
    auto folder = workers::ScratchFolder::make("files");
    if (!folder) {
        return folder.error();
    }
    auto store = history::open_store(folder->path() + "/history.db", {.create = true});
    if (!store) {
        return store.error();
    }
    FilePair pair{.folder = std::move(*folder), .store = std::move(*store)};
    for (const FileImport& import : *imports) {
        if (const auto kept = pair.store->record_all(import.runs); !kept) {
            return kept.error();
        }
    }
    if (old_file) {
        auto before = kept_run(
            *pair.store, imports->front(), *old_file, invocation.value(old_file->run_option));
        if (!before) {
            return before.error();
        }
        pair.old_run = std::move(*before);
        pair.old_runs = imports->front().runs.size();
    }
    auto after =
        kept_run(*pair.store, imports->back(), new_file, invocation.value(new_file.run_option));
    if (!after) {
        return after.error();
    }
    pair.new_run = std::move(*after);
    pair.new_runs = imports->back().runs.size();
    const Status sound = old_file ? check_pair(pair, *old_file, new_file) : Status{};
    return sound ? Result<FilePair>(std::move(pair)) : Result<FilePair>(sound.error());
}

std::string advisory_text(const FilePair& pair) {
    const auto count = [](std::size_t runs) {
        return runs == 1 ? std::string("one run") : fmt::format("{} runs", runs);
    };
    return "advisory: two files measured at different times, not interleaved; " +
           (pair.old_runs == 1 && pair.new_runs == 1
                ? "one run each"
                : count(pair.old_runs) + " and " + count(pair.new_runs));
}

} // namespace assay::app

#include "catalog/git.hpp"

#include "support/command.hpp"
#include "support/text.hpp"

#include <vector>

namespace assay::catalog {
namespace {

namespace fs = std::filesystem;

// A folder of builds has some thousand entries; past this somebody named a whole home.
constexpr std::size_t kEntriesLooked = 200'000;

Result<CommandOutput> git(const fs::path& folder, std::vector<std::string> arguments) {
    std::vector<std::string> argv{
        "env",
        // Set while a hook of another repository runs.
        "-u",
        "GIT_DIR",
        "-u",
        "GIT_WORK_TREE",
        "-u",
        "GIT_INDEX_FILE",
        "GIT_ALLOW_PROTOCOL=none", // a partial clone must not fetch what is missing
        "GIT_TERMINAL_PROMPT=0",
        "GIT_OPTIONAL_LOCKS=0",
        "GIT_LITERAL_PATHSPECS=1", // a file may be called ":(top)x"
        "git",
        "--no-pager",
        "--no-replace-objects",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "log.showSignature=false",
    };
    for (std::string& argument : arguments) {
        argv.push_back(std::move(argument));
    }
    CommandOptions options;
    options.folder = folder.string();
    options.bytes_max = std::size_t{16} << 20;
    return run_command(argv, options);
}

bool inside_repository(fs::path folder) {
    std::error_code ignored;
    for (;; folder = folder.parent_path()) {
        if (fs::exists(fs::symlink_status(folder / ".git", ignored))) {
            return true;
        }
        if (!folder.has_relative_path()) {
            return false;
        }
    }
}

// The first repository below the folder; git above does not see into it.
Result<std::string> nested_repository(const fs::path& folder) {
    std::error_code error;
    std::size_t looked = 0;
    for (fs::recursive_directory_iterator
             entry(folder, fs::directory_options::skip_permission_denied, error),
         end;
         !error && entry != end;
         entry.increment(error)) {
        if (entry->path().filename() == ".git") {
            return entry->path().lexically_relative(folder).string();
        }
        if (++looked > kEntriesLooked) {
            return Error{ErrorKind::usage,
                         folder.string() + " holds more than " + std::to_string(kEntriesLooked) +
                             " files: too wide to be trusted whole",
                         "name the folder that the plugins are built in"};
        }
    }
    return std::string{};
}

} // namespace

Result<std::string> git_tracked_below(const fs::path& folder) {
    auto nested = nested_repository(folder);
    if (!nested || !nested->empty()) {
        return nested;
    }
    if (!inside_repository(folder)) {
        return std::string{};
    }
    const auto files = git(folder, {"ls-files", "-z", "--", "."});
    if (!files || files->exit_code != 0) {
        return Error{ErrorKind::usage,
                     "cannot ask git which files it tracks below " + folder.string() +
                         (files ? ": it ended with " + std::to_string(files->exit_code)
                                : ": " + files.error().message),
                     "install git, and see 'git -C " + folder.string() + " ls-files'"};
    }
    return files->text.substr(0, files->text.find('\0'));
}

std::string git_last_committer(const fs::path& folder, const std::string& path) {
    const auto commit =
        git(folder, {"log", "-1", "--no-show-signature", "--format=%an <%ae> %cI", "--", path});
    if (!commit || commit->exit_code != 0) {
        return {};
    }
    std::string text(trim(commit->text));
    for (char& c : text) { // a name is free text and will stand on a terminal
        c = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    }
    return is_utf8(text) ? text : percent_encode(text);
}

} // namespace assay::catalog

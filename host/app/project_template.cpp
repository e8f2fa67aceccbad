#include "app/project_template.hpp"

#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace assay::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameLengthMax = 64;          // becomes file, target and symbol names
constexpr std::size_t kTemplateBytesMax = 1U << 20; // of one file: templates are read by people

Error cannot_make(std::string message, std::string hint) {
    return Error{.kind = ErrorKind::usage, .message = std::move(message), .hint = std::move(hint)};
}

bool is_lower(char letter) {
    return letter >= 'a' && letter <= 'z';
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool name_is_good(const std::string& name) {
    return !name.empty() && name.size() <= kNameLengthMax && is_lower(name[0]) &&
           std::ranges::all_of(name, [](char letter) {
               return is_lower(letter) || is_digit(letter) || letter == '_';
           });
}

// "org.example.mine": two parts or more, each as a host name's would be, underscores allowed.
bool id_is_good(const std::string& id) {
    const std::vector<std::string> parts = split(id, '.');
    return parts.size() >= 2 && id.size() <= 2 * kNameLengthMax &&
           std::ranges::all_of(parts, [](const std::string& part) {
               return !part.empty() && is_lower(part[0]) &&
                      std::ranges::all_of(part, [](char letter) {
                          return is_lower(letter) || is_digit(letter) || letter == '_' ||
                                 letter == '-';
                      });
           });
}

std::string filled_in(std::string text, const PluginTemplate& request) {
    const std::pair<std::string_view, const std::string&> names[] = {{"@NAME@", request.name},
                                                                     {"@ID@", request.id}};
    for (const auto& [placeholder, value] : names) {
        for (std::size_t at = text.find(placeholder); at != std::string::npos;
             at = text.find(placeholder, at + value.size())) {
            text.replace(at, placeholder.size(), value);
        }
    }
    return text;
}

// A folder beside its final place, removed unless it was moved there.
class NewFolder {
public:
    static Result<NewFolder> beside(const fs::path& target) {
        std::string pattern =
            (target.parent_path() / ("." + target.filename().string() + ".XXXXXX")).string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            return Error{.kind = ErrorKind::io,
                         .message = "cannot make a folder in '" + target.parent_path().string() +
                                    "': " + system_message(errno),
                         .hint = {}};
        }
        fs::permissions(pattern,
                        fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read |
                            fs::perms::others_exec,
                        fs::perm_options::add);
        return NewFolder(pattern);
    }

    NewFolder(NewFolder&& other) noexcept
        : path_(std::exchange(other.path_, {})) {}

    NewFolder& operator=(NewFolder&&) = delete;

    ~NewFolder() {
        if (!path_.empty()) {
            std::error_code ignored;
            fs::remove_all(path_, ignored);
        }
    }

    [[nodiscard]] const fs::path& path() const noexcept { return path_; }

    Status move_to(const fs::path& target) {
        std::error_code failed;
        fs::rename(path_, target, failed);
        if (failed) {
            return Error{.kind = ErrorKind::io,
                         .message = "cannot make '" + target.string() + "': " + failed.message(),
                         .hint = {}};
        }
        path_.clear();
        return {};
    }

private:
    explicit NewFolder(fs::path path)
        : path_(std::move(path)) {}

    fs::path path_;
};

Status write_filled_in(const fs::path& from, const fs::path& to, const PluginTemplate& request) {
    const Result<std::string> text = read_file(from.string(), kTemplateBytesMax);
    if (!text) {
        return text.error();
    }
    if (Status status = write_file_atomically(to.string(), filled_in(*text, request)); !status) {
        return status;
    }
    std::error_code ignored; // scripts stay executable where the file system can say so
    fs::permissions(to, fs::status(from).permissions(), ignored);
    return {};
}

// The files of `from`, written below `to`; returns their names relative to `to`, sorted.
Result<std::vector<std::string>>
fill_in(const fs::path& from, const fs::path& to, const PluginTemplate& request) {
    std::vector<std::string> written;
    std::error_code failed;
    for (fs::recursive_directory_iterator it(from, failed), end; it != end; it.increment(failed)) {
        if (failed) {
            break;
        }
        if (!it->is_regular_file()) {
            continue;
        }
        const std::string name = filled_in(it->path().lexically_relative(from).string(), request);
        if (Status status = write_filled_in(it->path(), to / name, request); !status) {
            return status.error();
        }
        written.push_back(name);
    }
    if (failed) {
        return Error{.kind = ErrorKind::io,
                     .message = "cannot read '" + from.string() + "': " + failed.message(),
                     .hint = {}};
    }
    std::ranges::sort(written);
    return written;
}

Status check_request(const PluginTemplate& request, const fs::path& target) {
    if (!name_is_good(request.name)) {
        return cannot_make(
            "'" + request.name +
                "' will not do as a name: expected a-z, 0-9 and _, a letter first, at "
                "most 64",
            "try 'assay new " + request.kind + " my_" + request.kind + "'");
    }
    if (!id_is_good(request.id)) {
        return cannot_make("'" + request.id +
                               "' will not do as an id: expected reverse DNS such as org.example." +
                               request.name,
                           {});
    }
    if (fs::exists(fs::symlink_status(target))) {
        return cannot_make("'" + target.string() + "' is already there, and nothing is overwritten",
                           "choose another name or folder (-C DIR)");
    }
    return {};
}

// "c, cpp": the languages that have a template of this kind.
std::string languages_with(const fs::path& templates, const std::string& kind) {
    std::vector<std::string> found;
    for (const char* const language : {"c", "cpp", "rust"}) {
        if (fs::is_directory(templates / language / kind)) {
            found.emplace_back(language);
        }
    }
    return join(found, ", ");
}

} // namespace

Result<std::vector<std::string>> write_plugin_project(const fs::path& templates,
                                                      const PluginTemplate& request,
                                                      const fs::path& into) {
    const fs::path target = into / request.name;
    if (Status status = check_request(request, target); !status) {
        return status.error();
    }
    const fs::path from = templates / request.language / request.kind;
    if (!fs::is_directory(from)) {
        const std::string languages = languages_with(templates, request.kind);
        return cannot_make("there is no template of a " + request.kind + " in " + request.language,
                           languages.empty() ? "templates are looked for in " + templates.string()
                                             : "--lang may be " + languages);
    }
    Result<NewFolder> folder = NewFolder::beside(target);
    if (!folder) {
        return folder.error();
    }
    Result<std::vector<std::string>> written = fill_in(from, folder->path(), request);
    if (!written) {
        return written.error();
    }
    if (Status status = folder->move_to(target); !status) {
        return status.error();
    }
    for (std::string& name : *written) {
        name = request.name + "/" + name;
    }
    return written;
}

Result<std::vector<std::string>> write_project_folder(const fs::path& into) {
    const fs::path target = into / ".assay";
    if (fs::exists(fs::symlink_status(target))) {
        return cannot_make("'" + target.string() + "' is already there, and nothing is overwritten",
                           "edit .assay/assay.json");
    }
    Result<NewFolder> folder = NewFolder::beside(target);
    if (!folder) {
        return folder.error();
    }
    const std::pair<const char*, const char*> files[] = {
        {"assay.json", "{\n  \"schema\": \"assay.project/1\",\n  \"mode\": \"standard\"\n}\n"},
        {".gitignore",
         "# Measured here, on this machine: not part of the project.\nhistory.db*\nruns/\n"},
    };
    std::vector<std::string> written;
    for (const auto& [name, text] : files) {
        if (Status status = write_file_atomically((folder->path() / name).string(), text);
            !status) {
            return status.error();
        }
        written.push_back(std::string(".assay/") + name);
    }
    // Empty: anything in it, be it a README, would ask for trust before the first run.
    std::error_code failed;
    fs::create_directory(folder->path() / "plugins", failed);
    if (failed) {
        return Error{.kind = ErrorKind::io,
                     .message =
                         "cannot make '" + (target / "plugins").string() + "': " + failed.message(),
                     .hint = {}};
    }
    if (Status status = folder->move_to(target); !status) {
        return status.error();
    }
    return written;
}

} // namespace assay::app

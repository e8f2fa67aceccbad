#include "catalog/project_content.hpp"

#include "support/json_pointer.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <sys/stat.h>

namespace assay::catalog {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kConfiguration = "assay.json";
constexpr std::size_t kConfigurationBytesMax = std::size_t{4} << 20;

bool is_one_of(std::string_view key, const auto& keys) {
    return std::ranges::find(keys, key) != keys.end();
}

// Whether a text holds a path that leaves the project, or a URL: "json=../x", "csv=/tmp/x,flush=1",
// "~/x", "postgresql://host/x".
bool leaves_project(std::string_view text) {
    if (text.find("://") != std::string_view::npos) {
        return true;
    }
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find_first_of("=,", start), text.size());
        const std::string_view word = text.substr(start, end - start);
        const bool up = word == ".." || word.starts_with("../") || word.ends_with("/..") ||
                        word.find("/../") != std::string_view::npos;
        if (up || word.starts_with('/') || word.starts_with('~')) {
            return true;
        }
        start = end + 1;
    }
    return false;
}

bool any_leaves_project(const json::value& value) {
    if (value.is_string()) {
        return leaves_project(value.get_string());
    }
    if (value.is_array()) {
        return std::ranges::any_of(value.get_array(), any_leaves_project);
    }
    return value.is_object() && std::ranges::any_of(value.get_object(), [](const auto& member) {
               return leaves_project(member.key()) || any_leaves_project(member.value());
           });
}

void collect(const json::value& value,
             const std::string& pointer,
             std::vector<ContentItem>& items) {
    if (value.is_array()) {
        std::size_t index = 0;
        for (const json::value& element : value.get_array()) {
            collect(element, pointer + "/" + std::to_string(index++), items);
        }
    }
    if (!value.is_object()) {
        return;
    }
    for (const auto& [key, member] : value.get_object()) {
        const std::string place = pointer + "/" + pointer_token(key);
        if (is_one_of(key, kCodeNamingKeys) ||
            (is_one_of(key, kOutputKeys) && any_leaves_project(member))) {
            const std::string text = canonical_json(member);
            items.push_back(
                {std::string(kConfiguration) + "#" + place, sha256_of(text), text.size()});
        } else {
            collect(member, place, items);
        }
    }
}

enum class Kind { absent, file, folder, other };

Kind kind_of(const fs::path& path) {
    struct stat info {};

    if (::lstat(path.c_str(), &info) != 0) {
        return Kind::absent;
    }
    return S_ISREG(info.st_mode) ? Kind::file : S_ISDIR(info.st_mode) ? Kind::folder : Kind::other;
}

Error refused(const fs::path& path) {
    std::error_code ignored;
    const bool link = fs::is_symlink(path, ignored);
    return Error{ErrorKind::untrusted,
                 path.string() + " is " + (link ? "a symbolic link" : "no regular file") +
                     ", which cannot be trusted: what it leads to may change unseen",
                 "copy the file itself into .assay/plugins"};
}

Status read_files(const fs::path& assay, HashCache* cache, std::vector<ContentItem>& items) {
    const fs::path plugins = assay / "plugins";
    if (const Kind kind = kind_of(plugins); kind != Kind::folder) {
        return kind == Kind::absent ? Status{} : refused(plugins);
    }
    std::error_code error;
    // Does not follow links to folders; they are refused below.
    for (fs::recursive_directory_iterator entry(plugins, error), end; !error && entry != end;
         entry.increment(error)) {
        const Kind kind = kind_of(entry->path());
        if (kind == Kind::folder) {
            continue;
        }
        if (kind != Kind::file) {
            return refused(entry->path());
        }
        if (items.size() >= kProjectFilesMax) {
            return Error{ErrorKind::untrusted,
                         plugins.string() + " holds more than " + std::to_string(kProjectFilesMax) +
                             " files",
                         "keep plugins and their libraries there, nothing else"};
        }
        auto facts = hash_file(entry->path(), cache);
        if (!facts) {
            return facts.error();
        }
        items.push_back({entry->path().lexically_relative(assay).string(),
                         std::move(facts->sha256),
                         facts->bytes});
    }
    if (error) {
        return Error{ErrorKind::io, "cannot read " + plugins.string() + ": " + error.message(), {}};
    }
    return {};
}

Status read_configuration(const fs::path& assay, std::vector<ContentItem>& items) {
    const fs::path file = assay / kConfiguration;
    if (const Kind kind = kind_of(file); kind != Kind::file) {
        return kind == Kind::absent ? Status{} : refused(file);
    }
    const auto document =
        read_json_file(file.string(), {DuplicateKeys::reject, kConfigurationBytesMax});
    if (!document) {
        return document.error();
    }
    for (ContentItem& item : code_naming_items(*document)) {
        items.push_back(std::move(item));
    }
    return {};
}

} // namespace

std::vector<ContentItem> code_naming_items(const json::value& configuration) {
    std::vector<ContentItem> items;
    collect(configuration, "", items);
    return items;
}

TrustedFiles ProjectContent::files() const {
    TrustedFiles files;
    for (const ContentItem& item : items) {
        if (item.name.starts_with("plugins/")) {
            files[project / ".assay" / item.name] = item.sha256;
        }
    }
    return files;
}

Result<ProjectContent> read_project(const fs::path& project, HashCache* cache) {
    std::error_code error;
    ProjectContent content;
    content.project = fs::canonical(project, error);
    if (error) {
        return Error{ErrorKind::io, "cannot read " + project.string() + ": " + error.message(), {}};
    }
    const fs::path assay = content.project / ".assay";
    if (const Kind kind = kind_of(assay); kind != Kind::folder && kind != Kind::absent) {
        return refused(assay);
    }
    if (Status read = read_files(assay, cache, content.items); !read) {
        return read.error();
    }
    if (Status read = read_configuration(assay, content.items); !read) {
        return read.error();
    }
    std::ranges::sort(content.items, {}, &ContentItem::name);
    std::string lines;
    for (const ContentItem& item : content.items) {
        lines += percent_encode(item.name) + " " + item.sha256 + "\n";
    }
    content.portable_hash = sha256_of(lines);
    content.hash = sha256_of(content.project.string() + "\n" + lines);
    return content;
}

std::vector<std::string> differences(const std::vector<ContentItem>& before,
                                     const std::vector<ContentItem>& now) {
    std::vector<std::string> lines;
    const auto find = [](const std::vector<ContentItem>& items, const std::string& name) {
        const auto found = std::ranges::find(items, name, &ContentItem::name);
        return found == items.end() ? nullptr : &*found;
    };
    for (const ContentItem& item : now) {
        const ContentItem* old = find(before, item.name);
        if (old == nullptr) {
            lines.push_back("new " + item.name);
        } else if (old->sha256 != item.sha256) {
            lines.push_back("changed " + item.name);
        }
    }
    for (const ContentItem& item : before) {
        if (find(now, item.name) == nullptr) {
            lines.push_back("gone " + item.name);
        }
    }
    return lines;
}

} // namespace assay::catalog

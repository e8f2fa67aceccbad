#include "catalog/catalog.hpp"

#include "catalog/folder_scan.hpp"
#include "catalog/hash_cache.hpp"

#include <assay/plugin.h>

#include <algorithm>
#include <map>

namespace assay::catalog {
namespace {

namespace fs = std::filesystem;

// Makes entries of files, in the order of precedence, each file once.
class Collector {
public:
    Collector(const Places& places, const CatalogOptions& options)
        : places_(places)
        , options_(options)
        , cache_(options.cache / "files.json") {
        verdict.state = TrustState::nothing;
    }

    Status collect() {
        for (const fs::path& file : places_.files) {
            if (Status named = check_named(file, "--plugin"); !named) {
                return named;
            }
            add(file, Tier::explicit_path, {}, true);
        }
        for (const fs::path& folder : places_.folders) {
            auto files = plugins_in(folder);
            if (!files) {
                return Error{ErrorKind::usage,
                             files.error().message,
                             "--plugin-dir and ASSAY_PLUGIN_PATH name folders that hold *" +
                                 std::string(kPluginSuffix)};
            }
            for (const fs::path& file : *files) {
                add(file, Tier::explicit_path, {}, false);
            }
        }
        collect_project();
        for (const fs::path& folder : places_.installed) {
            collect_installed(folder);
        }
        cache_.save();
        shadow_duplicates();
        return {};
    }

    std::vector<CatalogEntry> entries;
    std::vector<std::string> warnings;
    TrustVerdict verdict;

private:
    static Status check_named(const fs::path& file, const char* option) {
        std::error_code error;
        const auto status = fs::status(file, error);
        if (!fs::exists(status)) {
            return Error{ErrorKind::usage,
                         "cannot find the plugin " + file.string() + " named by " + option,
                         "give the path of a *" + std::string(kPluginSuffix) + " file"};
        }
        if (fs::is_directory(status)) {
            return Error{ErrorKind::usage,
                         file.string() + " named by " + option + " is a folder",
                         "use --plugin-dir for folders"};
        }
        return {};
    }

    void collect_project() {
        if (!places_.project) {
            return;
        }
        const TrustStore trust(options_.trust);
        verdict = trust.judge(*places_.project,
                              {options_.trust_project, options_.trust_exactly, cache()});
        const fs::path plugins = *places_.project / ".assay" / "plugins";
        std::error_code ignored;
        if (fs::exists(fs::symlink_status(plugins, ignored))) {
            // Allowed by path: whatever lies there now. Else exactly what was hashed.
            const bool any_content = verdict.state == TrustState::by_path;
            collect_project_folder(plugins,
                                   verdict.trusted() ? "" : verdict.reason,
                                   any_content ? TrustedFiles{} : verdict.content.files());
        }
        for (const fs::path& path : places_.project_paths) {
            const bool allowed = verdict.trusted() && trust.allows_path(path);
            collect_project_path(path,
                                 allowed ? ""
                                         : path.string() +
                                               " is named by the project's configuration and "
                                               "not allowed: see 'assay trust add --path'");
        }
    }

    void collect_project_path(const fs::path& path, const std::string& untrusted) {
        std::error_code ignored;
        if (fs::is_directory(path, ignored)) {
            collect_project_folder(path, untrusted, {});
        } else {
            add_of_project(path, untrusted, {});
        }
    }

    // `untrusted`: why nothing of it may be loaded, or "".
    void collect_project_folder(const fs::path& folder,
                                const std::string& untrusted,
                                const TrustedFiles& trusted) {
        const auto files = plugins_in(folder);
        if (!files) {
            warnings.push_back(files.error().message);
            return;
        }
        for (const fs::path& file : *files) {
            add_of_project(file, untrusted, trusted);
        }
    }

    void add_of_project(const fs::path& file,
                        const std::string& untrusted,
                        const TrustedFiles& trusted) {
        add(file, Tier::project, {}, false);
        CatalogEntry& entry = entries.back();
        if (entry.state == EntryState::usable && !untrusted.empty()) {
            entry.state = EntryState::untrusted;
            entry.reason = untrusted;
        }
        entry.trusted = trusted;
    }

    void collect_installed(const fs::path& folder) {
        std::error_code ignored;
        if (!fs::exists(folder, ignored)) {
            return;
        }
        const auto files = plugins_in(folder);
        if (!files) {
            warnings.push_back(files.error().message);
            return;
        }
        const std::string folder_problem = writable_by_others(folder);
        for (const fs::path& file : *files) {
            const std::string problem =
                !folder_problem.empty() ? folder_problem : unsafe_installation(folder, file);
            add(file, Tier::installed, problem, false);
        }
    }

    HashCache* cache() { return options_.hash_files ? nullptr : &cache_; }

    // `problem`: why it is refused unread, or "".
    void add(const fs::path& file, Tier tier, const std::string& problem, bool named) {
        CatalogEntry entry;
        entry.path = file;
        entry.tier = tier;
        entry.named = named;
        entry.reason = problem.empty() ? read(file, entry) : problem;
        if (!entry.reason.empty()) {
            entry.state = EntryState::refused;
            entry.manifest = {};
            if (!named) {
                warnings.push_back(entry.reason);
            }
        }
        entries.push_back(std::move(entry));
    }

    // Fills in digest and manifest; the reason why the file is no plugin for this host, or "".
    std::string read(const fs::path& file, CatalogEntry& entry) {
        const auto facts = facts_of(file);
        if (!facts) {
            return facts.error().message;
        }
        entry.sha256 = facts->sha256;
        auto manifest = parse_manifest(*facts->manifest);
        if (!manifest) {
            return file.string() + ": " + manifest.error().message;
        }
        entry.manifest = std::move(*manifest);
        const std::string conflict = version_conflict(entry.manifest);
        return conflict.empty() ? conflict : "cannot load " + file.string() + ": " + conflict;
    }

    Result<FileFacts> facts_of(const fs::path& file) {
        const fs::path absolute = fs::absolute(file);
        if (const FileFacts* known = cache() != nullptr ? cache_.find(absolute) : nullptr;
            known != nullptr && known->manifest) {
            return *known;
        }
        const auto stamp = file_stamp(absolute);
        auto manifest = read_manifest_text(file.string());
        if (!manifest) {
            return manifest.error();
        }
        auto facts = hash_file(absolute, cache());
        if (!facts) {
            return facts.error();
        }
        facts->manifest = std::move(*manifest);
        if (stamp) {
            cache_.keep(absolute, *stamp, *facts);
        }
        return facts;
    }

    // First in the order of precedence wins; what is not usable takes nobody's place. The same file
    // found again (by --plugin and in a folder, by a link) is no second plugin.
    void shadow_duplicates() {
        std::map<std::string, fs::path> first;
        std::erase_if(entries, [&](CatalogEntry& entry) {
            if (entry.state != EntryState::usable) {
                return false;
            }
            const auto [known, is_first] = first.emplace(entry.manifest.id, entry.path);
            if (is_first) {
                return false;
            }
            if (identity_of(known->second) == identity_of(entry.path)) {
                return true;
            }
            entry.state = EntryState::shadowed;
            entry.reason = entry.path.string() + " is not used: the id " + entry.manifest.id +
                           " was found first in " + known->second.string();
            warnings.push_back(entry.reason);
            return false;
        });
    }

    const Places& places_;
    const CatalogOptions& options_;
    HashCache cache_;
};

} // namespace

std::string_view name_of(Tier tier) noexcept {
    switch (tier) {
    case Tier::explicit_path:
        return "explicit";
    case Tier::project:
        return "project";
    case Tier::installed:
        return "installed";
    }
    return "installed";
}

std::string_view name_of(EntryState state) noexcept {
    switch (state) {
    case EntryState::usable:
        return "usable";
    case EntryState::untrusted:
        return "untrusted";
    case EntryState::refused:
        return "refused";
    case EntryState::shadowed:
        return "shadowed";
    }
    return "refused";
}

Result<Catalog> Catalog::open(const Places& places, const CatalogOptions& options) {
    Collector collector(places, options);
    if (Status collected = collector.collect(); !collected) {
        return collected.error();
    }
    Catalog catalog;
    catalog.entries_ = std::move(collector.entries);
    catalog.warnings_ = std::move(collector.warnings);
    catalog.verdict_ = std::move(collector.verdict);
    catalog.project_untrusted_ =
        !catalog.verdict_.trusted() ||
        std::ranges::find(catalog.entries_, EntryState::untrusted, &CatalogEntry::state) !=
            catalog.entries_.end();
    return catalog;
}

std::optional<fs::path> find_project(const fs::path& start) {
    std::error_code error;
    fs::path folder = fs::absolute(start, error).lexically_normal();
    while (!folder.empty()) {
        if (fs::is_directory(folder / ".assay", error)) {
            return folder;
        }
        if (!folder.has_relative_path()) {
            break;
        }
        folder = folder.parent_path();
    }
    return std::nullopt;
}

Result<StoredPlugin> admit(const Store& store, const CatalogEntry& entry) {
    if (entry.state != EntryState::usable) {
        return Error{entry.state == EntryState::untrusted ? ErrorKind::untrusted
                                                          : ErrorKind::plugin,
                     entry.reason,
                     {}};
    }
    return entry.trusted.empty() ? store.admit(entry.path, entry.sha256)
                                 : store.admit_trusted(entry.path, entry.trusted);
}

Status check_suite_names(const std::vector<CatalogEntry>& entries) {
    std::map<std::string, const CatalogEntry*> first;
    for (const CatalogEntry& entry : entries) {
        for (const Provided& provided : entry.manifest.provides) {
            if (entry.state != EntryState::usable || provided.kind != ASSAY_KIND_SUITE) {
                continue;
            }
            const auto [known, is_first] = first.emplace(provided.name, &entry);
            if (!is_first) {
                const CatalogEntry& other = *known->second;
                return Error{ErrorKind::config,
                             "the suite '" + provided.name + "' is provided by " +
                                 other.manifest.id + " (" + other.path.string() + ") and by " +
                                 entry.manifest.id + " (" + entry.path.string() +
                                 "): suite names are unique",
                             "remove one of the two, or rename its suite"};
            }
        }
    }
    return {};
}

} // namespace assay::catalog

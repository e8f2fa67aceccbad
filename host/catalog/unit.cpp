// Follows ld.so(8): a library's own RUNPATH, or else its RPATH and that of those who load it; in
// every folder first glibc-hwcaps/<level>/, then the folder itself.
#include "catalog/unit.hpp"

#include "catalog/elf.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <deque>
#include <set>

namespace assay::catalog {
namespace {

namespace fs = std::filesystem;

struct SearchFolder {
    fs::path path;
    bool by_origin = false;
};

struct Loaded {
    fs::path path;
    std::vector<SearchFolder> inherited; // RPATHs of those who load it
};

// "$ORIGIN/x" or "${ORIGIN}/x" with the folder put in; nothing where ORIGIN does not lead.
std::optional<fs::path> expand_origin(const std::string& entry, const fs::path& origin) {
    for (const std::string_view token : {"$ORIGIN", "${ORIGIN}"}) {
        if (entry.starts_with(token) &&
            (entry.size() == token.size() || entry[token.size()] == '/')) {
            return fs::path(origin.string() + entry.substr(token.size())).lexically_normal();
        }
    }
    return std::nullopt;
}

std::vector<SearchFolder> folders_of(const std::vector<std::string>& entries,
                                     const fs::path& origin) {
    std::vector<SearchFolder> folders;
    for (const std::string& entry : entries) {
        if (auto folder = expand_origin(entry, origin)) {
            folders.push_back({std::move(*folder), true});
        } else if (!entry.empty()) {
            folders.push_back({entry, false});
        }
    }
    return folders;
}

bool is_file(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

// The subfolders of `folder`/glibc-hwcaps, of which the machine that runs will take one.
std::vector<fs::path> processor_levels(const fs::path& folder) {
    std::vector<fs::path> levels;
    std::error_code error;
    for (fs::directory_iterator entry(folder / "glibc-hwcaps", error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->is_directory(error) && levels.size() < kUnitFilesMax) {
            levels.push_back(entry->path());
        }
    }
    std::ranges::sort(levels);
    return levels;
}

class Finder {
public:
    explicit Finder(fs::path plugin)
        : plugin_(std::move(plugin)) {}

    Result<Unit> find() {
        queue_.push_back({plugin_, {}});
        found_.insert(plugin_);
        while (!queue_.empty()) {
            const Loaded loaded = std::move(queue_.front());
            queue_.pop_front();
            if (Status followed = follow(loaded); !followed) {
                return followed.error();
            }
            if (found_.size() > kUnitFilesMax) {
                return Error{ErrorKind::plugin,
                             plugin_.string() + " finds more than " +
                                 std::to_string(kUnitFilesMax) + " libraries by $ORIGIN",
                             {}};
            }
        }
        return unit();
    }

private:
    Status follow(const Loaded& loaded) {
        const auto image = ElfImage::open(loaded.path.string());
        if (!image && loaded.path != plugin_) {
            return {}; // of another machine, or no library: ld.so passes it over as well
        }
        if (!image) {
            return image.error().kind == ErrorKind::io
                       ? image.error()
                       : Error{image.error().kind,
                               loaded.path.string() + " " + image.error().message,
                               {}};
        }
        const auto dynamic = image->dynamic();
        if (!dynamic) {
            return Error{
                dynamic.error().kind, loaded.path.string() + " " + dynamic.error().message, {}};
        }
        const fs::path origin = loaded.path.parent_path();
        std::vector<SearchFolder> folders = folders_of(dynamic->runpath, origin);
        std::vector<SearchFolder> inherited;
        if (dynamic->runpath.empty()) {
            folders = folders_of(dynamic->rpath, origin);
            folders.insert(folders.end(), loaded.inherited.begin(), loaded.inherited.end());
            inherited = folders;
        }
        for (const std::string& name : dynamic->needed) {
            if (name.find('/') != std::string::npos) {
                take_path(name, origin, inherited);
            } else {
                search(name, folders, inherited);
            }
        }
        return {};
    }

    void take_path(const std::string& name,
                   const fs::path& origin,
                   const std::vector<SearchFolder>& inherited) {
        if (const auto path = expand_origin(name, origin)) {
            if (is_file(*path)) {
                take(*path, inherited);
            }
        } else {
            outside_.insert(name);
        }
    }

    void search(const std::string& name,
                const std::vector<SearchFolder>& folders,
                const std::vector<SearchFolder>& inherited) {
        for (const SearchFolder& folder : folders) {
            const fs::path plain = folder.path / name;
            if (!folder.by_origin) {
                if (is_file(plain)) {
                    outside_.insert(plain);
                    return;
                }
                continue;
            }
            for (const fs::path& level : processor_levels(folder.path)) {
                if (is_file(level / name)) {
                    take(level / name, inherited);
                }
            }
            if (is_file(plain)) {
                take(plain, inherited);
                return;
            }
        }
    }

    void take(const fs::path& path, const std::vector<SearchFolder>& inherited) {
        if (found_.size() <= kUnitFilesMax && found_.insert(path).second) {
            queue_.push_back({path, inherited});
        }
    }

    // The root is the plugin's folder, or as far above it as a library lies.
    Result<Unit> unit() const {
        const fs::path folder = plugin_.parent_path();
        fs::path root = folder;
        for (const fs::path& path : found_) {
            std::size_t levels = 0;
            while (*path.lexically_relative(root).begin() == "..") {
                root = root.parent_path();
                if (++levels > kUnitLevelsMax) {
                    return Error{ErrorKind::plugin,
                                 plugin_.string() + " finds " + path.string() +
                                     " by $ORIGIN, more than " + std::to_string(kUnitLevelsMax) +
                                     " folders above it",
                                 {}};
                }
            }
        }
        Unit unit;
        unit.files.push_back({plugin_, plugin_.lexically_relative(root).string(), {}});
        for (const fs::path& path : found_) {
            if (path != plugin_) {
                unit.files.push_back({path, path.lexically_relative(root).string(), {}});
            }
        }
        unit.outside.assign(outside_.begin(), outside_.end());
        return unit;
    }

    fs::path plugin_;
    std::deque<Loaded> queue_;
    std::set<fs::path> found_;
    std::set<fs::path> outside_;
};

} // namespace

Result<Unit> find_unit(const fs::path& plugin) {
    std::error_code error;
    const fs::path folder = fs::canonical(fs::absolute(plugin, error).parent_path(), error);
    if (error) {
        return Error{ErrorKind::io, "cannot read " + plugin.string() + ": " + error.message(), {}};
    }
    return Finder(folder / plugin.filename()).find();
}

Status hash_unit(Unit& unit, HashCache* cache) {
    for (UnitFile& file : unit.files) {
        auto facts = hash_file(file.source, cache);
        if (!facts) {
            return facts.error();
        }
        file.sha256 = std::move(facts->sha256);
    }
    return {};
}

std::string content_of(const Unit& unit) {
    Unit nameless = unit;
    if (!nameless.files.empty()) {
        nameless.files.front().name = "/"; // no file is called that
    }
    return key_of(nameless);
}

std::string key_of(const Unit& unit) {
    std::vector<std::string> lines;
    for (const UnitFile& file : unit.files) {
        lines.push_back(percent_encode(file.name) + " " + file.sha256 + "\n");
    }
    std::ranges::sort(lines);
    return sha256_of(join(lines, ""));
}

} // namespace assay::catalog

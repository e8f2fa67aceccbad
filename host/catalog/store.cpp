#include "catalog/store.hpp"

#include "catalog/private_folder.hpp"
#include "support/file.hpp"
#include "support/sha256.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::catalog {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIncoming = "incoming-";
// A folder that is being filled is younger than this; an older one was left by a killed process.
constexpr std::chrono::hours kAbandonedAfter{1};
// One repair of a damaged copy, and one for another process that repairs at the same time.
constexpr int kAttempts = 3;

// A new folder of our own inside the store, removed with what it holds unless it was moved away.
class IncomingFolder {
public:
    static Result<IncomingFolder> make(const fs::path& store) {
        std::string name = (store / (std::string(kIncoming) + "XXXXXX")).string();
        if (::mkdtemp(name.data()) == nullptr) {
            return Error{ErrorKind::io,
                         "cannot create a folder in " + store.string() + ": " +
                             system_message(errno),
                         {}};
        }
        return IncomingFolder(name);
    }

    IncomingFolder(IncomingFolder&& other) noexcept
        : path_(std::exchange(other.path_, {})) {}

    IncomingFolder(const IncomingFolder&) = delete;
    IncomingFolder& operator=(const IncomingFolder&) = delete;
    IncomingFolder& operator=(IncomingFolder&&) = delete;

    ~IncomingFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            fs::remove_all(path_, ignored);
        }
    }

    [[nodiscard]] const fs::path& path() const noexcept { return path_; }

private:
    explicit IncomingFolder(fs::path path)
        : path_(std::move(path)) {}

    fs::path path_;
};

void remove_abandoned(const fs::path& store) {
    std::error_code error;
    const auto limit = fs::file_time_type::clock::now() - kAbandonedAfter;
    for (fs::directory_iterator entry(store, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->path().filename().string().starts_with(kIncoming) &&
            entry->last_write_time(ignored) < limit && !ignored) {
            fs::remove_all(entry->path(), ignored);
        }
    }
}

// The folders that the unit's files need, relative to its root.
std::set<fs::path> folders_of(const Unit& unit) {
    std::set<fs::path> folders;
    for (const UnitFile& file : unit.files) {
        for (fs::path folder = fs::path(file.name).parent_path(); !folder.empty();
             folder = folder.parent_path()) {
            folders.insert(folder);
        }
    }
    return folders;
}

// Exactly the unit's files with exactly their bytes, and nothing that others could have written:
// a library planted beside the plugin would be found by $ORIGIN.
bool is_intact(const Unit& unit, const fs::path& folder) {
    const std::set<fs::path> folders = folders_of(unit);
    if (!is_private_folder(folder)) {
        return false;
    }
    std::size_t files = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const fs::path name = entry->path().lexically_relative(folder);
        if (folders.contains(name)) {
            if (!is_private_folder(entry->path())) {
                return false;
            }
            continue;
        }

        struct stat info {};

        const bool known =
            std::ranges::find(unit.files, name.string(), &UnitFile::name) != unit.files.end();
        if (!known || ::lstat(entry->path().c_str(), &info) != 0 || !S_ISREG(info.st_mode) ||
            info.st_uid != ::geteuid() || (info.st_mode & 0022) != 0) {
            return false;
        }
        ++files;
    }
    return !error && files == unit.files.size() &&
           std::ranges::all_of(unit.files, [&](const UnitFile& file) {
               const auto digest = sha256_of_file((folder / file.name).string());
               return digest && *digest == file.sha256;
           });
}

Error changed(const fs::path& file, const std::string& expected, const std::string& found) {
    return Error{ErrorKind::untrusted,
                 file.string() + " changed since it was checked: expected sha256 " + expected +
                     ", found " + found,
                 "look at it with 'assay trust show', then 'assay trust add'"};
}

} // namespace

Result<StoredPlugin> Store::admit(const fs::path& plugin,
                                  const std::string& expected_sha256) const {
    auto unit = find_unit(plugin);
    if (!unit) {
        return unit.error();
    }
    if (Status hashed = hash_unit(*unit, nullptr); !hashed) {
        return hashed.error();
    }
    const std::string& found = unit->files.front().sha256;
    if (!expected_sha256.empty() && found != expected_sha256) {
        return changed(plugin, expected_sha256, found);
    }
    return admit_unit(*unit);
}

Result<StoredPlugin> Store::admit_trusted(const fs::path& plugin,
                                          const TrustedFiles& trusted) const {
    auto unit = find_unit(plugin);
    if (!unit) {
        return unit.error();
    }
    if (!unit->outside.empty()) {
        return Error{ErrorKind::untrusted,
                     plugin.string() + " would load " + unit->outside.front().string() +
                         ", which is outside the trusted folder",
                     "link it with RUNPATH $ORIGIN and put the library beside the plugin"};
    }
    if (Status hashed = hash_unit(*unit, nullptr); !hashed) {
        return hashed.error();
    }
    for (const UnitFile& file : unit->files) {
        const auto known = trusted.find(file.source);
        if (known == trusted.end()) {
            return Error{ErrorKind::untrusted,
                         plugin.string() + " would load " + file.source.string() +
                             ", which is not among the files that were trusted",
                         "look at it with 'assay trust show', then 'assay trust add'"};
        }
        if (known->second != file.sha256) {
            return changed(file.source, known->second, file.sha256);
        }
    }
    return admit_unit(*unit);
}

Result<StoredPlugin> Store::admit_unit(const Unit& unit) const {
    const fs::path store = fs::absolute(folder_);
    if (Status ready = make_private_folder(store); !ready) {
        return ready.error();
    }
    const std::string key = key_of(unit);
    const fs::path target = store / key;
    const StoredPlugin stored{.path = target / unit.files.front().name,
                              .sha256 = unit.files.front().sha256,
                              .key = key,
                              .content = content_of(unit)};
    std::error_code ignored;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        if (fs::exists(fs::symlink_status(target, ignored))) {
            if (is_intact(unit, target)) {
                return stored;
            }
            // Moved before it is removed: nobody finds a half of it under its name.
            const auto away = IncomingFolder::make(store);
            if (!away) {
                return away.error();
            }
            fs::rename(target, away->path() / "damaged", ignored);
        }
        if (Status copied = copy_unit(unit, target); !copied) {
            return copied.error();
        }
    }
    return Error{ErrorKind::io,
                 "cannot keep an intact copy of " + unit.files.front().source.string() + " in " +
                     target.string() + ": it is damaged again after every repair",
                 "remove " + store.string() + " and check its disk"};
}

// Afterwards `target` is there: ours, or that of another process that was faster.
Status Store::copy_unit(const Unit& unit, const fs::path& target) const {
    const fs::path store = target.parent_path();
    remove_abandoned(store);
    const auto incoming = IncomingFolder::make(store);
    if (!incoming) {
        return incoming.error();
    }
    for (const fs::path& folder : folders_of(unit)) { // parents come first in their order
        if (::mkdir((incoming->path() / folder).c_str(), 0700) != 0) {
            return Error{ErrorKind::io,
                         "cannot create " + (incoming->path() / folder).string() + ": " +
                             system_message(errno),
                         {}};
        }
    }
    for (const UnitFile& file : unit.files) {
        const auto copy =
            copy_and_hash(file.source.string(), (incoming->path() / file.name).string(), 0500);
        if (!copy) {
            return copy.error();
        }
        if (copy->sha256 != file.sha256) {
            return Error{ErrorKind::io,
                         file.source.string() + " was rewritten while it was copied",
                         "wait until its build has ended, then try again"};
        }
    }
    if (::rename(incoming->path().c_str(), target.c_str()) != 0 && errno != EEXIST &&
        errno != ENOTEMPTY) {
        return Error{ErrorKind::io,
                     "cannot rename " + incoming->path().string() + " to " + target.string() +
                         ": " + system_message(errno),
                     {}};
    }
    return {};
}

Result<std::string> store_key(const fs::path& plugin, HashCache* cache) {
    auto unit = find_unit(plugin);
    if (!unit) {
        return unit.error();
    }
    if (Status hashed = hash_unit(*unit, cache); !hashed) {
        return hashed.error();
    }
    return key_of(*unit);
}

} // namespace assay::catalog

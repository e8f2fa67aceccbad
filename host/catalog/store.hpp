// The content store: $XDG_CACHE_HOME/assay/store/<sha256>/, where every plugin is copied (hashed
// while it is copied) before it is loaded, with the dependencies it finds by $ORIGIN. Nobody
// overwrites a mapped library there, and what was hashed is what is loaded.
//
//   Store store(default_store_folder());
//   auto path = store.admit(entry.path);       // ".../store/<key>/router.assay.so"
//
// Any number of processes and threads may admit the same content at once (rename of a complete
// folder). Call admit() once per plugin and run, before the first load: it verifies what it
// returns, because another user, or a full disk, may have changed an older copy.
#pragma once

#include "catalog/folders.hpp"
#include "catalog/unit.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace assay::catalog {

struct StoredPlugin {
    std::filesystem::path path; // absolute; may be loaded
    std::string sha256;         // of the plugin file
    std::string key;            // of the unit: hash of the sorted list of names and hashes
    std::string content = {};   // the same whatever the plugin's file is called
};

// Digests by absolute path: every file that trust was given for.
using TrustedFiles = std::map<std::filesystem::path, std::string>;

class Store {
public:
    explicit Store(std::filesystem::path folder)
        : folder_(std::move(folder)) {}

    // Copies the plugin and its $ORIGIN dependencies, or finds the copy already there and verifies
    // it. `expected_sha256`: the hash that trust was given for; a difference is an error
    // (untrusted).
    Result<StoredPlugin> admit(const std::filesystem::path& plugin,
                               const std::string& expected_sha256 = {}) const;

    // The same for a project's plugin: every file of the unit must be one of `trusted`, unchanged,
    // and no library may come from a folder that nobody hashed. Errors: untrusted.
    Result<StoredPlugin> admit_trusted(const std::filesystem::path& plugin,
                                       const TrustedFiles& trusted) const;

private:
    Result<StoredPlugin> admit_unit(const Unit& unit) const;
    Status copy_unit(const Unit& unit, const std::filesystem::path& target) const;

    std::filesystem::path folder_;
};

// The key that admit() would give, without copying; digests from the cache where one is given.
// For finding a description without reading every library again.
Result<std::string> store_key(const std::filesystem::path& plugin, HashCache* cache);

} // namespace assay::catalog

// The content store: $XDG_CACHE_HOME/assay/store/<sha256>/, where every plugin is copied (hashed
// while it is copied) before it is loaded, with the dependencies it finds by $ORIGIN. Nobody
// overwrites a mapped library there, and what was hashed is what is loaded.
//
//   Store store(default_store_folder());
//   auto path = store.admit(entry.path);       // ".../store/<key>/router.assay.so"
//
// Any number of processes may admit the same content at once (rename of a complete folder).
#pragma once

#include "support/result.hpp"

#include <filesystem>
#include <string>

namespace assay::catalog {

struct StoredPlugin {
    std::filesystem::path path; // absolute; may be loaded
    std::string sha256;         // of the plugin file
    std::string key;            // of the unit: hash of the sorted list of names and hashes
};

class Store {
public:
    explicit Store(std::filesystem::path folder)
        : folder_(std::move(folder)) {}

    // Copies the plugin and its $ORIGIN dependencies, or finds the copy already there and verifies
    // it. `expected_sha256`: the hash that trust was given for; a difference is an error
    // (untrusted).
    Result<StoredPlugin> admit(const std::filesystem::path& plugin,
                               const std::string& expected_sha256 = {}) const;

private:
    std::filesystem::path folder_;
};

// $XDG_CACHE_HOME/assay, default ~/.cache/assay.
std::filesystem::path cache_folder();

} // namespace assay::catalog

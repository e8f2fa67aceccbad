// The unit of the content store: a plugin with every library that the dynamic linker would find
// for it by $ORIGIN, followed through those libraries, with the processor-level twins beside them
// (glibc-hwcaps/x86-64-v3/...). Nothing is loaded.
//
//   auto unit = find_unit("/usr/lib/assay/plugins/cgl.assay.so");
//   for (const UnitFile& file : unit->files) ...   // "plugins/cgl.assay.so", "libkernels.so"
//
// Callable from any thread.
#pragma once

#include "catalog/hash_cache.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace assay::catalog {

struct UnitFile {
    std::filesystem::path source; // absolute
    std::string name;             // relative to the unit's root, never with ".."
    std::string sha256;           // empty until hashed
};

struct Unit {
    std::vector<UnitFile> files; // the plugin first, then by name
    // Libraries that a path other than $ORIGIN leads to: the dynamic linker would take them from
    // there, and nobody hashed them.
    std::vector<std::filesystem::path> outside;
};

// More is not a plugin with its libraries but somebody's file system.
inline constexpr std::size_t kUnitFilesMax = 256;
inline constexpr std::size_t kUnitLevelsMax = 8; // how far up $ORIGIN/../.. may lead

// Errors: the plugin is no library for this machine (plugin), unreadable (io), beyond the limits.
Result<Unit> find_unit(const std::filesystem::path& plugin);

// Fills in the digests, from the cache where one is given.
Status hash_unit(Unit& unit, HashCache* cache);

// Hash of the sorted list of names and digests: equal content, equal key, wherever it lies.
std::string key_of(const Unit& unit);
// The same without the plugin's own file name: equal for what loads and runs alike.
std::string content_of(const Unit& unit);

} // namespace assay::catalog

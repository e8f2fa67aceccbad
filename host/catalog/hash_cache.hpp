// What was learned of a file the last time it was read, as long as it looks untouched (path,
// device, inode, size, mtime, ctime): its digest and its manifest. Makes `list` fast; never decides
// what is loaded, because what is loaded is hashed while it is copied.
//
//   HashCache cache(cache_folder() / "files.json");
//   if (const FileFacts* facts = cache.find(path)) use(facts->sha256);
//   cache.keep(path, stamp, facts);
//   cache.save();
//
// A damaged cache is as good as none; saving is atomic and best effort. Not thread-safe.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace assay::catalog {

struct FileFacts {
    std::string sha256;
    std::uint64_t bytes = 0;
    std::optional<std::string> manifest; // its text, where the file was read as a plugin
};

// "device:inode:size:mtime:ctime" in nanoseconds, nothing where the file is not a regular one.
std::optional<std::string> file_stamp(const std::filesystem::path& path);

class HashCache {
public:
    // Reads what is there. An empty path: remembers for the life of the object only.
    explicit HashCache(std::filesystem::path file);

    // Nothing where the file is unknown or has changed. Valid until the next keep().
    [[nodiscard]] const FileFacts* find(const std::filesystem::path& path) const;

    // `stamp`: from before the file was read. Not kept if the file has changed since, or so
    // recently that another change could leave the same stamp.
    void keep(const std::filesystem::path& path, const std::string& stamp, FileFacts facts);

    // Writes if something was kept; leaves out files that are gone.
    void save();

private:
    struct Entry {
        std::string stamp;
        FileFacts facts;
    };

    std::filesystem::path file_;
    std::map<std::string, Entry> entries_;
    bool changed_ = false;
};

// The digest and size of a file: from the cache where one is given and knows it.
Result<FileFacts> hash_file(const std::filesystem::path& path, HashCache* cache);

} // namespace assay::catalog

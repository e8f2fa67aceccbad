#include "catalog/hash_cache.hpp"

#include "support/file.hpp"
#include "support/json.hpp"
#include "support/sha256.hpp"

#include <ctime>
#include <sys/stat.h>

namespace assay::catalog {
namespace {

constexpr std::string_view kFilesSchema = "assay.files/1";
constexpr std::size_t kCacheBytesMax = std::size_t{16} << 20;
// Kernel timestamps advance with the tick, 10 ms at the slowest: a second write within one tick
// would leave the same stamp.
constexpr std::int64_t kTooRecentNs = 20'000'000;

std::int64_t nanoseconds(const timespec& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

bool is_settled(const std::filesystem::path& path) {
    struct stat info {};

    timespec now{};
    return ::stat(path.c_str(), &info) == 0 && ::clock_gettime(CLOCK_REALTIME, &now) == 0 &&
           nanoseconds(info.st_ctim) < nanoseconds(now) - kTooRecentNs;
}

} // namespace

std::optional<std::string> file_stamp(const std::filesystem::path& path) {
    struct stat info {};

    if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return std::nullopt;
    }
    return std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino) + ":" +
           std::to_string(info.st_size) + ":" + std::to_string(nanoseconds(info.st_mtim)) + ":" +
           std::to_string(nanoseconds(info.st_ctim));
}

HashCache::HashCache(std::filesystem::path file)
    : file_(std::move(file)) {
    if (file_.empty()) {
        return;
    }
    const auto text = read_file(file_.string(), kCacheBytesMax);
    const auto document = text ? parse_json(*text) : Result<json::value>(text.error());
    if (!document || !document->is_object() ||
        json_string(document->get_object(), "schema") != kFilesSchema) {
        return;
    }
    const json::value* files = document->get_object().if_contains("files");
    if (files == nullptr || !files->is_array()) {
        return;
    }
    for (const json::value& value : files->get_array()) {
        if (!value.is_object()) {
            continue;
        }
        const json::object& object = value.get_object();
        FileFacts facts{json_string(object, "sha256"),
                        static_cast<std::uint64_t>(json_int(object, "bytes", 0)),
                        std::nullopt};
        if (object.contains("manifest")) {
            facts.manifest = json_string(object, "manifest");
        }
        if (facts.sha256.size() == 64) {
            entries_[json_string(object, "path")] = {json_string(object, "stamp"),
                                                     std::move(facts)};
        }
    }
}

const FileFacts* HashCache::find(const std::filesystem::path& path) const {
    const auto entry = entries_.find(path.string());
    if (entry == entries_.end()) {
        return nullptr;
    }
    const auto stamp = file_stamp(path);
    return stamp && *stamp == entry->second.stamp ? &entry->second.facts : nullptr;
}

void HashCache::keep(const std::filesystem::path& path, const std::string& stamp, FileFacts facts) {
    if (file_stamp(path) == stamp && is_settled(path)) {
        entries_[path.string()] = {stamp, std::move(facts)};
        changed_ = true;
    }
}

void HashCache::save() {
    if (file_.empty() || !changed_) {
        return;
    }
    json::array files;
    for (const auto& [path, entry] : entries_) {
        if (!file_stamp(path)) {
            continue;
        }
        json::object object{{"path", path},
                            {"stamp", entry.stamp},
                            {"sha256", entry.facts.sha256},
                            {"bytes", json_count(entry.facts.bytes)}};
        if (entry.facts.manifest) {
            object["manifest"] = *entry.facts.manifest;
        }
        files.push_back(std::move(object));
    }
    // Best effort: a cache that cannot be written costs time, not correctness.
    const Status written = write_file_atomically(
        file_.string(),
        write_json(json::object{{"schema", kFilesSchema}, {"files", std::move(files)}}));
    changed_ = !written.ok();
}

Result<FileFacts> hash_file(const std::filesystem::path& path, HashCache* cache) {
    if (const FileFacts* facts = cache != nullptr ? cache->find(path) : nullptr) {
        return *facts;
    }
    const auto stamp = file_stamp(path);
    const auto digest = sha256_of_file(path.string());
    if (!digest) {
        return digest.error();
    }
    std::error_code ignored;
    FileFacts facts{*digest, std::filesystem::file_size(path, ignored), std::nullopt};
    if (cache != nullptr && stamp) {
        cache->keep(path, *stamp, facts);
    }
    return facts;
}

} // namespace assay::catalog

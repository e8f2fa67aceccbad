#include "history/transfer_place.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

namespace assay::history {
namespace {

namespace fs = std::filesystem;

bool is_url(std::string_view name) {
    return name.starts_with("postgresql://") || name.starts_with("postgres://");
}

bool is_bundle_name(const fs::path& name) {
    return name.extension() == ".ndjson";
}

// By its first bytes: the name of an SQLite file is free. An empty file is a history that nothing
// was written to.
std::optional<PlaceKind> kind_of_file(const fs::path& file) {
    constexpr std::string_view kSqlite{"SQLite format 3\0", 16};
    std::array<char, 16> bytes{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(bytes.data(), bytes.size());
    const std::string_view begin(bytes.data(), static_cast<std::size_t>(stream.gcount()));
    if (begin == kSqlite || begin.empty()) {
        return is_bundle_name(file) ? PlaceKind::bundle : PlaceKind::store;
    }
    return begin.starts_with('{') || is_bundle_name(file) ? std::optional(PlaceKind::bundle)
                                                          : std::nullopt;
}

Error neither(const std::string& name) {
    return {.kind = ErrorKind::config,
            .message = name + " is neither a bundle nor a history",
            .hint = "give a folder of bundles, a bundle (*.ndjson), an SQLite file or a URL "
                    "postgresql://..."};
}

} // namespace

Result<TransferPlace> place_to_read(const std::string& name) {
    if (is_url(name)) {
        return TransferPlace{PlaceKind::store, name};
    }
    std::error_code failed;
    const fs::file_status status = fs::status(name, failed);
    if (fs::is_directory(status)) {
        return TransferPlace{PlaceKind::folder, name};
    }
    if (!fs::exists(status)) {
        return Error{.kind = ErrorKind::missing,
                     .message = name + ": nothing is there",
                     .hint = "give a folder of bundles, a bundle, an SQLite file or a URL "
                             "postgresql://..."};
    }
    const auto kind = fs::is_regular_file(status) ? kind_of_file(name) : std::nullopt;
    return kind ? Result<TransferPlace>(TransferPlace{*kind, name}) : neither(name);
}

Result<TransferPlace> place_to_write(const std::string& name) {
    std::error_code failed;
    if (is_url(name)) {
        return TransferPlace{PlaceKind::store, name};
    }
    if (fs::exists(name, failed)) {
        Result<TransferPlace> place = place_to_read(name);
        if (!place || place->kind != PlaceKind::bundle) {
            return place;
        }
    }
    const fs::path path(name);
    if (is_bundle_name(path) || name.empty()) {
        return Error{.kind = ErrorKind::usage,
                     .message =
                         "cannot push into '" + name + "': a bundle holds one run and has its name",
                     .hint = "give the folder that it is to be written to"};
    }
    constexpr std::array<std::string_view, 3> kDatabases{".db", ".sqlite", ".sqlite3"};
    const std::string extension = path.extension().string();
    if (std::ranges::find(kDatabases, extension) != kDatabases.end()) {
        return TransferPlace{PlaceKind::store, name};
    }
    if (extension.empty()) { // also of "exchange/"
        return TransferPlace{PlaceKind::folder, name};
    }
    return neither(name);
}

} // namespace assay::history

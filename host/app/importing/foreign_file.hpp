// A file, a folder or standard input as a worker can read it: where its bytes lie, what it is
// called, and the digest that tells whether it was imported before.
//
//   Result<ForeignFile> file = ForeignFile::open("results.json");   // or "-", or "results/"
//   worker->import_file({.importer = "hyperfine", .path = file->path(), .name = file->name()},
//   ...);
//
// Reads files; what it copied (a folder's image, standard input) is gone with it. One thread.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <string>

namespace assay::app {

class ForeignFile {
public:
    // Errors: usage (there is none), io, config (larger than any document we take; nothing of it
    // was read).
    static Result<ForeignFile> open(const std::string& word);

    ForeignFile(ForeignFile&& other) noexcept;
    ForeignFile& operator=(ForeignFile&&) = delete;
    ForeignFile(const ForeignFile&) = delete;
    ForeignFile& operator=(const ForeignFile&) = delete;
    ~ForeignFile();

    // As the user named it, for messages.
    [[nodiscard]] const std::string& shown() const noexcept { return shown_; }

    // Without its folder; a folder's ends in '/'.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    [[nodiscard]] const std::string& sha256() const noexcept { return sha256_; }

private:
    ForeignFile() = default;

    std::string shown_, name_, path_, sha256_;
    bool temporary_ = false;
};

} // namespace assay::app

// Where a reader of foreign files takes its bytes from: a piece at a time, never outside.
//
//   auto file = FileBytes::open(path);
//   char header[64];
//   if (!(*file)->read(0, header)) ...          // shorter than 64 bytes, or the disk said no
//
// A plugin may be rewritten while it is read; a mapping would end this process then (SIGBUS), a
// read only fails. Callable from any thread.
#pragma once

#include "support/result.hpp"
#include "support/unique_fd.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace assay::catalog {

class ByteSource {
public:
    virtual ~ByteSource() = default;

    [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;

    // Fills all of `out`, or says no; `out` may have been written to then.
    [[nodiscard]] virtual bool read(std::uint64_t offset, std::span<char> out) const = 0;
};

class FileBytes final : public ByteSource {
public:
    // Errors (io): missing, unreadable, not a regular file.
    static Result<std::unique_ptr<ByteSource>> open(const std::string& path);

    FileBytes(UniqueFd fd, std::uint64_t size) noexcept
        : fd_(std::move(fd))
        , size_(size) {}

    [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }

    [[nodiscard]] bool read(std::uint64_t offset, std::span<char> out) const override;

private:
    UniqueFd fd_;
    std::uint64_t size_;
};

// Bytes of somebody else, who keeps them.
class MemoryBytes final : public ByteSource {
public:
    explicit MemoryBytes(std::string_view bytes) noexcept
        : bytes_(bytes) {}

    [[nodiscard]] std::uint64_t size() const noexcept override { return bytes_.size(); }

    [[nodiscard]] bool read(std::uint64_t offset, std::span<char> out) const override;

private:
    std::string_view bytes_;
};

} // namespace assay::catalog

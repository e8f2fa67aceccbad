// Reads what the host needs to know of a shared library without loading it: the manifest, what it
// needs and where it looks for that, what it exports. ELF64, little endian, this machine only.
//
//   auto image = ElfImage::open("router.assay.so");
//   auto json = image->section_once(".assay.manifest", kManifestBytesMax);
//   auto dynamic = image->dynamic();      // NEEDED, RUNPATH, SONAME
//
// The bytes are hostile until trust says otherwise: every offset, size and count is checked before
// use, memory is bounded, and the reader is fuzzed (tests/fuzz). Errors (plugin) are reasons
// without the path. Const calls are callable from any thread.
#pragma once

#include "catalog/byte_source.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::catalog {

// "<the file> " + reason: why a file is no plugin that can be loaded.
Error elf_refused(std::string reason);

struct ElfSection {
    std::string name;
    std::uint32_t type = 0, link = 0, info = 0;
    std::uint64_t flags = 0, offset = 0, size = 0;
};

struct ElfDynamic {
    std::string soname; // may be empty
    std::vector<std::string> needed;
    std::vector<std::string> runpath; // entries as written, "$ORIGIN" unexpanded
    std::vector<std::string> rpath;   // obeyed by ld.so only where there is no runpath
    bool text_relocations = false;
};

enum class ElfBinding { global, weak, unique };

struct ElfSymbol {
    std::string name;
    ElfBinding binding = ElfBinding::global;
    bool function = false;

    friend bool operator==(const ElfSymbol&, const ElfSymbol&) = default;
};

struct ElfVersionNeed {
    std::string library, version; // "libc.so.6", "GLIBC_2.34"

    friend bool operator==(const ElfVersionNeed&, const ElfVersionNeed&) = default;
};

class ElfImage {
public:
    static Result<ElfImage> open(const std::string& path);

    // `bytes` must outlive the image.
    static Result<ElfImage> from_bytes(std::string_view bytes);

    [[nodiscard]] const std::vector<ElfSection>& sections() const noexcept { return sections_; }

    // The bytes of the only section of that name. Errors: none, several, larger than `bytes_max`.
    [[nodiscard]] Result<std::string> section_once(std::string_view name,
                                                   std::uint64_t bytes_max) const;

    [[nodiscard]] Result<ElfDynamic> dynamic() const;

    // Defined in the dynamic symbol table and visible to others.
    [[nodiscard]] Result<std::vector<ElfSymbol>> exported_symbols() const;

    [[nodiscard]] Result<std::vector<ElfVersionNeed>> version_needs() const;

    // Asks for an executable stack, be it by saying nothing about it.
    [[nodiscard]] bool executable_stack() const noexcept;

    [[nodiscard]] bool has_debug_info() const noexcept;

    // Hexadecimal; nothing if there is none.
    [[nodiscard]] std::optional<std::string> build_id() const;

private:
    struct Segment {
        std::uint32_t type = 0, flags = 0;
        std::uint64_t offset = 0, address = 0, bytes_in_file = 0;
    };

    struct DynamicEntry {
        std::int64_t tag = 0;
        std::uint64_t value = 0;
    };

    explicit ElfImage(std::unique_ptr<ByteSource> bytes)
        : bytes_(std::move(bytes)) {}

    static Result<ElfImage> read(std::unique_ptr<ByteSource> bytes);

    Status read_sections(std::uint64_t offset, std::uint64_t count, std::uint32_t names_index);
    Status read_segments(std::uint64_t offset, std::uint64_t count);
    Result<std::vector<DynamicEntry>> dynamic_entries() const;
    Result<std::string> bytes_of(const ElfSection& section, std::uint64_t bytes_max) const;
    std::optional<std::uint64_t> offset_of(std::uint64_t address) const noexcept;
    std::optional<std::string> text_at(std::uint64_t offset) const;

    std::unique_ptr<ByteSource> bytes_;
    std::vector<ElfSection> sections_;
    std::vector<Segment> segments_;
};

} // namespace assay::catalog

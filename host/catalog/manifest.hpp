// The manifest of a plugin: JSON in the ELF section ".assay.manifest", read as bytes, never by
// loading.
//
//   Result<Manifest> manifest = read_manifest("/usr/lib/assay/plugins/router.assay.so");
//
// The bytes are hostile until trust says otherwise; the ELF reader behind it is bounds-checked and
// fuzzed.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::catalog {

struct Provided {
    std::string kind, name; // "assay.suite/1", "router"
};

struct Manifest {
    std::uint32_t abi_major = 0;
    std::uint32_t abi_minor = 0, min_host_minor = 0;
    std::string id, version;
    std::string description, license, homepage;
    // Whether the compiler optimised it, where the manifest says ("optimized"); debug builds are
    // measured with a warning.
    std::optional<bool> optimised;
    std::vector<Provided> provides;
};

class ElfImage;

inline constexpr std::size_t kManifestBytesMax = 64 * 1024;

Result<Manifest> read_manifest(const std::string& path);
Result<Manifest> parse_manifest(std::string_view json_text);

// The bytes of the manifest's section without trailing NULs.
Result<std::string> manifest_text(const ElfImage& image);
Result<std::string> read_manifest_text(const std::string& path);

// Why this host cannot load a plugin with that manifest (major, min_host_minor, both numbers
// named), or "" if it can.
std::string version_conflict(const Manifest& manifest);

} // namespace assay::catalog

// The files of a folder, as the host hands it over: one POSIX ustar image.
//
//   for (const TarEntry& entry : read_tar(file.bytes)) {
//       if (entry.name.ends_with("/machine.json")) ...
//   }
//
// Pure; what it returns borrows the bytes, but for names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::import_formats {

struct TarEntry {
    std::string name; // relative, '/' between its parts
    std::string_view bytes;
};

// Regular files in the order of the image. Throws assay::damaged for an image that is cut off or is
// none; the entries before that are lost, for a host never sends such a one.
[[nodiscard]] std::vector<TarEntry> read_tar(std::string_view image);

// As much as is there of the front of an image, for probes: names alone are reliable.
[[nodiscard]] std::vector<TarEntry> read_tar_head(std::string_view head) noexcept;

} // namespace assay::import_formats

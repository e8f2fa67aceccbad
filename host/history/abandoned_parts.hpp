// What runs that were killed leave in the folder of bundles: files "*.part" that nobody writes any
// more. Whoever writes one holds its lock, which ends with the process.
//
//   const UniqueFd fd(::open(part, ...));
//   hold_part(fd.get());                 // until it is closed
//   remove_abandoned_parts(".assay/runs");
//
// Callable from any thread and from several processes at once.
#pragma once

#include <filesystem>

namespace assay::history {

// Where the file system has no locks, nothing is held; nothing is removed there either.
void hold_part(int fd) noexcept;

// Removes those that nobody holds and nobody has written to for an hour. What cannot be removed
// stays: it is nobody's bundle.
void remove_abandoned_parts(const std::filesystem::path& folder);

} // namespace assay::history

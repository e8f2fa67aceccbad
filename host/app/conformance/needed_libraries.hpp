// Whether the dynamic linker would find what a library needs, judged without asking it: it would
// run what it finds.
//
//   for (const std::string& name : unresolved(path, dynamic)) ...
//
// Looks at the file system; callable from any thread.
#pragma once

#include "catalog/elf.hpp"

#include <span>
#include <string>
#include <vector>

namespace assay::app {

// Needed libraries that lie neither where the runpath leads nor in a folder of the system
// (ld.so.conf, the standard ones). Sorted as needed.
[[nodiscard]] std::vector<std::string> unresolved(const std::string& path,
                                                  const catalog::ElfDynamic& dynamic);

// Sentences about versions of libc and libstdc++ that the oldest supported system lacks.
[[nodiscard]] std::vector<std::string>
versions_above_target(std::span<const catalog::ElfVersionNeed> needs);

} // namespace assay::app

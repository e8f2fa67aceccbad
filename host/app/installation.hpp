// Where the parts of assay lie, seen from the running program: the same relative places in the
// build tree and under an installation's prefix, so both can be moved.
//
//   const Installation installation = find_installation(process_environment());
//
// Callable from any thread.
#pragma once

#include "app/environment.hpp"

#include <filesystem>
#include <vector>

namespace assay::app {

struct Installation {
    std::filesystem::path worker_program;              // bin/assay-worker
    std::filesystem::path allocation_counter;          // lib/assay: preloaded by --memory
    std::filesystem::path templates;                   // share/assay/templates
    std::filesystem::path gates;                       // share/assay/gates: ready rules
    std::filesystem::path schemas;                     // share/assay/schemas: of every document
    std::vector<std::filesystem::path> plugin_folders; // lib/assay/plugins, then the user's own
};

// $XDG_DATA_HOME, default ~/.local/share (XDG base directory specification).
std::filesystem::path data_home(const Environment& environment);

Installation find_installation(const Environment& environment);

// The same for a program at `bin`/assay.
Installation installation_around(const std::filesystem::path& bin, const Environment& environment);

} // namespace assay::app

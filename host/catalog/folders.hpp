// Where this user's files lie (XDG Base Directory Specification): relative values are ignored, as
// it demands. Read from the environment at every call; do not change the environment meanwhile.
#pragma once

#include <filesystem>

namespace assay::catalog {

// $XDG_CACHE_HOME/assay, default ~/.cache/assay.
std::filesystem::path cache_folder();

// $XDG_DATA_HOME/assay, default ~/.local/share/assay.
std::filesystem::path data_folder();

// cache_folder()/store
std::filesystem::path default_store_folder();

// $XDG_STATE_HOME/assay/trust, default ~/.local/state/assay/trust.
std::filesystem::path default_trust_folder();

} // namespace assay::catalog

// Whether a history knows a platform by some name: its label, or the first digits of its
// fingerprint.
//
//   if (Status known = find_platform(*store, "lab_8c"); !known) return known.error();
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/result.hpp"

#include <string>

namespace assay::tracking {

// Errors besides those of the store: missing (names the nearest).
Status find_platform(history::Store& store, const std::string& name);

} // namespace assay::tracking

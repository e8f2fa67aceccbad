// What a name on the command line means to push and pull: a folder of bundles, one bundle, or a
// store. What is there decides; where nothing is there yet, the name does.
//
//   Result<TransferPlace> place = place_to_read("exchange/");
//
// Reads the first bytes of a file. Callable from any thread.
#pragma once

#include "support/result.hpp"

#include <string>

namespace assay::history {

enum class PlaceKind { folder, bundle, store };

struct TransferPlace {
    PlaceKind kind = PlaceKind::folder;
    std::string where;
};

// Errors: missing (nothing is there), config (neither a bundle nor a history).
Result<TransferPlace> place_to_read(const std::string& name);

// Never one bundle, whose name is its run's. Errors: usage, config.
Result<TransferPlace> place_to_write(const std::string& name);

} // namespace assay::history

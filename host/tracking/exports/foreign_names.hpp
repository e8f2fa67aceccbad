// Names of cases, metrics and units as other tools write them, and as the importers of their
// formats read them back.
//
//   shown_unit("By/s")              // "B/s"
//   shown_family(one)               // "BM sort/8", which an id holds as "BM%20sort/8"
//
// Pure; callable from any thread.
#pragma once

#include "tracking/exports/exported_run.hpp"

#include <string>
#include <string_view>

namespace assay::tracking {

// "%20" -> " "; what is no such triple stays.
std::string percent_decoded(std::string_view text);

// Of an imported case the names that its tool gave it; else suite and family as they are.
std::string shown_suite(const ExportedCase& one);
std::string shown_family(const ExportedCase& one);

// The case as one name. Of a run imported in the same format (`importer`, the name of its plugin)
// that tool's own, so that it comes back as the same case; else the id. Nothing in it is
// percent-encoded: whoever imports it encodes it again.
std::string shown_case(const ExportedCase& one, std::string_view importer);

// "B/s" for "By/s", "allocs" for "{allocs}"; "1" stays.
std::string shown_unit(std::string_view unit);

// What importers make of a foreign name: lower case, '_' for whatever a key does not hold.
std::string key_of_name(std::string_view name);

// A figure times `factor`, so that dividing by it again gives the same figure to the bit where any
// double does.
double scaled_to_come_back(double figure, double factor);

} // namespace assay::tracking

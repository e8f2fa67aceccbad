// The bundled importers by name, loaded as a worker loads them, for tests and fuzzers alike.
//
//   const assay_importer_v1& importer = bundled_importer("hyperfine");
//
// What cannot be loaded is thrown as std::runtime_error. Loaded once and kept; one thread.
#pragma once

#include <assay/plugin.h>

#include <string>
#include <vector>

namespace assay::test {

const assay_importer_v1& bundled_importer(const std::string& name);

// Of those that are built, in alphabetical order.
std::vector<std::string> importer_names();

} // namespace assay::test

// What `assay trust show` and `assay trust list` print.
//
//   std::string text = trust_text(project, verdict, "text");
//
// Reads manifests and asks git who committed a file last; loads nothing. Callable from any thread.
#pragma once

#include "catalog/trust.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

// `format`: "text", "json" or "csv".
std::string trust_text(const std::filesystem::path& project,
                       const catalog::TrustVerdict& verdict,
                       std::string_view format);

std::string trust_records_text(const std::vector<catalog::TrustRecord>& records,
                               std::string_view format);

} // namespace assay::app

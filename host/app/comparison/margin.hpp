// Figures of a comparison's rules as people type them.
//
//   Result<double> margin = margin_from("1%");   // 0.01
//
// Pure; any thread.
#pragma once

#include "support/result.hpp"

#include <string_view>

namespace assay::app {

// "1%", "0.5%": a share in (0, 1]. The sign is asked for, because a bare 1 could mean either.
// Errors: kind usage.
Result<double> margin_from(std::string_view text);

// "0.05": a level in (0, 0.5]. Errors: kind usage.
Result<double> alpha_from(std::string_view text);

} // namespace assay::app

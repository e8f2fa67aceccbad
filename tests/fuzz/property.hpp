// What a fuzz target demands: false ends the process with the sentence, which every driver reports.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace assay::fuzz {

inline void require(bool holds, const char* property) {
    if (!holds) {
        std::fprintf(stderr, "property violated: %s\n", property);
        std::abort();
    }
}

} // namespace assay::fuzz

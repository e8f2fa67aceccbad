// Whether a text has a part, for what messages say.
#pragma once

#include <string_view>

namespace assay::test {

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace assay::test

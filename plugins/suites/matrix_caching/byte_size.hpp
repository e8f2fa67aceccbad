// Sizes as they stand in case ids: "0", "64KiB", "16MiB", "1GiB", "unlimited".
//
// Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace assay::matrix_caching {

// Nothing when the text is not such a size. "unlimited" is the largest std::size_t.
[[nodiscard]] std::optional<std::size_t> byte_size_from(std::string_view text);

} // namespace assay::matrix_caching

// A value of the axis `stream`: in which order how large a working set is asked for, as one
// readable name. It says nothing about caches, so that one full case is the twin of every cache on
// the same stream.
//
//   zipf0.8_4MiB            <uniform|zipfS|scan>_<bytes of the entries of all keys of the stream>
//
// Pure functions.
#pragma once

#include "active_inference/access_pattern.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::matrix_caching {

struct StreamConfiguration {
    active_inference::AccessPattern pattern;
    std::size_t working_set_bytes = 0;
};

[[nodiscard]] std::optional<StreamConfiguration> stream_configuration_from(std::string_view name);

// The form, for error messages.
[[nodiscard]] std::string stream_form();

} // namespace assay::matrix_caching

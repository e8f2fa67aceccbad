#include "stream_configuration.hpp"

#include "active_inference/byte_cache.hpp"
#include "byte_size.hpp"

namespace assay::matrix_caching {

std::optional<StreamConfiguration> stream_configuration_from(std::string_view name) {
    const std::size_t split = name.rfind('_');
    if (split == std::string_view::npos) {
        return std::nullopt;
    }
    const auto pattern = active_inference::access_pattern_from(name.substr(0, split));
    const auto bytes = byte_size_from(name.substr(split + 1));
    if (!pattern || !bytes || *bytes == 0 || *bytes == active_inference::kUnlimitedBytes) {
        return std::nullopt;
    }
    return StreamConfiguration{*pattern, *bytes};
}

std::string stream_form() {
    return "<uniform|scan|zipfS>_<working set> such as zipf0.8_4MiB, S above 0 and at most 4";
}

} // namespace assay::matrix_caching

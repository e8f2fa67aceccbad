#include "byte_size.hpp"

#include "active_inference/byte_cache.hpp"

#include <charconv>

namespace assay::matrix_caching {

std::optional<std::size_t> byte_size_from(std::string_view text) {
    if (text == "unlimited") {
        return active_inference::kUnlimitedBytes;
    }
    std::size_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc()) {
        return std::nullopt;
    }
    const std::string_view unit(read.ptr,
                                static_cast<std::size_t>(text.data() + text.size() - read.ptr));
    if (unit.empty()) {
        return number == 0 ? std::optional<std::size_t>(0) : std::nullopt; // "64" of what?
    }
    const int shift = unit == "KiB" ? 10 : unit == "MiB" ? 20 : unit == "GiB" ? 30 : -1;
    constexpr std::size_t kNumberMax = std::size_t{1} << 20;
    if (shift < 0 || number == 0 || number > kNumberMax) {
        return std::nullopt;
    }
    return number << shift;
}

} // namespace assay::matrix_caching

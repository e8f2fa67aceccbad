#include "path_configuration.hpp"

#include "byte_size.hpp"

namespace assay::matrix_caching {

namespace {

std::optional<Phase> phase_from(std::string_view name) {
    if (name == "cold") {
        return Phase::cold;
    }
    if (name == "steady") {
        return Phase::steady;
    }
    if (name == "warm") {
        return Phase::warm;
    }
    return std::nullopt;
}

// Takes the text up to the next '_' off the front of `rest`.
std::string_view take_word(std::string_view& rest) {
    const std::size_t end = rest.find('_');
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return word;
}

} // namespace

std::optional<PathConfiguration> path_configuration_from(std::string_view name) {
    if (name == "full") {
        return PathConfiguration{};
    }
    const auto phase = phase_from(take_word(name));
    const auto eviction = active_inference::eviction_from(take_word(name));
    const auto limit = byte_size_from(name);
    if (!phase || !eviction || !limit) {
        return std::nullopt;
    }
    return PathConfiguration{true, *phase, {*eviction, *limit}};
}

std::string path_form() {
    return "'full' or <cold|steady|warm>_<lru|lfu|fifo|none>_<limit> with a limit such as 0, "
           "64KiB, 1MiB or unlimited";
}

} // namespace assay::matrix_caching

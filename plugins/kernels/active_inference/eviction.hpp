// Which entry a full cache gives up. The names stand in case ids and never change.
//
// Pure functions.
#pragma once

#include <optional>
#include <string_view>

namespace assay::active_inference {

enum class Eviction {
    lru,  // the one whose last use is longest ago
    lfu,  // the one used least often since it came in; among equals the least recently used
    fifo, // the one that came in first, whatever was used since
    none, // nobody: a full cache takes no more entries
};

[[nodiscard]] constexpr std::string_view name_of(Eviction eviction) noexcept {
    switch (eviction) {
    case Eviction::lru:
        return "lru";
    case Eviction::lfu:
        return "lfu";
    case Eviction::fifo:
        return "fifo";
    case Eviction::none:
        return "none";
    }
    return "";
}

[[nodiscard]] constexpr std::optional<Eviction> eviction_from(std::string_view name) noexcept {
    for (const Eviction each : {Eviction::lru, Eviction::lfu, Eviction::fifo, Eviction::none}) {
        if (name == name_of(each)) {
            return each;
        }
    }
    return std::nullopt;
}

} // namespace assay::active_inference

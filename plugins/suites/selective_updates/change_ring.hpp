// A stream of values of several components that changes a given share of the time and begins again
// after its last position: every pass over it asks for the same work, and the step from its last
// position to its first is one like any other.
//
//   const ChangeRing ring({.positions = 256, .components = 3, .values = 5, .share = 0.1}, seed);
//   ring.value(position, component);
//   ring.changed(position, component);   // against the position before, the last before the first
//
// Every component changes the same number of times, at positions of its own. Immutable; any number
// of threads may read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::selective_updates {

struct ChangeRingOptions {
    std::size_t positions = 0;
    std::size_t components = 0;
    std::uint32_t values = 3; // at least 3: a component that changes an odd number of times returns
    double share = 0;         // of positions at which a component changes, 0 to 1
};

class ChangeRing {
public:
    ChangeRing(const ChangeRingOptions& options, std::uint64_t seed);

    [[nodiscard]] std::size_t positions() const noexcept { return options_.positions; }

    [[nodiscard]] std::size_t components() const noexcept { return options_.components; }

    [[nodiscard]] std::uint32_t value(std::size_t position, std::size_t component) const noexcept {
        return values_[position * options_.components + component];
    }

    [[nodiscard]] bool changed(std::size_t position, std::size_t component) const noexcept {
        const std::size_t before = position == 0 ? options_.positions - 1 : position - 1;
        return value(position, component) != value(before, component);
    }

    // Of each component: the share of the positions, never a single one, which could not return.
    [[nodiscard]] std::size_t changes() const noexcept { return changes_; }

private:
    ChangeRingOptions options_;
    std::size_t changes_ = 0;
    std::vector<std::uint32_t> values_; // [position][component]
};

} // namespace assay::selective_updates

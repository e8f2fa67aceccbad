#include "change_ring.hpp"

#include "random_source/random_source.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay::selective_updates {

namespace {

// `count` of the positions in ascending order.
std::vector<std::size_t>
draw_positions(std::size_t positions, std::size_t count, RandomSource& random) {
    std::vector<std::size_t> all(positions);
    std::iota(all.begin(), all.end(), std::size_t{0});
    for (std::size_t at = 0; at < count; ++at) {
        std::swap(all[at], all[at + random.below(static_cast<std::uint32_t>(positions - at))]);
    }
    all.resize(count);
    std::ranges::sort(all);
    return all;
}

// `count` values below `values`, each other than the one before it and the last other than the
// first.
std::vector<std::uint32_t>
draw_values(std::size_t count, std::uint32_t values, RandomSource& random) {
    std::vector<std::uint32_t> drawn;
    for (std::size_t at = 0; at < count; ++at) {
        std::uint32_t value = random.below(values);
        while (at > 0 && (value == drawn.back() || (at + 1 == count && value == drawn.front()))) {
            value = random.below(values);
        }
        drawn.push_back(value);
    }
    return drawn;
}

} // namespace

ChangeRing::ChangeRing(const ChangeRingOptions& options, std::uint64_t seed)
    : options_(options)
    , values_(options.positions * options.components) {
    const double wanted = options.share * static_cast<double>(options.positions);
    changes_ = static_cast<std::size_t>(std::lround(wanted));
    if (changes_ == 1) {
        changes_ = 2;
    }
    for (std::size_t component = 0; component < options.components; ++component) {
        RandomSource random(derived_seed(seed, component));
        const auto positions = draw_positions(options.positions, changes_, random);
        const auto values = draw_values(std::max<std::size_t>(changes_, 1), options.values, random);
        // Before the first change stands what the last one left.
        std::uint32_t value = values.back();
        std::size_t next = 0;
        for (std::size_t position = 0; position < options.positions; ++position) {
            if (next < positions.size() && positions[next] == position) {
                value = values[next++];
            }
            values_[position * options.components + component] = value;
        }
    }
}

} // namespace assay::selective_updates

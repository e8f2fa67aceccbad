#include "churn_schedule.hpp"

#include "block_mark.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace assay::allocator_suite {
namespace {

constexpr std::uint64_t kSurvivorsOneOf = 16, kPhasesSurvived = 4;

// [0, 1), the same bits on every machine.
double unit_of(std::mt19937_64& random) {
    return static_cast<double>(random() >> 11) * 0x1.0p-53;
}

// At least one step, and less than a turn of the ring.
std::size_t lifetime_at(std::size_t step, const ChurnShape& shape, std::mt19937_64& random) {
    const std::size_t most = shape.live * ChurnSchedule::kRounds - 1;
    if (shape.lifetimes == Lifetimes::exponential) {
        const double drawn = -static_cast<double>(shape.live) * std::log1p(-unit_of(random));
        return std::clamp<std::size_t>(static_cast<std::size_t>(drawn), 1, most);
    }
    const std::size_t to_the_end = std::max<std::size_t>(shape.live - 1 - step % shape.live, 1);
    const bool survives = random() % kSurvivorsOneOf == 0;
    return std::min(to_the_end + (survives ? kPhasesSurvived * shape.live : 0), most);
}

} // namespace

std::vector<std::uint32_t> drawn_sizes(std::size_t count, std::size_t largest, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const double range = std::log(static_cast<double>(largest) / kLeastBytes);
    std::vector<std::uint32_t> sizes(count);
    for (std::uint32_t& size : sizes) {
        const double drawn = kLeastBytes * std::exp(range * unit_of(random));
        size = static_cast<std::uint32_t>(
            std::clamp<double>(drawn + 0.5, kLeastBytes, static_cast<double>(largest)));
    }
    return sizes;
}

ChurnSchedule::ChurnSchedule(const ChurnShape& shape, std::uint64_t seed)
    : sizes_(drawn_sizes(shape.live * kRounds, shape.largest, seed))
    , dying_(sizes_.size())
    , first_dying_(sizes_.size() + 1) {
    std::mt19937_64 random(~seed);
    std::vector<std::uint32_t> death(sizes_.size());
    for (std::size_t step = 0; step < death.size(); ++step) {
        death[step] =
            static_cast<std::uint32_t>((step + lifetime_at(step, shape, random)) % death.size());
        ++first_dying_[death[step] + 1];
    }
    for (std::size_t step = 0; step < death.size(); ++step) {
        first_dying_[step + 1] += first_dying_[step];
    }
    std::vector<std::uint32_t> filled(first_dying_.begin(), first_dying_.end() - 1);
    for (std::size_t step = 0; step < death.size(); ++step) {
        dying_[filled[death[step]]++] = static_cast<std::uint32_t>(step);
    }
}

} // namespace assay::allocator_suite

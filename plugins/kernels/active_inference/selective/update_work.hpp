// How much of a computation an update did. Done is counted where it is done, skipped where it is
// skipped, total from the request alone (what computing all of it takes): that the first two add up
// to the third is a check and not a definition.
//
//   UpdateWork work;
//   work.done += {.contractions = 1, .multiply_adds = 400};
//   work.adds_up();
//
// Signed: an update that does more than computing all of it would, such as one that starts over and
// prepares for the next, skips less than nothing. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::active_inference {

// A number of entries, to be counted with.
[[nodiscard]] constexpr std::int64_t signed_count(std::size_t entries) noexcept {
    return static_cast<std::int64_t>(entries);
}

struct UpdateCost {
    std::int64_t contractions = 0;  // of a tensor with beliefs
    std::int64_t multiply_adds = 0; // of these and of updates in their place; an addition is one
    std::int64_t logarithms = 0;

    [[nodiscard]] std::int64_t ops() const noexcept { return multiply_adds + logarithms; }

    UpdateCost& operator+=(const UpdateCost& more) noexcept {
        contractions += more.contractions;
        multiply_adds += more.multiply_adds;
        logarithms += more.logarithms;
        return *this;
    }

    friend UpdateCost operator+(UpdateCost a, const UpdateCost& b) noexcept { return a += b; }

    friend UpdateCost operator-(const UpdateCost& a, const UpdateCost& b) noexcept {
        return {a.contractions - b.contractions,
                a.multiply_adds - b.multiply_adds,
                a.logarithms - b.logarithms};
    }

    friend UpdateCost operator*(std::int64_t times, const UpdateCost& each) noexcept {
        return {times * each.contractions, times * each.multiply_adds, times * each.logarithms};
    }

    friend bool operator==(const UpdateCost&, const UpdateCost&) = default;
};

struct UpdateWork {
    UpdateCost done, skipped, total;

    [[nodiscard]] bool adds_up() const noexcept { return done + skipped == total; }

    friend UpdateWork operator-(const UpdateWork& a, const UpdateWork& b) noexcept {
        return {a.done - b.done, a.skipped - b.skipped, a.total - b.total};
    }

    friend bool operator==(const UpdateWork&, const UpdateWork&) = default;
};

} // namespace assay::active_inference

// How much work the evaluation of policies did and how much a cache spared it. Done is counted
// where it is done, skipped where it is skipped, total from the request alone: that done and
// skipped add up to total is a check and not a definition.
//
//   PolicyWork work;
//   work.logarithms.done += 100;
//   work.logarithms.adds_up();
//
// Plain values.
#pragma once

#include <cstdint>

namespace assay::active_inference {

struct Tally {
    std::uint64_t done = 0;
    std::uint64_t skipped = 0;
    std::uint64_t total = 0; // what evaluating every policy and step on its own takes

    [[nodiscard]] bool adds_up() const noexcept { return done + skipped == total; }

    friend bool operator==(const Tally&, const Tally&) = default;
};

// What a piece of work takes.
struct WorkCost {
    std::uint64_t contractions = 0;
    std::uint64_t multiply_adds = 0;
    std::uint64_t logarithms = 0;

    WorkCost& operator+=(const WorkCost& more) noexcept {
        contractions += more.contractions;
        multiply_adds += more.multiply_adds;
        logarithms += more.logarithms;
        return *this;
    }
};

struct PolicyWork {
    Tally contractions;
    Tally multiply_adds; // of the contractions and of the sums over their results
    Tally logarithms;
    std::uint64_t policies = 0; // evaluated

    void add_done(const WorkCost& cost) noexcept { add(cost, 1, &Tally::done); }

    void add_skipped(const WorkCost& cost, std::uint64_t times = 1) noexcept {
        add(cost, times, &Tally::skipped);
    }

    void add_total(const WorkCost& cost, std::uint64_t times) noexcept {
        add(cost, times, &Tally::total);
    }

    [[nodiscard]] bool adds_up() const noexcept {
        return contractions.adds_up() && multiply_adds.adds_up() && logarithms.adds_up();
    }

private:
    void add(const WorkCost& cost, std::uint64_t times, std::uint64_t Tally::*what) noexcept {
        contractions.*what += cost.contractions * times;
        multiply_adds.*what += cost.multiply_adds * times;
        logarithms.*what += cost.logarithms * times;
    }
};

} // namespace assay::active_inference

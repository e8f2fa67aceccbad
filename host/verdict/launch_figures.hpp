// What the launches of one build reported of a metric, launch by launch; nothing where one did not.
//
//   LaunchFigures old_figures = {0.91, std::nullopt, 0.90}; // the second launch has none
//   pairs_told(old_figures, new_figures);                   // pairs that both builds have one of
//
// In a comparison the index is the pair: figures are held against each other there, never by how
// many came before. Plain value.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

// A vector of its own type, without state beside it: what all launches have converts to it.
struct LaunchFigures : std::vector<std::optional<double>> {
    using Base = std::vector<std::optional<double>>;
    using Base::Base;

    LaunchFigures(const Base& figures)
        : Base(figures) {}

    // Of launches that all have one.
    LaunchFigures(const std::vector<double>& figures)
        : Base(figures.begin(), figures.end()) {}

    // Those that there are, in order.
    [[nodiscard]] std::vector<double> reported() const;
    [[nodiscard]] bool has_any() const noexcept;
    // No two that there are differ.
    [[nodiscard]] bool agree() const noexcept;
};

// Pairs in which both builds have a figure.
[[nodiscard]] std::size_t pairs_told(const LaunchFigures& old_figures,
                                     const LaunchFigures& new_figures) noexcept;

// A figure that is said to be the same in every launch must have been so in this many of each build
// before two builds are called different or the same: one that varies may agree in fewer. Counted
// instructions come from two launches, fifty times as slow, of a case whose suite declares its work
// deterministic, and are exact only if these agree.
[[nodiscard]] std::size_t exact_launches_min(std::string_view metric) noexcept;

// What is said of fewer.
[[nodiscard]] std::string too_few_exact_launches(std::size_t launches, std::string_view metric);

} // namespace assay::verdict

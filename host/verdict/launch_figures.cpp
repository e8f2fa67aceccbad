#include "verdict/launch_figures.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::verdict {
namespace {

constexpr auto kIsThere = [](const std::optional<double>& one) { return one.has_value(); };

} // namespace

std::vector<double> LaunchFigures::reported() const {
    std::vector<double> all;
    for (const std::optional<double>& one : *this) {
        if (one) {
            all.push_back(*one);
        }
    }
    return all;
}

bool LaunchFigures::has_any() const noexcept {
    return std::ranges::any_of(*this, kIsThere);
}

bool LaunchFigures::agree() const noexcept {
    const auto first = std::ranges::find_if(*this, kIsThere);
    return std::all_of(first, end(), [&](const auto& one) { return !one || *one == **first; });
}

std::size_t pairs_told(const LaunchFigures& old_figures,
                       const LaunchFigures& new_figures) noexcept {
    std::size_t told = 0;
    for (std::size_t i = 0; i < std::min(old_figures.size(), new_figures.size()); ++i) {
        told += old_figures[i] && new_figures[i] ? 1 : 0;
    }
    return told;
}

std::size_t exact_launches_min(std::string_view metric) noexcept {
    constexpr std::size_t kOfPairs = 4;
    constexpr std::size_t kCounted = 2;
    return metric == "instructions" ? kCounted : kOfPairs;
}

std::string too_few_exact_launches(std::size_t launches, std::string_view metric) {
    return fmt::format("{} of each build {} it, and {} must agree before an exact figure is judged",
                       launches == 1 ? "1 launch" : fmt::format("{} launches", launches),
                       launches == 1 ? "reports" : "report",
                       exact_launches_min(metric));
}

} // namespace assay::verdict

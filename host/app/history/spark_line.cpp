#include "app/history/spark_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace assay::app {
namespace {

constexpr std::size_t kLevels = 8;
constexpr std::array<std::string_view, kLevels> kBlocks{
    "\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"};
constexpr std::array<std::string_view, kLevels> kAscii{"_", ".", "-", "=", "+", "*", "%", "#"};

} // namespace

std::string
spark_line(const std::vector<std::optional<double>>& figures, bool unicode, std::size_t columns) {
    const std::size_t first = figures.size() > columns ? figures.size() - columns : 0;
    std::optional<double> low, high;
    for (std::size_t i = first; i < figures.size(); ++i) {
        if (figures[i]) {
            low = std::min(low.value_or(*figures[i]), *figures[i]);
            high = std::max(high.value_or(*figures[i]), *figures[i]);
        }
    }
    std::string line;
    for (std::size_t i = first; i < figures.size(); ++i) {
        if (!figures[i]) {
            line += ' ';
            continue;
        }
        const double share = *high > *low ? (*figures[i] - *low) / (*high - *low) : 0;
        const auto level = static_cast<std::size_t>(std::lround(share * (kLevels - 1)));
        line += unicode ? kBlocks[level] : kAscii[level];
    }
    return line;
}

} // namespace assay::app

#include "tracking/told_words.hpp"

#include "support/percent.hpp"
#include "verdict/amount.hpp"

#include <cmath>

namespace assay::tracking {
namespace {

std::string_view way_of(double change, measure::Direction direction) {
    if (direction == measure::Direction::none) {
        return change > 0 ? " more" : " less";
    }
    return change > 0 ? " worse" : " better";
}

} // namespace

std::string change_text(double change, std::string_view scale, measure::Direction direction) {
    const bool log_odds = scale == "logit";
    std::string text = verdict::rounded_text(std::abs(change) * (log_odds ? 1 : kPercent), 3);
    text += log_odds ? " in log odds" : scale == "points" ? " points" : " %";
    return change == 0 ? text : text + std::string(way_of(change, direction));
}

std::string gate_figure_text(double figure, std::string_view unit, std::string_view limit) {
    if (!limit.ends_with("worse") && !limit.ends_with("better")) {
        return verdict::figure_text_beside(figure, unit, limit);
    }
    const bool points = limit.find(" points ") != std::string_view::npos;
    return change_text(
        figure / kPercent, points ? "points" : "relative", measure::Direction::lower);
}

} // namespace assay::tracking

#include "app/session/complexity_fits.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace assay::app {
namespace {

constexpr double kLevel = 0.95;

std::optional<double> number_of(const measure::ParameterValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*whole);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return *real;
    }
    return std::nullopt;
}

json::value document_of(const measure::ParameterValue& value) {
    return std::visit(
        [](const auto& held) -> json::value {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, double>) {
                return json_number(held);
            } else {
                return json::value(held);
            }
        },
        value);
}

// For each axis the first of those that advance together with it, itself included.
std::vector<std::size_t> leaders_of(const std::vector<measure::AxisDescription>& axes) {
    std::vector<std::size_t> leaders;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        leaders.push_back(i > 0 && axes[i].zip ? leaders.back() : i);
    }
    return leaders;
}

json::value interval_value(const std::optional<statistics::Interval>& interval) {
    return interval
               ? json::value(json::array{json_number(interval->low), json_number(interval->high)})
               : json::value(nullptr);
}

void add_answer(json::object& document, const statistics::ComplexityAnswer& answer) {
    if (!answer.fit) {
        document["class"] = nullptr;
        document["fits"] = false;
        document["reason"] = answer.reason;
        return;
    }
    const statistics::ComplexityFit& fit = *answer.fit;
    document["class"] = name_of(fit.best);
    document["fits"] = fit.fits();
    document["coefficient"] = json_number(fit.coefficient);
    document["ci"] = interval_value(fit.interval);
    document["ci_level"] = json_number(fit.interval_level);
    document["runner_up"] = name_of(fit.runner_up);
    document["error"] = json_number(fit.error);
    document["runner_up_error"] = json_number(fit.runner_up_error);
    document["rms"] = json_number(fit.rms);
    document["stability"] = fit.stability ? json_number(*fit.stability) : json::value(nullptr);
}

} // namespace

void ComplexityFits::see(const report::CaseResult& result,
                         const measure::FamilyDescription& family) {
    const std::vector<std::size_t> leaders = leaders_of(family.axes);
    const std::size_t axes = std::min(family.axes.size(), result.params.size());
    for (std::size_t axis = 0; axis < axes; ++axis) {
        const std::optional<double> n = number_of(result.params[axis].second);
        if (!n || family.axes[axis].variant) {
            continue;
        }
        json::object fixed;
        std::string at;
        for (std::size_t other = 0; other < axes; ++other) {
            if (leaders[other] != leaders[axis]) {
                fixed[result.params[other].first] = document_of(result.params[other].second);
                at += (at.empty() ? "[" : ",") + result.params[other].first + "=" +
                      measure::id_text(result.params[other].second);
            }
        }
        const std::string& name = result.params[axis].first;
        const std::string key = write_json(json::array{result.suite, result.family, name, fixed});
        Group& group = groups_[key];
        group.suite = result.suite;
        group.family = result.family;
        group.axis = name;
        group.params = std::move(fixed);
        group.at = at.empty() ? at : at + "]";
        const bool usable = result.status == measure::CaseStatus::passed && !result.metrics.empty();
        group.all_passed = group.all_passed && usable;
        group.points.push_back(
            {.n = *n,
             .launch_medians =
                 usable ? result.metrics.front().summary.launch_medians : std::vector<double>{}});
    }
}

json::array ComplexityFits::document(std::uint64_t seed) const {
    json::array all;
    for (const auto& [key, group] : groups_) {
        std::set<double> values;
        for (const statistics::ComplexityPoint& point : group.points) {
            values.insert(point.n);
        }
        if (!group.all_passed || values.size() < statistics::kComplexityPointsMin) {
            continue;
        }
        json::object document{{"suite", group.suite},
                              {"family", group.family},
                              {"axis", group.axis},
                              {"params", group.params},
                              {"at", group.at},
                              {"metric", "time"},
                              {"points", json_count(values.size())}};
        add_answer(document, statistics::fit_complexity(group.points, kLevel, seed));
        all.push_back(std::move(document));
    }
    return all;
}

} // namespace assay::app

#include "plan/expansion.hpp"

#include "plan/axis_steps.hpp"
#include "plan/case_id.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace assay::plan {
namespace {

struct FamilyPlace {
    std::size_t suite = 0, family = 0;
    std::string_view suite_name, family_name;
};

// The number of points, no more than one beyond the cap: a product of axes overflows quickly.
std::size_t count_points(const std::vector<AxisGroup>& groups) {
    std::size_t points = 1;
    for (const AxisGroup& group : groups) {
        if (group.steps.empty()) {
            return 0;
        }
        points = std::min(points, kCasesMax + 1) * std::min(group.steps.size(), kCasesMax + 1);
    }
    return std::min(points, kCasesMax + 1);
}

Error too_many(const FamilyPlace& place, const std::vector<AxisGroup>& groups) {
    std::vector<std::string> factors;
    factors.reserve(groups.size());
    for (const AxisGroup& group : groups) {
        factors.push_back(join(group.names, "+") + " " + std::to_string(group.steps.size()));
    }
    return Error{ErrorKind::usage,
                 "the plan has more than " + std::to_string(kCasesMax) + " cases, counted up to " +
                     case_id(place.suite_name, place.family_name, "") + " with the axes " +
                     join(factors, " x "),
                 "take values off an axis with --param, choose suites with --suite, or use "
                 "--mode quick"};
}

// The steps of all groups at one point: an odometer whose last digit turns fastest.
class Odometer {
public:
    explicit Odometer(const std::vector<AxisGroup>& groups)
        : groups_(groups)
        , digits_(groups.size(), 0) {}

    [[nodiscard]] const AxisStep& step(std::size_t group) const {
        return groups_[group].steps[digits_[group]];
    }

    void advance() {
        for (std::size_t i = digits_.size(); i-- > 0;) {
            if (++digits_[i] < groups_[i].steps.size()) {
                return;
            }
            digits_[i] = 0;
        }
    }

private:
    const std::vector<AxisGroup>& groups_;
    std::vector<std::size_t> digits_;
};

PlannedCase case_at_point(const FamilyPlace& place,
                          const std::vector<AxisGroup>& groups,
                          const Odometer& point) {
    PlannedCase planned;
    planned.suite = place.suite;
    planned.family = place.family;
    std::string axes, reference_axes;
    bool has_reference = false;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const AxisStep& step = point.step(i);
        planned.params.insert(planned.params.end(), step.values.begin(), step.values.end());
        axes += (axes.empty() ? "" : ",") + step.text;
        reference_axes += reference_axes.empty() ? "" : ",";
        reference_axes += groups[i].reference_text.value_or(step.text);
        has_reference = has_reference || groups[i].reference_text.has_value();
    }
    planned.id = case_id(place.suite_name, place.family_name, axes);
    if (has_reference && reference_axes != axes) {
        planned.reference_id = case_id(place.suite_name, place.family_name, reference_axes);
    }
    return planned;
}

Status add_family(const FamilyPlace& place,
                  const std::vector<AxisGroup>& groups,
                  std::vector<PlannedCase>& cases) {
    const std::size_t points = count_points(groups);
    if (cases.size() + points > kCasesMax) {
        return too_many(place, groups);
    }
    Odometer point(groups);
    for (std::size_t i = 0; i < points; ++i, point.advance()) {
        cases.push_back(case_at_point(place, groups, point));
        if (cases.back().id.size() > kIdBytesMax) {
            return Error{ErrorKind::plugin,
                         "the id of a case of " + case_id(place.suite_name, place.family_name, "") +
                             " is " + std::to_string(cases.back().id.size()) +
                             " bytes long, more than " + std::to_string(kIdBytesMax),
                         "name the values of a text axis, and look the long texts up by name"};
        }
    }
    return {};
}

Status expand_family(const FamilyPlace& place,
                     const measure::FamilyDescription& family,
                     const Selection& selection,
                     Expansion& expansion) {
    auto groups = axis_groups(place.suite_name, family, selection);
    if (!groups && groups.error().kind != ErrorKind::plugin && !selection.params.empty()) {
        expansion.misfits.push_back({place.suite, place.family, groups.error()});
        Selection declared = selection;
        declared.params.clear();
        groups = axis_groups(place.suite_name, family, declared);
    }
    return groups ? add_family(place, *groups, expansion.cases) : Status(groups.error());
}

bool is_selected(const std::string& suite, const Selection& selection) {
    return selection.suites.empty() ||
           std::find(selection.suites.begin(), selection.suites.end(), suite) !=
               selection.suites.end();
}

} // namespace

Result<Expansion> expand(const std::vector<PlannedSuite>& suites, const Selection& selection) {
    Expansion expansion;
    for (std::size_t s = 0; s < suites.size(); ++s) {
        const measure::SuiteDescription& suite = suites[s].description;
        if (!is_selected(suite.name, selection)) {
            continue;
        }
        for (std::size_t f = 0; f < suite.families.size(); ++f) {
            const FamilyPlace place{s, f, suite.name, suite.families[f].name};
            if (auto status = expand_family(place, suite.families[f], selection, expansion);
                !status) {
                return status.error();
            }
        }
    }
    return expansion;
}

} // namespace assay::plan

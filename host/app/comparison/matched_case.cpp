#include "app/comparison/matched_case.hpp"

#include "measure/clock.hpp"

#include <map>

namespace assay::app {
namespace {

using measure::FamilyDescription;

// What keeps two cases of one id from being the same measurement, or nothing.
std::string difference(const MatchedCase& matched) {
    const FamilyDescription& old_family =
        matched.old_suite->description.families[matched.old_case->family];
    const FamilyDescription& new_family =
        matched.new_suite->description.families[matched.new_case->family];
    if (matched.old_suite->config_json != matched.new_suite->config_json) {
        return "the suite's configuration differs: " + matched.old_suite->config_json +
               " in the old build, " + matched.new_suite->config_json + " in the new one";
    }
    if (matched.old_case->params != matched.new_case->params) {
        return "the parameters behind the id differ";
    }
    if (old_family.shape != new_family.shape) {
        return "the shape differs: " + std::string(measure::name_of(old_family.shape)) + " and " +
               std::string(measure::name_of(new_family.shape));
    }
    if (measure::resolve_clock(old_family, old_family.max_lanes) !=
        measure::resolve_clock(new_family, new_family.max_lanes)) {
        return "the clock that makes the time differs";
    }
    if (old_family.max_lanes != new_family.max_lanes) {
        return "the lanes differ: " + std::to_string(old_family.max_lanes) + " and " +
               std::to_string(new_family.max_lanes);
    }
    for (const measure::MetricDescription& metric : new_family.metrics) {
        for (const measure::MetricDescription& other : old_family.metrics) {
            if (metric.key == other.key &&
                (metric.unit != other.unit || metric.direction != other.direction)) {
                return "metric '" + metric.key + "' has another unit or direction: '" + other.unit +
                       "' and '" + metric.unit + "'";
            }
        }
    }
    return {};
}

} // namespace

std::string_view name_of(CaseFate fate) noexcept {
    switch (fate) {
    case CaseFate::compared:
        return "compared";
    case CaseFate::only_in_old:
        return "only_in_old";
    case CaseFate::only_in_new:
        return "only_in_new";
    case CaseFate::incomparable:
        return "incomparable";
    case CaseFate::failed:
        return "failed";
    }
    return "unknown";
}

std::vector<MatchedCase> match(const Side& old_side, const Side& new_side) {
    std::map<std::string_view, const plan::PlannedCase*> in_old;
    for (const plan::PlannedCase& planned : old_side.cases) {
        in_old.emplace(planned.id, &planned);
    }
    std::vector<MatchedCase> cases;
    for (const plan::PlannedCase& planned : new_side.cases) {
        MatchedCase& matched = cases.emplace_back();
        matched.id = planned.id;
        matched.new_case = &planned;
        matched.new_suite = &new_side.suites[planned.suite];
        const auto found = in_old.find(planned.id);
        if (found == in_old.end()) {
            matched.fate = CaseFate::only_in_new;
            matched.reason = "the old build has no such case";
            continue;
        }
        matched.old_case = found->second;
        matched.old_suite = &old_side.suites[found->second->suite];
        in_old.erase(found);
        if (matched.reason = difference(matched); !matched.reason.empty()) {
            matched.fate = CaseFate::incomparable;
        }
    }
    for (const plan::PlannedCase& planned : old_side.cases) {
        if (in_old.contains(planned.id)) {
            MatchedCase& matched = cases.emplace_back();
            matched.id = planned.id;
            matched.fate = CaseFate::only_in_old;
            matched.reason = "the new build has lost this case";
            matched.old_case = &planned;
            matched.old_suite = &old_side.suites[planned.suite];
        }
    }
    return cases;
}

} // namespace assay::app

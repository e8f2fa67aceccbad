#include "tracking/exports/exported_run.hpp"

#include "support/text.hpp"
#include "tracking/exports/foreign_names.hpp"

#include <algorithm>
#include <map>

namespace assay::tracking {
namespace {

using measure::CaseStatus;

// Of "sums/add[n=64,dtype=f32]"; the host encodes what means something in an id.
std::vector<std::pair<std::string, std::string>> axes_of_id(const std::string& id) {
    std::vector<std::pair<std::string, std::string>> axes;
    const std::size_t open = id.find('[');
    if (open == std::string::npos || !id.ends_with(']')) {
        return axes;
    }
    for (const std::string& axis : split(id.substr(open + 1, id.size() - open - 2), ',')) {
        const std::size_t equals = axis.find('=');
        if (equals != std::string::npos) {
            axes.emplace_back(percent_decoded(axis.substr(0, equals)),
                              percent_decoded(axis.substr(equals + 1)));
        }
    }
    return axes;
}

// The suite of a case that no figure tells the suite of: the longest known one that it begins with,
// else what stands before the first '/'.
std::string suite_of_id(const std::string& id, const std::vector<std::string>& known) {
    std::string longest;
    for (const std::string& suite : known) {
        if (suite.size() > longest.size() && id.starts_with(suite + "/")) {
            longest = suite;
        }
    }
    return longest.empty() ? id.substr(0, id.find('/')) : longest;
}

void complete_from_id(ExportedCase& one, const std::vector<std::string>& suites) {
    one.suite = suite_of_id(one.id, suites);
    const std::size_t begin = std::min(one.suite.size() + 1, one.id.size());
    one.family = one.id.substr(begin, one.id.find('[', begin) - begin);
}

} // namespace

std::vector<ExportedCase> exported_cases(const history::Run& run) {
    std::map<std::string, ExportedCase> by_id;
    std::vector<std::string> suites;
    for (const history::Point& point : run.points) {
        ExportedCase& one = by_id[point.series.case_id];
        one.suite = point.series.suite;
        one.family = point.series.family;
        suites.push_back(one.suite);
        if (point.figures) {
            one.points.push_back(&point);
        } else {
            ++one.without_figure;
        }
    }
    for (const history::Failure& failure : run.failures) {
        by_id[failure.case_id].failure = &failure;
    }
    std::vector<ExportedCase> cases;
    for (auto& [id, one] : by_id) {
        one.id = id;
        one.axes = axes_of_id(id);
        one.imported = run.kind == "import";
        if (one.suite.empty() && one.family.empty()) {
            complete_from_id(one, suites);
        }
        cases.push_back(std::move(one));
    }
    return cases;
}

const history::Point* figure_of(const ExportedCase& one, std::string_view metric) {
    const auto found = std::ranges::find_if(one.points, [metric](const history::Point* point) {
        return point->series.metric == metric;
    });
    return found == one.points.end() ? nullptr : *found;
}

std::vector<double> observations(const history::Point& point) {
    std::vector<double> all;
    for (const std::vector<double>& launch : point.samples.launches) {
        all.insert(all.end(), launch.begin(), launch.end());
    }
    return all.empty() ? point.samples.launch_medians : all;
}

std::string failure_text(const history::Failure& failure) {
    const std::string status(measure::name_of(failure.status));
    if (failure.reason.empty()) {
        return status;
    }
    const bool plain =
        failure.status == CaseStatus::failed || failure.status == CaseStatus::skipped;
    return plain ? failure.reason : status + ": " + failure.reason;
}

bool is_skipped(const history::Failure& failure) noexcept {
    return failure.status == CaseStatus::skipped || failure.status == CaseStatus::cancelled ||
           failure.status == CaseStatus::unavailable;
}

} // namespace assay::tracking

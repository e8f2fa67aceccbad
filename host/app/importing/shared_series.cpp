#include "app/importing/shared_series.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace assay::app {
namespace {

constexpr std::size_t kListedMax = 8;

using SeriesNames = std::set<std::pair<std::string, std::string>>; // case, metric

SeriesNames measured_series(const history::Run& run) {
    SeriesNames names;
    for (const history::Point& point : run.points) {
        names.emplace(point.series.case_id, point.series.metric);
    }
    return names;
}

// A case that has a figure in one run and broke in the other is lost, which is something to say.
bool broke_in(const history::Run& run, const SeriesNames& names) {
    return std::ranges::any_of(run.failures, [&names](const history::Failure& failure) {
        const auto found = names.lower_bound({failure.case_id, ""});
        return found != names.end() && found->first == failure.case_id;
    });
}

bool broke_in_both(const history::Run& one, const history::Run& other) {
    return std::ranges::any_of(one.failures, [&other](const history::Failure& failure) {
        return std::ranges::count(other.failures, failure.case_id, &history::Failure::case_id) > 0;
    });
}

std::string some_series(const SeriesNames& names) {
    std::vector<std::string> texts;
    for (const auto& [case_id, metric] : names) {
        texts.push_back(case_id + " " + metric);
    }
    return texts.empty() ? "none" : some_listed(std::move(texts));
}

} // namespace

std::string some_listed(std::vector<std::string> names) {
    const std::size_t more = names.size() > kListedMax ? names.size() - kListedMax : 0;
    names.resize(names.size() - more);
    return join(names, ", ") + (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

Status check_shared(const history::Run& old_run,
                    const history::Run& new_run,
                    const std::string& old_name,
                    const std::string& new_name) {
    const SeriesNames before = measured_series(old_run);
    const SeriesNames after = measured_series(new_run);
    if (std::ranges::any_of(before, [&](const auto& name) { return after.contains(name); }) ||
        broke_in(new_run, before) || broke_in(old_run, after) || broke_in_both(old_run, new_run)) {
        return {};
    }
    return Error{.kind = ErrorKind::missing,
                 .message = old_name + " and " + new_name +
                            " have no series in common: nothing was compared",
                 .hint = old_name + " has " + some_series(before) + "; " + new_name + " has " +
                         some_series(after)};
}

} // namespace assay::app

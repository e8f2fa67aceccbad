// Figures that a program has measured itself, as a run that the history does not have.
#include "support/text.hpp"
#include "tracking/known_platform.hpp"
#include "tracking/run_comparison.hpp"
#include "tracking/series_choice.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace assay::tracking {
namespace {

Result<history::Platform> one_platform(history::Store& store, const std::string& name) {
    if (Status known = find_platform(store, name); !known) {
        return known.error();
    }
    const auto rows = store.platforms();
    if (!rows) {
        return rows.error();
    }
    std::vector<history::Platform> meant;
    for (const history::PlatformRow& row : *rows) {
        if (row.platform.label == name || row.platform.fingerprint.starts_with(name)) {
            meant.push_back(row.platform);
        }
    }
    if (meant.size() == 1) {
        return meant.front();
    }
    return Error{.kind = ErrorKind::usage,
                 .message = "'" + name + "' means " + std::to_string(meant.size()) +
                            " platforms of " + store.where(),
                 .hint = "give the first digits of a fingerprint: 'assay history platforms' lists "
                         "them"};
}

Result<history::Series> series_of(const std::vector<history::SeriesRow>& rows,
                                  const MeasuredFigure& figure,
                                  const std::string& where) {
    std::vector<const history::Series*> found;
    std::vector<std::string> names;
    for (const history::SeriesRow& row : rows) {
        names.push_back(series_name(row.series));
        if (row.series.case_id == figure.case_id && row.series.metric == figure.metric) {
            found.push_back(&row.series);
        }
    }
    const std::string name = figure.case_id + " " + figure.metric;
    if (found.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "there is no series '" + name + "' of that platform in " + where +
                                did_you_mean(name, names),
                     .hint = "'assay history show latest' lists what was measured last"};
    }
    if (found.size() > 1) {
        return Error{.kind = ErrorKind::usage,
                     .message = "'" + name + "' means " + std::to_string(found.size()) +
                                " series, which differ in unit, clock or isolation",
                     .hint = "record the run and compare that"};
    }
    return *found.front();
}

} // namespace

Result<history::Run> run_of_figures(history::Store& store,
                                    const std::vector<MeasuredFigure>& figures,
                                    const std::string& platform) {
    auto of = one_platform(store, platform);
    if (!of) {
        return of.error();
    }
    auto rows = store.series({.platform = of->fingerprint});
    if (!rows) {
        return rows.error();
    }
    std::erase_if(*rows, [&of](const history::SeriesRow& row) {
        return row.series.platform.label != of->label;
    });
    history::Run run; // of no branch: its series are held against the newest of theirs
    run.platform = std::move(*of);
    run.started = std::chrono::duration_cast<std::chrono::nanoseconds>(
                      std::chrono::system_clock::now().time_since_epoch())
                      .count();
    for (const MeasuredFigure& figure : figures) {
        auto series = series_of(*rows, figure, store.where());
        if (!series) {
            return series.error();
        }
        if (!std::isfinite(figure.value)) {
            return Error{.kind = ErrorKind::usage,
                         .message = figure.case_id + " " + figure.metric + ": " +
                                    shortest(figure.value) + " is no figure",
                         .hint = "leave out what was not measured"};
        }
        run.points.push_back(
            {.series = std::move(*series), .figures = history::Figures{.center = figure.value}});
    }
    return run;
}

} // namespace assay::tracking

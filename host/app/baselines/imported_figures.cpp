#include "app/baselines/imported_figures.hpp"

#include "verdict/amount.hpp"

#include <algorithm>

namespace assay::app {
namespace {

// The machine that the file means by a label; nothing: no run carried it.
std::optional<std::string> fingerprint_of(const std::string& label,
                                          const history::PlatformBaselines& platform,
                                          const std::vector<history::PlatformRow>& known) {
    if (!platform.fingerprint.empty()) {
        return platform.fingerprint;
    }
    const history::PlatformRow* first = nullptr;
    for (const history::PlatformRow& row : known) {
        if (row.platform.label == label &&
            (first == nullptr || row.first_seen < first->first_seen)) {
            first = &row;
        }
    }
    return first == nullptr ? std::nullopt : std::optional(first->platform.fingerprint);
}

// A row of a store has no unit of its own: it is the series'.
bool is_same(const tracking::SeriesBaseline& series, const history::BaselineFigure& figure) {
    return series.stored && !series.is_withdrawn() && series.stored->center == figure.value;
}

void judge(ImportedFigure& one) {
    const history::Series& series = one.series->row.series;
    if (series.unit != one.figure.unit) {
        one.fate = ImportFate::refused;
        one.reason = "in " + one.figure.unit + ", and the series is in " + series.unit;
    } else if (series.direction != one.figure.direction) {
        one.fate = ImportFate::refused;
        one.reason = "better is " + std::string(measure::name_of(one.figure.direction)) +
                     ", and of the series " + std::string(measure::name_of(series.direction));
    } else {
        one.fate = is_same(*one.series, one.figure) ? ImportFate::same : ImportFate::bound;
    }
}

} // namespace

std::string_view name_of(ImportFate fate) noexcept {
    switch (fate) {
    case ImportFate::bound:
        return "stored";
    case ImportFate::same:
        return "as it was";
    case ImportFate::waiting:
        return "waiting";
    case ImportFate::refused:
        return "refused";
    }
    return "refused";
}

std::vector<ImportedFigure> imported_figures(const history::BaselinesFile& file,
                                             const std::vector<tracking::SeriesBaseline>& series,
                                             const std::vector<history::PlatformRow>& platforms) {
    std::vector<ImportedFigure> figures;
    for (const auto& [label, platform] : file.platforms) {
        const auto fingerprint = fingerprint_of(label, platform, platforms);
        for (const auto& [key, figure] : platform.figures) {
            ImportedFigure one{.label = label, .key = key, .figure = figure};
            const auto found =
                std::ranges::find_if(series, [&](const tracking::SeriesBaseline& candidate) {
                    const history::Series& of = candidate.row.series;
                    return of.platform.label == one.label &&
                           of.platform.fingerprint == fingerprint &&
                           history::figure_key(of) == one.key;
                });
            if (found == series.end()) {
                one.reason = !fingerprint ? "no run of that platform yet"
                                          : "no run of that platform has it yet";
            } else {
                one.series = *found;
                judge(one);
            }
            figures.push_back(std::move(one));
        }
    }
    return figures;
}

history::BaselineRow imported_row(const ImportedFigure& one,
                                  const std::string& file,
                                  const std::string& who,
                                  std::int64_t now,
                                  const std::set<std::string>& runs_here) {
    const std::string& why = one.figure.why;
    history::BaselineRow row{.series_id = one.series->row.id,
                             .policy = one.figure.policy.empty() ? "pinned" : one.figure.policy,
                             .center = one.figure.value,
                             .spread = one.figure.spread,
                             .n = one.figure.runs,
                             .from_run = {},
                             .to_run = {},
                             .who = who,
                             .why = why.empty() ? "imported from " + file
                                                : why + " (imported from " + file + ")",
                             .evidence = one.figure.evidence,
                             .created = now};
    if (!row.evidence.empty()) {
        const auto if_here = [&](const std::string& uuid) {
            return runs_here.contains(uuid) ? uuid : std::string();
        };
        row.from_run = if_here(row.evidence.front());
        row.to_run = if_here(row.evidence.back());
        row.why += row.to_run.empty() ? "; its runs are not in this history" : "";
    }
    if (one.series->stored) {
        row.previous = one.series->stored->id;
    }
    return row;
}

TextTable imported_table(const std::vector<ImportedFigure>& figures) {
    TextTable table({"platform", "metric", "baseline", "now", "why"});
    for (const ImportedFigure& one : figures) {
        table.add({one.label,
                   one.key,
                   verdict::figure_text(one.figure.value, one.figure.unit),
                   std::string(name_of(one.fate)),
                   one.reason});
    }
    return table;
}

} // namespace assay::app

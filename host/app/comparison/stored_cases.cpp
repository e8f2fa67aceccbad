#include "app/comparison/stored_cases.hpp"

#include "app/comparison/compared_metrics.hpp"
#include "verdict/stored_series.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

namespace assay::app {
namespace {

using measure::CaseStatus;
using tracking::ComparedSeries;
using verdict::StoredWord;

constexpr std::string_view kTime = "time";
constexpr double kRounding = 1e-9;

// The word as the document has it: about `time`, and about any other metric.
struct Said {
    std::string_view of_time, of_metric;
};

Said said_by(StoredWord word) {
    switch (word) {
    case StoredWord::regressed:
        return {"slower", "worse"};
    case StoredWord::improved:
        return {"faster", "better"};
    case StoredWord::unchanged:
        return {"same", "same"};
    case StoredWord::stale_baseline:
    case StoredWord::environment_shift:
    case StoredWord::drift:
    case StoredWord::noisy:
        return {"undecided", "undecided"};
    case StoredWord::failed:
    case StoredWord::missing:
    case StoredWord::incomparable:
    case StoredWord::no_baseline:
        break;
    }
    return {"", "unavailable"};
}

bool is_judged(const ComparedSeries& one) {
    return !said_by(one.verdict.word).of_time.empty();
}

// The runs are too few to say more: the same of every series, which a note says once.
bool wants_more_runs(const ComparedSeries& one) {
    return one.verdict.word == StoredWord::noisy && one.verdict.finding &&
           !one.verdict.finding->mde;
}

// A run is told by its uuid there; here both have a side.
std::string reason_of(const ComparedSeries& one, StoredKind kind) {
    if (wants_more_runs(one)) {
        return {};
    }
    const StoredWord word = one.verdict.word;
    if (word == StoredWord::regressed || word == StoredWord::improved) {
        // The size of the change comes first, and stands beside it already.
        const std::size_t comma = one.verdict.reason.find(", ");
        return comma == std::string::npos ? "" : one.verdict.reason.substr(comma + 2);
    }
    const auto& found = one.verdict.finding;
    if (word == StoredWord::unchanged && found && !found->exact && found->mde &&
        one.verdict.reason.empty()) {
        return "a change of " + verdict::size_text(*found->mde, found->scale) +
               " would have been seen";
    }
    const std::string side(side_word(kind));
    return word == StoredWord::missing        ? "only the old " + side + " has it"
           : word == StoredWord::no_baseline  ? "only the new " + side + " has it"
           : word == StoredWord::incomparable ? "incomparable: " + one.verdict.reason
                                              : one.verdict.reason;
}

StoredWord stored_word_of(const ComparedSeries& one) {
    return one.verdict.word;
}

bool all_are(const StoredCase& one, StoredWord word) {
    return std::ranges::all_of(one.series, [word](const ComparedSeries& series) {
        return stored_word_of(series) == word;
    });
}

const history::Failure* failure_in(const history::Run& run, const std::string& case_id) {
    const auto found = std::ranges::find(run.failures, case_id, &history::Failure::case_id);
    return found == run.failures.end() ? nullptr : &*found;
}

// What was left out on purpose did not break.
bool broke_by(CaseStatus status) {
    return status != CaseStatus::passed && status != CaseStatus::skipped &&
           status != CaseStatus::unavailable && status != CaseStatus::cancelled;
}

std::string failure_text(const history::Failure& failure, const std::string& side) {
    return side + ": " + std::string(measure::name_of(failure.status)) +
           (failure.reason.empty() ? "" : ": " + failure.reason);
}

// A case that has no figure on a side, and why.
bool settle_failure(StoredCase& one, const history::Run& old_run, const history::Run& new_run) {
    const history::Failure* const after = failure_in(new_run, one.id);
    const history::Failure* const before = failure_in(old_run, one.id);
    const bool new_one = after != nullptr;
    const history::Failure* const found = new_one ? after : before;
    if (found == nullptr) {
        return false;
    }
    one.fate = broke_by(found->status) ? CaseFate::failed : CaseFate::incomparable;
    one.reason =
        failure_text(*found, (new_one ? "new " : "old ") + std::string(side_word(one.kind)));
    return true;
}

// The main figure lost its meaning: what stands beside it is no verdict about the case, unless it
// got worse, which nothing may hide.
bool has_lost_its_time(const StoredCase& one) {
    return std::ranges::any_of(one.series,
                               [](const ComparedSeries& series) {
                                   return series.series.metric == kTime &&
                                          series.verdict.word == StoredWord::incomparable;
                               }) &&
           std::ranges::count(one.series, StoredWord::regressed, stored_word_of) == 0;
}

void settle_fate(StoredCase& one) {
    if (std::ranges::any_of(one.series, is_judged) && !has_lost_its_time(one)) {
        one.fate = CaseFate::compared;
    } else if (all_are(one, StoredWord::missing)) {
        one.fate = CaseFate::only_in_old;
        one.reason = "only the old " + std::string(side_word(one.kind)) + " has it";
    } else if (all_are(one, StoredWord::no_baseline)) {
        one.fate = CaseFate::only_in_new;
        one.reason = "only the new " + std::string(side_word(one.kind)) + " has it";
    } else {
        one.fate = CaseFate::incomparable;
        const auto why = std::ranges::find_if(one.series, [](const ComparedSeries& series) {
            return series.verdict.word == StoredWord::incomparable;
        });
        one.reason = reason_of(why == one.series.end() ? one.series.front() : *why, one.kind);
    }
}

bool has_direction(const ComparedSeries& one) {
    return one.series.direction != measure::Direction::none;
}

// What says what became of a case without a time: figures that can get worse, and only where there
// are none the others.
bool decides_in(const StoredCase& one, const ComparedSeries& series) {
    return is_judged(series) && (has_direction(series) ||
                                 std::ranges::none_of(one.series, [](const ComparedSeries& other) {
                                     return is_judged(other) && has_direction(other);
                                 }));
}

constexpr std::array<std::string_view, 3> kGravestFirst{"worse", "undecided", "better"};

// Of a case without a time what its figures amount to, the gravest first.
std::string_view gravest_of(const StoredCase& one) {
    for (const std::string_view word : kGravestFirst) {
        if (std::ranges::any_of(one.series, [&](const ComparedSeries& series) {
                return decides_in(one, series) && said_by(series.verdict.word).of_metric == word;
            })) {
            return word;
        }
    }
    return "same";
}

// Metrics that were judged before those that were not, `time` before all others; of a case without
// a time the one that decided it first; else as the file has them.
void order_series(StoredCase& one, const history::Run& run) {
    const bool timed = std::ranges::any_of(one.series, [](const ComparedSeries& series) {
        return is_judged(series) && series.series.metric == kTime;
    });
    const std::string_view gravest = timed ? "" : gravest_of(one);
    const auto decided = [&](const ComparedSeries& series) {
        return decides_in(one, series) && said_by(series.verdict.word).of_metric == gravest;
    };
    const auto place = [&](const ComparedSeries& series) {
        const auto found = std::ranges::find_if(run.points, [&](const history::Point& point) {
            return point.series.case_id == series.series.case_id &&
                   point.series.metric == series.series.metric;
        });
        return std::tuple(!is_judged(series),
                          series.series.metric != kTime,
                          !timed && !decided(series),
                          found - run.points.begin());
    };
    // Places are of the series as they stand: none is looked up while they move.
    std::vector<std::pair<decltype(place(one.series.front())), std::size_t>> places;
    for (std::size_t i = 0; i < one.series.size(); ++i) {
        places.emplace_back(place(one.series[i]), i);
    }
    std::ranges::sort(places);
    std::vector<ComparedSeries> ordered;
    for (const auto& [at, index] : places) {
        ordered.push_back(std::move(one.series[index]));
    }
    one.series = std::move(ordered);
}

// The main series, of a case that was compared.
const ComparedSeries* main_of(const StoredCase& one) {
    return one.fate == CaseFate::compared ? &one.series.front() : nullptr;
}

bool is_about_time(const ComparedSeries& series) {
    return series.series.metric == kTime && series.series.unit == "s";
}

// New / old of the interval of a relative change that is turned so that positive is worse.
json::value interval_of(const ComparedSeries& one) {
    const auto& found = one.verdict.finding;
    if (!found || !found->interval || found->scale != verdict::ChangeScale::relative) {
        return nullptr;
    }
    const bool higher = one.series.direction == measure::Direction::higher;
    const auto turned = [higher](double change) { return higher ? 1 - change : 1 + change; };
    // Where the machine's own shift was taken out before it was judged, it is put back: the ratio
    // beside it is that of the figures as they are.
    double shift = 1;
    if (one.figure && one.center && found->change && turned(*found->change) > 0) {
        const double ratio = *one.figure / *one.center / turned(*found->change);
        shift = std::abs(ratio - 1) < kRounding ? 1 : ratio;
    }
    const double low = shift * turned(found->interval->low);
    const double high = shift * turned(found->interval->high);
    return json::array{json_number(std::min(low, high)), json_number(std::max(low, high))};
}

json::value ratio_of(const ComparedSeries& one) {
    const bool has_one = one.figure && one.center && *one.center > 0;
    return has_one ? json_number(*one.figure / *one.center) : json::value(nullptr);
}

// Of figures that were not taken side by side.
json::object stored_evidence(const StoredCase& one, const ComparedSeries& main) {
    const verdict::SeriesTest test;
    return {{"method", "stored"},
            {"basis", basis_text(one.kind)},
            {"alpha", json_number(test.alpha)},
            {"margin", json_number(kStoredMargin)},
            {"clock", main.series.clock.empty() ? "wall" : main.series.clock},
            {"iterations", nullptr},
            {"slices_per_pair", 0},
            {"log_e_slower", nullptr},
            {"log_e_faster", nullptr},
            {"log_e_same", nullptr},
            {"threshold", nullptr},
            {"pair_sd", nullptr},
            {"position_bias", nullptr},
            {"labels", json::array{}},
            {"counts", nullptr},
            {"failed_pairs", 0},
            {"decided_after", nullptr},
            {"results_differ", false},
            {"seconds_needed", nullptr}};
}

json::object
metric_object(const ComparedSeries& one, StoredKind kind, std::string_view told_before) {
    const auto& found = one.verdict.finding;
    const bool points = found && found->scale == verdict::ChangeScale::points;
    const std::string reason = reason_of(one, kind);
    return {{"key", one.series.metric},
            {"unit", one.series.unit},
            {"verdict", said_by(one.verdict.word).of_metric},
            {"word", verdict::text_of(one.verdict)},
            {"change", number_or_null(found ? found->change : std::nullopt)},
            {"scale", points ? "points" : "relative"},
            {"old", number_or_null(one.center)},
            {"new", number_or_null(one.figure)},
            {"mde", number_or_null(found ? found->mde : std::nullopt)},
            {"pairs", 0},
            {"exact", found && found->exact},
            {"reason", reason == told_before ? "" : reason}};
}

json::object comparison_object_of(const StoredCase& one) {
    json::object out{{"id", one.id},
                     {"status", name_of(one.fate)},
                     {"reason", one.reason},
                     {"verdict", nullptr},
                     {"ratio", nullptr},
                     {"interval", nullptr},
                     {"pairs", 0},
                     {"verified", false},
                     {"evidence", nullptr}};
    const ComparedSeries* const main = main_of(one);
    if (main == nullptr) {
        return out;
    }
    const std::string reason = reason_of(*main, one.kind);
    const bool timed = is_about_time(*main);
    out["reason"] = timed ? reason : ""; // its metric says it
    out["ratio"] = ratio_of(*main);
    out["interval"] = interval_of(*main);
    if (timed) {
        out["verdict"] = said_by(main->verdict.word).of_time;
        out["word"] = verdict::text_of(main->verdict);
        out["old_time"] = number_or_null(main->center);
        out["new_time"] = number_or_null(main->figure);
    } else {
        out["metric"] = main->series.metric;
        out["metric_verdict"] = gravest_of(one);
        out["unit"] = main->series.unit;
        out["old"] = number_or_null(main->center);
        out["new"] = number_or_null(main->figure);
    }
    out["evidence"] = stored_evidence(one, *main);
    json::array metrics;
    for (const ComparedSeries& series : one.series) {
        if (&series != main || !timed) {
            metrics.push_back(metric_object(series, one.kind, timed ? reason : ""));
        }
    }
    out["metrics"] = std::move(metrics);
    return out;
}

CaseStatus status_of(CaseFate fate) {
    switch (fate) {
    case CaseFate::compared:
        return CaseStatus::passed;
    case CaseFate::failed:
        return CaseStatus::failed;
    case CaseFate::only_in_old: // it is gone, which is graver than never measured: see code_of()
        return CaseStatus::unavailable;
    case CaseFate::only_in_new:
    case CaseFate::incomparable:
        break;
    }
    return CaseStatus::skipped;
}

std::size_t count(const std::vector<StoredCase>& cases, CaseFate fate) {
    return static_cast<std::size_t>(std::ranges::count(cases, fate, &StoredCase::fate));
}

std::size_t worse_metrics(const StoredCase& one) {
    return static_cast<std::size_t>(
        std::ranges::count_if(one.series, [](const ComparedSeries& series) {
            return series.verdict.word == StoredWord::regressed && !is_about_time(series);
        }));
}

// About time; of a case without one what its metrics amount to, the gravest first.
std::string_view verdict_of(const StoredCase& one) {
    const ComparedSeries* const main = main_of(one);
    if (main == nullptr) {
        return "";
    }
    if (is_about_time(*main)) {
        return said_by(main->verdict.word).of_time;
    }
    return gravest_of(one);
}

std::size_t count(const std::vector<StoredCase>& cases, std::string_view verdict) {
    return static_cast<std::size_t>(std::ranges::count(cases, verdict, verdict_of));
}

} // namespace

std::vector<StoredCase> stored_cases(StoredKind kind,
                                     const history::Run& old_run,
                                     const history::Run& new_run,
                                     std::vector<ComparedSeries> compared) {
    std::map<std::string, StoredCase> by_id;
    std::vector<std::string> order;
    const auto add = [&](const std::string& id, std::string suite, std::string family) {
        StoredCase one{
            .kind = kind, .id = id, .suite = std::move(suite), .family = std::move(family)};
        if (by_id.emplace(id, std::move(one)).second) {
            order.push_back(id);
        }
    };
    for (const history::Run* run : {&new_run, &old_run}) {
        for (const history::Point& point : run->points) {
            add(point.series.case_id, point.series.suite, point.series.family);
        }
        for (const history::Failure& failure : run->failures) {
            const std::string name = failure.case_id.substr(0, failure.case_id.find('['));
            const std::size_t slash = std::min(name.find('/'), name.size());
            const bool known = by_id.contains(failure.case_id);
            if (known || broke_by(failure.status)) {
                add(failure.case_id,
                    name.substr(0, slash),
                    slash < name.size() ? name.substr(slash + 1) : "");
            }
        }
    }
    for (ComparedSeries& one : compared) {
        by_id.at(one.series.case_id).series.push_back(std::move(one));
    }
    std::vector<StoredCase> cases;
    for (const std::string& id : order) {
        StoredCase& one = by_id.at(id);
        order_series(one, new_run);
        if (!settle_failure(one, old_run, new_run)) {
            settle_fate(one);
        }
        cases.push_back(std::move(one));
    }
    return cases;
}

report::CaseResult case_result(const StoredCase& one) {
    report::CaseResult result;
    result.id = one.id;
    result.suite = one.suite;
    result.family = one.family;
    result.status = status_of(one.fate);
    result.reason = one.reason;
    result.extra["comparison"] = comparison_object_of(one);
    return result;
}

json::object summary_object(const std::vector<StoredCase>& cases) {
    std::size_t worse = 0;
    for (const StoredCase& one : cases) {
        worse += worse_metrics(one);
    }
    json::object summary{{"cases", json_count(cases.size())}};
    for (const std::string_view verdict :
         {"slower", "faster", "same", "undecided", "worse", "better"}) {
        summary[verdict] = json_count(count(cases, verdict));
    }
    for (const CaseFate fate : {CaseFate::compared,
                                CaseFate::only_in_old,
                                CaseFate::only_in_new,
                                CaseFate::incomparable,
                                CaseFate::failed}) {
        summary[name_of(fate)] = json_count(count(cases, fate));
    }
    summary["worse_metrics"] = json_count(worse);
    summary["incomparable_metrics"] = json_count(incomparable_figures(cases).size());
    summary["partial"] = false;
    summary["seconds"] = 0;
    return summary;
}

ExitCode code_of(const std::vector<StoredCase>& cases) {
    ExitCode code = ExitCode::pass;
    if (count(cases, CaseFate::failed) + count(cases, CaseFate::only_in_old) > 0) {
        code = graver(code, ExitCode::failed);
    }
    const bool lost_meaning = std::ranges::any_of(cases, [](const StoredCase& one) {
        return std::ranges::count(one.series, StoredWord::incomparable, stored_word_of) > 0;
    });
    if (count(cases, CaseFate::compared) == 0 || count(cases, CaseFate::incomparable) > 0 ||
        lost_meaning) {
        code = graver(code, ExitCode::nothing);
    }
    const bool worse = std::ranges::any_of(cases, [](const StoredCase& one) {
        return one.fate == CaseFate::compared && worse_metrics(one) > 0;
    });
    if (worse || count(cases, "slower") > 0) {
        code = graver(code, ExitCode::regression);
    }
    return graver(code, count(cases, "undecided") > 0 ? ExitCode::undecided : code);
}

std::size_t wanting_runs(const std::vector<StoredCase>& cases) {
    return static_cast<std::size_t>(std::ranges::count_if(cases, [](const StoredCase& one) {
        return one.fate == CaseFate::compared && std::ranges::any_of(one.series, wants_more_runs);
    }));
}

std::vector<std::string> incomparable_figures(const std::vector<StoredCase>& cases) {
    std::vector<std::string> names;
    for (const StoredCase& one : cases) {
        for (const ComparedSeries& series : one.series) {
            if (one.fate == CaseFate::compared && series.verdict.word == StoredWord::incomparable) {
                names.push_back(one.id + " " + series.series.metric);
            }
        }
    }
    return names;
}

} // namespace assay::app

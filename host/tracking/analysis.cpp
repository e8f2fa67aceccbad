#include "tracking/analysis.hpp"

#include "statistics/false_discoveries.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace assay::tracking {
namespace {

// By series, the runs that begin a level which a person has accepted.
using ExpectedRuns = std::map<std::int64_t, std::vector<std::string>>;

Result<ExpectedRuns> expected_runs(history::Store& store) {
    const auto rows = store.change_points(std::nullopt);
    if (!rows) {
        return rows.error();
    }
    ExpectedRuns expected;
    for (const history::ChangePointRow& row : *rows) {
        if (row.state == "expected") {
            expected[row.series_id].push_back(row.first_bad);
        }
    }
    return expected;
}

std::vector<std::size_t>
expected_values(const BranchLines& lines, const SeriesLine& line, const ExpectedRuns& expected) {
    std::vector<std::size_t> values;
    const auto of_it = expected.find(line.row.id);
    if (of_it == expected.end()) {
        return values;
    }
    for (const std::string& uuid : of_it->second) {
        if (const auto run = lines.run_index(uuid)) {
            values.push_back(line.value_at(*run));
        }
    }
    return values;
}

// The newest change of every series is one hypothesis; those that are not discoveries count not.
void hold_against_chance(std::vector<LineFindings>& findings) {
    std::vector<double> p;
    for (const LineFindings& one : findings) {
        const bool tested = !one.changes.empty() && one.changes.back().p;
        p.push_back(tested ? *one.changes.back().p : 1);
    }
    const auto found = statistics::benjamini_hochberg(p, kFalseDiscoveries);
    const std::set<std::size_t> counted(found.begin(), found.end());
    for (std::size_t i = 0; i < findings.size(); ++i) {
        // A detector without p has said all it can.
        if (!findings[i].changes.empty() && findings[i].changes.back().p) {
            findings[i].changes.back().counted = counted.contains(i);
        }
    }
}

// A series that moved as far as the machine did, when the machine did. A share is of the work, not
// of the machine.
bool is_explained(const SeriesLine& line, const LineChange& change, const MachineShift& shift) {
    const std::size_t run = line.runs[change.index];
    const bool then = run + 1 >= shift.first && run <= shift.end;
    if (shift.cause != verdict::ShiftCause::machine || !then || change.before <= 0 ||
        change.after <= 0 || change.scale != verdict::ChangeScale::relative ||
        line.kind.direction == measure::Direction::none) {
        return false;
    }
    const bool turned = line.kind.direction == measure::Direction::higher;
    const double more = std::log(change.after / change.before);
    const double moved = turned ? -more : more;
    return (moved > 0) == (shift.size > 0) &&
           std::abs(moved - shift.size) <= change.fence.value_or(0);
}

void explain(BranchAnalysis& analysis) {
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        for (LineChange& change : analysis.findings[i].changes) {
            change.explained = std::ranges::any_of(analysis.shifts, [&](const MachineShift& shift) {
                return is_explained(analysis.lines.lines[i], change, shift);
            });
        }
    }
}

BranchAnalysis analysed(BranchLines lines,
                        const AnalysisOptions& options,
                        const ExpectedRuns& expected,
                        const ForEach& each) {
    BranchAnalysis analysis{.lines = std::move(lines)};
    const std::vector<SeriesLine>& all = analysis.lines.lines;
    analysis.findings.resize(all.size());
    const LineSearch search{.detector = options.detector, .early = options.early};
    // The longest of all that has to be done begins first.
    each(1 + all.size(), [&](std::size_t task) {
        if (task == 0) {
            analysis.shifts = find_machine_shifts(analysis.lines);
            return;
        }
        const SeriesLine& line = all[task - 1];
        LineSearch own = search;
        own.expected = expected_values(analysis.lines, line, expected);
        analysis.findings[task - 1] = findings_of(line, own);
    });
    for (const SeriesLine& line : all) {
        const bool short_one = line.values.size() < fewest_values(search, line.kind.exact);
        analysis.too_short += short_one ? 1 : 0;
    }
    hold_against_chance(analysis.findings);
    explain(analysis);
    return analysis;
}

Error too_few_runs(const std::vector<BranchAnalysis>& all, const history::Store& store) {
    std::size_t runs = 0;
    std::size_t series = 0;
    for (const BranchAnalysis& one : all) {
        runs = std::max(runs, one.lines.runs.size());
        series += one.lines.lines.size();
    }
    return {.kind = ErrorKind::missing,
            .message = "nothing can have changed yet in " + store.where() + ": " +
                       std::to_string(series) + " series of at most " + std::to_string(runs) +
                       (runs == 1 ? " run" : " runs"),
            .hint = "a level shows after 3 runs (2 with --early) on either side, exact figures "
                    "after one; runs of one commit count once, those of a dirty tree not at all"};
}

} // namespace

void each_in_turn(std::size_t count, const std::function<void(std::size_t)>& body) {
    for (std::size_t i = 0; i < count; ++i) {
        body(i);
    }
}

Result<std::vector<BranchAnalysis>> analyse(history::Store& store,
                                            const AnalysisChoice& choice,
                                            const AnalysisOptions& options,
                                            const ForEach& each) {
    auto lines = read_branch_lines(store, choice);
    if (!lines) {
        return lines.error();
    }
    const auto expected = expected_runs(store);
    if (!expected) {
        return expected.error();
    }
    std::vector<BranchAnalysis> all;
    bool any = false;
    for (BranchLines& one : *lines) {
        all.push_back(analysed(std::move(one), options, *expected, each));
        any = any || all.back().too_short < all.back().lines.lines.size();
    }
    if (!any) {
        return too_few_runs(all, store);
    }
    return all;
}

std::vector<history::PointMark> point_marks(const BranchAnalysis& analysis) {
    namespace flag = history::point_flag;
    constexpr std::uint32_t kOurs = flag::outlier | flag::environment_shift | flag::drift;
    std::vector<bool> shifted(analysis.lines.runs.size(), false);
    for (const MachineShift& shift : analysis.shifts) {
        // What lasts is a level, and whether that counts is for its change points to say.
        const bool passing = shift.cause == verdict::ShiftCause::machine && !shift.lasts;
        for (std::size_t run = shift.first; passing && run < shift.end; ++run) {
            shifted[run] = true;
        }
    }
    std::vector<history::PointMark> marks;
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        const SeriesLine& line = analysis.lines.lines[i];
        const LineFindings& found = analysis.findings[i];
        std::vector<std::uint32_t> wanted(line.values.size(), 0);
        for (const std::size_t value : found.outliers) {
            wanted[value] |= flag::outlier;
        }
        for (const LineDrift& drift : found.drifts) {
            const bool now = drift.end == line.values.size();
            for (std::size_t value = drift.first; now && value < drift.end; ++value) {
                wanted[value] |= flag::drift;
            }
        }
        for (std::size_t value = 0; value < wanted.size(); ++value) {
            const bool moves = !line.kind.exact && shifted[line.runs[value]];
            wanted[value] |= moves ? flag::environment_shift : 0;
        }
        for (const LinePoint& point : line.points) {
            const std::uint32_t has = point.flags & kOurs;
            const std::uint32_t wants = wanted[point.value];
            if (has != wants) {
                marks.push_back({.series_id = line.row.id,
                                 .run_id = point.run_id,
                                 .set = wants & ~has,
                                 .clear = has & ~wants});
            }
        }
    }
    return marks;
}

} // namespace assay::tracking

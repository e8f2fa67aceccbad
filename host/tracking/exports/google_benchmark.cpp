// {"context": {"date", "executable", ...}, "benchmarks": [{"name", "run_name", "run_type",
//  "repetitions", "repetition_index", "real_time", "cpu_time", "time_unit": "s", COUNTERS}]}
#include "history/timestamp.hpp"
#include "tracking/document_values.hpp"
#include "tracking/exports/foreign_names.hpp"
#include "tracking/exports/writers.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace assay::tracking {
namespace {

constexpr std::string_view kGoogleImporter = "google_benchmark";

// Members of a row that mean something else than a counter.
constexpr std::array<std::string_view, 26> kRowMembers{"name",
                                                       "run_name",
                                                       "run_type",
                                                       "family_index",
                                                       "per_family_instance_index",
                                                       "aggregate_name",
                                                       "aggregate_unit",
                                                       "repetitions",
                                                       "repetition_index",
                                                       "threads",
                                                       "iterations",
                                                       "real_time",
                                                       "cpu_time",
                                                       "time_unit",
                                                       "label",
                                                       "error_occurred",
                                                       "error_message",
                                                       "skipped",
                                                       "skip_message",
                                                       "bytes_per_second",
                                                       "items_per_second",
                                                       "big_o",
                                                       "rms",
                                                       "cpu_coefficient",
                                                       "real_coefficient",
                                                       "complexity_n"};

bool is_seconds(const history::Series& series, std::string_view metric) {
    return series.metric == metric && series.unit == "s";
}

// Where a metric stands in a row; empty: nowhere. The tool's real_time is by the clock on the wall:
// of a case that tells that beside its time, which is of the processor then.
std::string google_member(const history::Series& series, bool tells_wall_time) {
    const std::string& metric = series.metric;
    if (is_seconds(series, tells_wall_time ? "wall_time" : "time")) {
        return "real_time";
    }
    if (is_seconds(series, "time")) {
        return "";
    }
    if (is_seconds(series, "cpu_time")) {
        return "cpu_time";
    }
    if (metric == "bytes_rate" && series.unit == "By/s") {
        return "bytes_per_second";
    }
    if (metric == "items_rate" && series.unit.ends_with("/s")) {
        return "items_per_second";
    }
    return std::ranges::find(kRowMembers, metric) == kRowMembers.end() ? metric : "";
}

bool is_plain_counter(const history::Series& series) noexcept {
    return series.unit == "1" && series.direction == measure::Direction::none;
}

// The rows of one document, and what of the run they do not hold.
class GoogleRows {
public:
    explicit GoogleRows(bool one_suite)
        : one_suite_(one_suite) {}

    void take(const ExportedCase& one) {
        const std::string name = name_of_case(one);
        left_out_.add("metrics without a figure", one.without_figure);
        left_out_.add("suites, but as a part of the names", one_suite_ ? 0 : 1);
        if (one.failure != nullptr) {
            left_out_.add("figures of cases that did not pass", one.points.size());
            add_failure(name, *one.failure);
            return;
        }
        const history::Point* const time = figure_of(one, "time");
        if (time == nullptr || time->series.unit != "s") {
            left_out_.add("figures of cases without a time", one.points.size());
            return;
        }
        const history::Point* const wall = figure_of(one, "wall_time");
        tells_wall_time_ =
            wall != nullptr && wall->series.unit == "s" && time->series.clock != "wall";
        const history::Point* const cpu = figure_of(one, "cpu_time");
        time_is_cpu_time_ = tells_wall_time_ && cpu != nullptr && cpu->series.unit == "s" &&
                            cpu->figures->center == time->figures->center;
        add_repetitions(name, one, *time);
        for (const history::Point* point : one.points) {
            count_loss(*point);
        }
    }

    json::array rows;

    [[nodiscard]] LeftOut left_out() && { return std::move(left_out_); }

private:
    [[nodiscard]] std::string name_of_case(const ExportedCase& one) const {
        std::string name = (one_suite_ ? "" : shown_suite(one) + "/") + shown_family(one);
        for (const auto& [axis, value] : one.axes) {
            name += "/" + axis + ":" + value;
        }
        return name;
    }

    static json::object head(const std::string& name, const char* type) {
        return {{"name", name}, {"run_name", name}, {"run_type", type}};
    }

    void add_failure(const std::string& name, const history::Failure& failure) {
        json::object row = head(name, "iteration");
        if (is_skipped(failure)) {
            row["skipped"] = true;
            row["skip_message"] = failure_text(failure);
        } else {
            row["error_occurred"] = true;
            row["error_message"] = failure_text(failure);
        }
        rows.push_back(std::move(row));
    }

    // A row for every sample of the time; then, where there are several, their median as the
    // history has it.
    void
    add_repetitions(const std::string& name, const ExportedCase& one, const history::Point& time) {
        const std::size_t repetitions = observations(time).size();
        const auto number = static_cast<std::int64_t>(repetitions);
        for (std::size_t i = 0; i < std::max<std::size_t>(repetitions, 1); ++i) {
            const bool aggregate = repetitions == 0 && time.figures->n > 1;
            json::object row = head(name, aggregate ? "aggregate" : "iteration");
            if (aggregate) {
                make_median(row, name);
            } else {
                row["repetitions"] = std::max<std::int64_t>(number, 1);
                row["repetition_index"] = static_cast<std::int64_t>(i);
            }
            add_figures(row, one, i);
            rows.push_back(std::move(row));
        }
        if (repetitions > 1) {
            json::object row = head(name, "aggregate");
            make_median(row, name);
            row["repetitions"] = number;
            for (const history::Point* point : one.points) {
                put(row, *point, point->figures->center);
            }
            row["time_unit"] = "s";
            rows.push_back(std::move(row));
        }
    }

    static void make_median(json::object& row, const std::string& name) {
        row["name"] = name + "_median";
        row["aggregate_name"] = "median";
        row["aggregate_unit"] = "time";
    }

    // Sample `i` of every metric; a metric without samples stands in the first row.
    void add_figures(json::object& row, const ExportedCase& one, std::size_t i) const {
        for (const history::Point* point : one.points) {
            const std::vector<double> samples = observations(*point);
            if (i < samples.size()) {
                put(row, *point, samples[i]);
            } else if (samples.empty() && i == 0) {
                put(row, *point, point->figures->center);
            }
        }
        row["time_unit"] = "s";
    }

    void put(json::object& row, const history::Point& point, double figure) const {
        if (const std::string member = google_member(point.series, tells_wall_time_);
            !member.empty()) {
            row[member] = json_number(figure);
        }
    }

    void count_loss(const history::Point& point) {
        const std::string member = google_member(point.series, tells_wall_time_);
        if (member.empty()) {
            const bool is_time = is_seconds(point.series, "time");
            left_out_.add(is_time ? "times that are neither the wall's nor the processor's"
                                  : "metrics whose names mean something else in it",
                          is_time && time_is_cpu_time_ ? 0 : 1);
            return;
        }
        const bool counter = member == point.series.metric && member != "cpu_time";
        left_out_.add("units and directions of counters",
                      counter && !is_plain_counter(point.series) ? 1 : 0);
        left_out_.add("intervals and spreads of figures",
                      point.figures->lo || point.figures->spread ? 1 : 0);
        left_out_.add("which launch a sample is of, for a metric",
                      point.samples.launches.size() > 1 ? 1 : 0);
        left_out_.add("sketches of old samples", point.samples.sketch ? 1 : 0);
    }

    bool one_suite_;
    bool tells_wall_time_ = false, time_is_cpu_time_ = false; // of the case that is being taken
    LeftOut left_out_;
};

// The facts of the machine that google-benchmark has words for.
void add_processors(json::object& context, const history::Run& run) {
    const json::value identity(run.platform.identity);
    for (const char* const place : {"/hardware/num_cpus", "/cores"}) {
        const json::value* const number = json_at(identity, place);
        if (number != nullptr && number->is_int64()) {
            context["num_cpus"] = *number;
            return;
        }
    }
}

json::object google_context(const history::Run& run, const std::string& suite) {
    json::object context{{"date", history::timestamp_text(run.started)}};
    if (!suite.empty() && suite != kGoogleImporter) {
        context["executable"] = suite;
    }
    add_processors(context, run);
    // Further words are what --benchmark_context adds, and tools pass over.
    const std::pair<const char*, const std::string&> facts[] = {{"git_commit", run.git.sha},
                                                                {"git_branch", run.git.branch},
                                                                {"platform", run.platform.label},
                                                                {"assay_run", run.uuid}};
    for (const auto& [key, text] : facts) {
        if (!text.empty()) {
            context[key] = text;
        }
    }
    return context;
}

} // namespace

ExportText google_benchmark_text(const ExportedRun& exported) {
    const std::vector<ExportedCase> cases = exported_cases(exported.run);
    std::set<std::string> suites;
    for (const ExportedCase& one : cases) {
        suites.insert(shown_suite(one));
    }
    const bool one_suite = suites.size() == 1;
    GoogleRows made(one_suite);
    for (const ExportedCase& one : cases) {
        made.take(one);
    }
    const bool empty = made.rows.empty();
    const json::object document{
        {"context", google_context(exported.run, one_suite ? *suites.begin() : std::string())},
        {"benchmarks", std::move(made.rows)}};
    return {.text = write_json(document, JsonLayout::indented) + "\n",
            .left_out = std::move(made).left_out(),
            .empty = empty};
}

} // namespace assay::tracking

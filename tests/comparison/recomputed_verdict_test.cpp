// The document of a comparison holds everything its figures were made of: from the stored slices
// alone they come out again, byte for byte.
#include "app/comparison/comparison_document.hpp"
#include "scripted_comparison.hpp"
#include "statistics/summary.hpp"
#include "verdict/pair_figures.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace scripted;
using verdict::Verdict;

namespace {

// What stands in the document of a finished comparison.
struct Document {
    json::array cases;
    json::object comparison;
};

Document document_of(const app::ComparisonOutcome& outcome, const app::ComparisonOptions& options) {
    Document document;
    for (const app::ComparedCase& compared : outcome.cases) {
        document.cases.push_back(
            app::case_result(compared, options).extra.at("comparison").as_object());
    }
    const app::Side side;
    document.comparison = app::comparison_object(options, side, side);
    app::add_controls(document.comparison, outcome);
    return document;
}

// Every pair of every series, by its number: verdicts depend on the order over all cases.
struct StoredPair {
    std::size_t series = 0;
    verdict::Pair pair;
};

std::vector<double> doubles(const json::value& values) {
    std::vector<double> out;
    for (const json::value& value : values.as_array()) {
        out.push_back(value.to_number<double>());
    }
    return out;
}

// A column in which all slices agree is one number.
double at(const json::value& column, std::size_t row) {
    return (column.is_array() ? column.as_array().at(row) : column).to_number<double>();
}

// Seconds per iteration of the recorded slices, from what their clocks read.
std::vector<double> times_from(const json::value& slices) {
    std::vector<double> times;
    const json::value& cpu_ns = slices.at("thread_cpu_ns");
    for (std::size_t row = 0; row < cpu_ns.as_array().size(); ++row) {
        if (at(slices.at("warmup"), row) == 0) {
            times.push_back(at(cpu_ns, row) * 1e-9 / at(slices.at("done"), row));
        }
    }
    return times;
}

double median_log_ratio(const std::vector<double>& old_times,
                        const std::vector<double>& new_times) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < old_times.size(); ++i) {
        ratios.push_back(std::log(new_times.at(i) / old_times[i]));
    }
    return statistics::median(ratios);
}

void collect(const json::value& samples,
             std::size_t series,
             std::map<std::int64_t, StoredPair>& pairs) {
    for (const json::value& value : samples.as_array()) {
        const json::object& sample = value.as_object();
        const std::vector<double> old_times = doubles(sample.at("old"));
        const std::vector<double> new_times = doubles(sample.at("new"));
        CHECK(times_from(sample.at("old_slices")) == old_times);
        CHECK(times_from(sample.at("new_slices")) == new_times);
        const auto figures = verdict::pair_figures(old_times, new_times);
        REQUIRE(figures.has_value());
        CHECK(figures->x == sample.at("x").to_number<double>());
        CHECK(figures->x == doctest::Approx(median_log_ratio(old_times, new_times)));
        CHECK(figures->quiet == sample.at("quiet").to_number<double>());
        const bool first_of_its_number =
            pairs
                .emplace(sample.at("number").as_int64(),
                         StoredPair{series,
                                    {.x = figures->x,
                                     .quiet = figures->quiet,
                                     .new_is_worker_1 = sample.at("new_is_worker_1").as_bool(),
                                     .seconds = sample.at("seconds").to_number<double>()}})
                .second;
        CHECK(first_of_its_number);
    }
}

// The comparison again, from the text of its document alone.
verdict::Comparison recomputed(const json::value& cases, const json::value& comparison) {
    const auto method =
        statistics::evidence_method_from(json_string(comparison.as_object(), "method"));
    REQUIRE(method.has_value());
    verdict::Comparison again({.margin = comparison.at("margin").to_number<double>(),
                               .alpha = comparison.at("alpha").to_number<double>(),
                               .method = *method},
                              cases.as_array().size());
    std::map<std::int64_t, StoredPair> pairs;
    for (std::size_t i = 0; i < cases.as_array().size(); ++i) {
        collect(cases.as_array()[i].at("samples"), i, pairs);
    }
    const json::object& controls = comparison.at("controls").as_object();
    const json::array& nulls = controls.at("null_findings").as_array();
    const json::array& positives = controls.at("positive_findings").as_array();
    for (std::size_t i = 0; i < nulls.size(); ++i) {
        collect(nulls[i].at("samples"), again.add_null_control(), pairs);
        collect(positives.at(i).at("samples"), again.add_positive_control(), pairs);
    }
    for (const auto& [number, stored] : pairs) {
        again.add_pair(stored.series, stored.pair);
    }
    return again;
}

// Case by case another truth and another noise.
ScriptedPairs::Script varied() {
    return [random = std::mt19937_64(11)](const app::PairWish& wish) mutable {
        const bool control = &wish.old_suite == &wish.new_suite;
        const std::string& id = wish.new_request.case_id;
        const double factor = control                 ? 1
                              : id.ends_with("[n=0]") ? 1.03
                              : id.ends_with("[n=1]") ? 0.96
                                                      : 1;
        const double sd = id.ends_with("[n=3]") ? 0.2 : 0.01;
        const auto times = [&random, sd](double time) {
            return [&random, sd, time](std::uint32_t) {
                const double noise = std::normal_distribution(0.0, sd)(random);
                return static_cast<std::uint64_t>(std::llround(time * std::exp(noise)));
            };
        };
        app::PairAnswer answer;
        answer.seconds = 0.05 + 1e-6 * static_cast<double>(random() % 1000);
        answer.old_side = timed(wish.old_request, times(1'000'000));
        answer.new_side =
            timed(wish.new_request, times(1'000'000 * factor * (1 + wish.new_request.handicap)));
        for (workers::LaunchOutcome* const side : {&answer.old_side, &answer.new_side}) {
            std::vector<measure::SliceRecord>& slices = side->record.slices;
            slices.insert(slices.begin(), slices.back());
            slices.front().flags = measure::kSliceWarmup;
        }
        return answer;
    };
}

} // namespace

TEST_CASE("verdicts, e-values, ratios and intervals come out of the stored slices byte for byte") {
    const TwoBuilds builds(5);
    app::ComparisonOptions options = comparison_options();
    options.budget = std::chrono::hours(10);
    SUBCASE("by the default method") {}
    SUBCASE("by signs alone") {
        options.method = statistics::EvidenceMethod::signs;
    }
    SUBCASE("without controls") {
        options.controls = false;
    }
    ScriptedPairs pairs(varied());
    const app::ComparisonOutcome outcome =
        compare(builds, pairs, options, answer, [&] { return pairs.asked.size() > 150; });
    const Document document = document_of(outcome, options);
    const std::string cases_text = write_json(document.cases);
    const auto cases = parse_json(cases_text);
    const auto comparison = parse_json(write_json(document.comparison));
    REQUIRE(cases);
    REQUIRE(comparison);

    const verdict::Comparison again = recomputed(*cases, *comparison);
    CHECK(verdict::name_of(again.null_control()) ==
          json_string(comparison->at("controls").as_object(), "null"));
    CHECK(verdict::name_of(again.positive_control()) ==
          json_string(comparison->at("controls").as_object(), "positive"));
    app::ComparisonOutcome second = outcome;
    std::size_t decided = 0;
    for (std::size_t i = 0; i < second.cases.size(); ++i) {
        second.cases[i].finding = again.finding(i);
        decided += second.cases[i].finding.verdict != Verdict::undecided ? 1 : 0;
    }
    CHECK(decided >= 3);
    CHECK(write_json(document_of(second, options).cases) == cases_text);
    for (std::size_t i = 0; i < outcome.null_findings.size(); ++i) {
        const statistics::Evidence evidence = again.finding(outcome.cases.size() + 2 * i).evidence;
        CHECK(evidence.log_e_slower == outcome.null_findings[i].evidence.log_e_slower);
        CHECK(evidence.log_e_faster == outcome.null_findings[i].evidence.log_e_faster);
    }
}

TEST_CASE("a comparison of the same seed takes the same pairs in the same roles") {
    const TwoBuilds builds(3);
    std::string texts[2];
    for (std::string& text : texts) {
        ScriptedPairs pairs(varied());
        app::ComparisonOptions options = comparison_options();
        options.budget = std::chrono::hours(10); // the clock decides nothing here
        const app::ComparisonOutcome outcome =
            compare(builds, pairs, options, answer, [&] { return pairs.asked.size() > 40; });
        text = write_json(document_of(outcome, options).cases);
    }
    CHECK(texts[0] == texts[1]);
}

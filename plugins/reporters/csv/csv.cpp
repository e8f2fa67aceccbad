// The reporter "csv": one row per case and metric, for spreadsheets and data frames. A case without
// any metric (skipped, crashed) has one row with an empty key, so that no case is lost.
#include "record.hpp"

#include <assay/reporter.hpp>

#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace csv {
namespace {

// Columns are appended, never moved.
constexpr std::string_view kHeader =
    "id,suite,family,params,status,key,unit,direction,provenance,n,median,ci_lo,ci_hi,mean,stddev,"
    "mad,min,max,p05,p25,p75,p90,p95,p99,p999,timestamp,reason,verified,aggregate,launches,"
    "ci_level,verdict,ratio,ratio_lo,ratio_hi,pairs,instructions_old,instructions_new,"
    "statement,old,new,basis\r\n";

template <std::size_t N>
std::string_view word(const std::array<std::string_view, N>& words, std::int32_t index) {
    return index >= 0 && static_cast<std::size_t>(index) < N
               ? words[static_cast<std::size_t>(index)]
               : std::string_view("unknown");
}

std::string_view direction_word(std::int32_t direction) {
    return word(std::array<std::string_view, 3>{"none", "lower", "higher"}, direction);
}

std::string_view provenance_word(std::int32_t provenance) {
    return word(std::array<std::string_view, 4>{"unknown", "measured", "derived", "external"},
                provenance);
}

std::string_view aggregate_word(std::int32_t aggregate) {
    return word(
        std::array<std::string_view, 8>{
            "samples", "sum", "max", "last", "rate", "ratio", "min", "mean"},
        aggregate);
}

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// What all rows of one case share.
struct Case {
    std::string id, suite, family, params, status, timestamp, reason, verified;
    // Of a comparison: they stand in the row of the first metric, which is the time.
    std::string verdict, statement;
    double instructions_old = kUnknown, instructions_new = kUnknown;
    double ratio = kUnknown, low = kUnknown, high = kUnknown, pairs = kUnknown;
    double old_figure = kUnknown, new_figure = kUnknown;
};

// A metric of a comparison that measured nothing itself: it has the figures of both sides alone.
struct StoredMetric {
    std::string key, unit, verdict, reason;
    double old_figure = kUnknown, new_figure = kUnknown;
};

Case case_of(const assay::event_view& event) {
    Case result;
    result.id = event.case_id();
    result.suite = event.suite();
    const assay::document document = event.document();
    result.family = document.str("/case/family", "");
    const std::string front = result.suite + "/" + result.family + "[";
    const std::string_view params = result.id;
    if (params.starts_with(front) && params.ends_with(']')) {
        result.params = params.substr(front.size(), params.size() - front.size() - 1);
    }
    result.status = name_of(event.status());
    result.timestamp = utc_time(event.unix_ns());
    result.reason = event.text();
    result.verified = document.boolean("/case/verified", false) ? "true" : "false";
    result.verdict = document.str("/case/comparison/verdict", "");
    result.ratio = document.find_f64("/case/comparison/ratio").value_or(kUnknown);
    result.low = document.find_f64("/case/comparison/interval/0").value_or(kUnknown);
    result.high = document.find_f64("/case/comparison/interval/1").value_or(kUnknown);
    result.pairs = document.find_f64("/case/comparison/pairs").value_or(kUnknown);
    const std::string counts = "/case/comparison/evidence/counts/";
    result.instructions_old = document.find_f64(counts + "old").value_or(kUnknown);
    result.instructions_new = document.find_f64(counts + "new").value_or(kUnknown);
    result.statement = document.str("/case/comparison/statement", "");
    result.old_figure = document.find_f64("/case/comparison/old_time").value_or(kUnknown);
    result.new_figure = document.find_f64("/case/comparison/new_time").value_or(kUnknown);
    return result;
}

// The time where there is one, and then every other metric.
std::vector<StoredMetric> stored_metrics(const Case& of, const assay::document& document) {
    std::vector<StoredMetric> all;
    if (!of.verdict.empty()) {
        all.push_back({"time", "s", of.verdict, of.reason, of.old_figure, of.new_figure});
    }
    for (std::size_t i = 0;; ++i) {
        const std::string base = "/case/comparison/metrics/" + std::to_string(i);
        const auto key = document.find_str(base + "/key");
        if (!key) {
            return all;
        }
        all.push_back({std::string(*key),
                       std::string(document.str(base + "/unit", "")),
                       std::string(document.str(base + "/verdict", "")),
                       std::string(document.str(base + "/reason", "")),
                       document.find_f64(base + "/old").value_or(kUnknown),
                       document.find_f64(base + "/new").value_or(kUnknown)});
    }
}

Record& add_figures(Record& record, const assay_stats* stats) {
    const auto figure = [&](double assay_stats::*member) {
        record.number(stats == nullptr ? kUnknown : stats->*member);
    };
    for (double assay_stats::*member : {&assay_stats::median,
                                        &assay_stats::ci_lo,
                                        &assay_stats::ci_hi,
                                        &assay_stats::mean,
                                        &assay_stats::stddev,
                                        &assay_stats::mad,
                                        &assay_stats::min,
                                        &assay_stats::max,
                                        &assay_stats::p05,
                                        &assay_stats::p25,
                                        &assay_stats::p75,
                                        &assay_stats::p90,
                                        &assay_stats::p95,
                                        &assay_stats::p99,
                                        &assay_stats::p999}) {
        figure(member);
    }
    return record;
}

std::string row(const Case& of, const assay_stats* stats, bool is_first, std::string_view basis) {
    Record record;
    record.text(of.id).text(of.suite).text(of.family).text(of.params).text(of.status);
    record.text(stats == nullptr ? "" : assay::text_of(stats->key));
    record.text(stats == nullptr ? "" : assay::text_of(stats->unit));
    record.text(stats == nullptr ? "" : direction_word(stats->direction));
    record.text(stats == nullptr ? "" : provenance_word(stats->provenance));
    stats == nullptr ? record.text("") : record.count(stats->n);
    add_figures(record, stats);
    record.text(of.timestamp).text(of.reason).text(of.verified);
    record.text(stats == nullptr ? "" : aggregate_word(stats->aggregate));
    stats == nullptr ? record.text("") : record.count(stats->n_launches);
    record.number(stats == nullptr ? kUnknown : stats->ci_level);
    record.text(is_first ? of.verdict : "");
    for (const double figure :
         {of.ratio, of.low, of.high, of.pairs, of.instructions_old, of.instructions_new}) {
        record.number(is_first ? figure : kUnknown);
    }
    record.text(is_first ? of.statement : "");
    record.number(is_first ? of.old_figure : kUnknown);
    record.number(is_first ? of.new_figure : kUnknown).text(basis);
    return record.end();
}

// Everything between is of what was measured, which is nothing here.
std::string
stored_row(const Case& of, const StoredMetric& metric, bool is_first, std::string_view basis) {
    constexpr std::size_t kBetweenUnitAndTime = 18; // direction ... p999
    Record record;
    record.text(of.id).text(of.suite).text(of.family).text(of.params).text(of.status);
    record.text(metric.key).text(metric.unit);
    for (std::size_t i = 0; i < kBetweenUnitAndTime; ++i) {
        record.text("");
    }
    record.text(of.timestamp).text(metric.reason).text(of.verified).text("").text("").text("");
    record.text(metric.verdict);
    record.number(metric.old_figure > 0 ? metric.new_figure / metric.old_figure : kUnknown);
    for (const double figure :
         {of.low, of.high, of.pairs, of.instructions_old, of.instructions_new}) {
        record.number(is_first ? figure : kUnknown);
    }
    record.text(is_first ? of.statement : "");
    record.number(metric.old_figure).number(metric.new_figure).text(basis);
    return record.end();
}

class Reporter {
public:
    static constexpr std::string_view options_schema =
        R"({"type":"object","properties":{},"additionalProperties":false})";
    static constexpr std::string_view default_name = "results.csv";

    Reporter(const assay::document&, assay::sink out)
        : out_(out) {}

    void on(const assay::event_view& event) {
        if (event.kind() == assay::event_kind::run_begin) {
            basis_ = event.document().str("/comparison/basis", "");
        }
        if (event.kind() != assay::event_kind::case_end) {
            return;
        }
        std::string rows(headed_ ? std::string_view{} : kHeader);
        headed_ = true;
        const Case of = case_of(event);
        bool is_first = true;
        for (const assay_stats* stats : event.stats()) {
            rows += row(of, stats, std::exchange(is_first, false), basis_);
        }
        if (event.stats().empty() && !basis_.empty()) {
            for (const StoredMetric& metric : stored_metrics(of, event.document())) {
                rows += stored_row(of, metric, std::exchange(is_first, false), basis_);
            }
        }
        if (is_first) {
            rows += row(of, nullptr, true, basis_);
        }
        out_.write(rows);
    }

    void finish() {
        if (!headed_) {
            out_.write(kHeader);
        }
    }

private:
    assay::sink out_;
    bool headed_ = false;
    std::string basis_; // of verdicts that rest on no pairs; empty of all others
};

} // namespace
} // namespace csv

ASSAY_REPORTER("org.assay.csv",
               "csv",
               "0.1.0",
               csv::Reporter,
               "\"description\":\"one row per case and metric\",\"license\":\"Apache-2.0\"")

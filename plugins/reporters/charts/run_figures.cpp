#include "run_figures.hpp"

#include "charts/figures/distribution.hpp"
#include "charts/figures/memory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace charts_reporter {
namespace {

using namespace assay::charts;

constexpr double kWideRange = 20; // times: bars of smaller ones could not be seen any more

BarRow row_of(std::string name, const assay_stats& stats, double factor = 1) {
    return {std::move(name), stats.median * factor, stats.ci_lo * factor, stats.ci_hi * factor};
}

Tone tone_of(std::string_view verdict) {
    if (verdict == "slower") {
        return Tone::worse;
    }
    if (verdict == "faster") {
        return Tone::better;
    }
    return verdict == "same" ? Tone::same : Tone::undecided;
}

// "hit_rate" and "hit_ratio" of the whole cache; "result_hit_rate" of a layer: "result".
std::optional<std::string> cache_layer(std::string_view key) {
    for (const std::string_view word : {"hit_rate", "hit_ratio"}) {
        if (key == word) {
            return std::string{};
        }
        if (key.ends_with(word) && key.size() > word.size() + 1 &&
            key[key.size() - word.size() - 1] == '_') {
            return std::string(key.substr(0, key.size() - word.size() - 1));
        }
    }
    return std::nullopt;
}

bool is_wide(const std::vector<BarRow>& rows) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (const BarRow& row : rows) {
        if (std::isfinite(row.value) && row.value > 0) {
            least = std::min(least, row.value);
            most = std::max(most, row.value);
        }
    }
    return most > least * kWideRange;
}

} // namespace

void RunFigures::add_change(const assay::event_view& event) {
    const assay::document document = event.document();
    const auto ratio = document.find_f64("/case/comparison/ratio");
    if (!ratio) {
        return; // nothing was compared
    }
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const double low = document.find_f64("/case/comparison/interval/0").value_or(kNone);
    const double high = document.find_f64("/case/comparison/interval/1").value_or(kNone);
    changes_.add({std::string(event.case_id()),
                  *ratio - 1,
                  low - 1,
                  high - 1,
                  tone_of(document.str("/case/comparison/verdict", ""))});
}

void RunFigures::add(const assay::event_view& event) {
    ++cases_;
    const std::string id(event.case_id());
    add_change(event);
    bool is_first = true;
    for (const assay_stats* stats : event.stats()) {
        const std::string_view key = assay::text_of(stats->key);
        const bool is_time = is_first;
        is_first = false;
        if (stats->n == 0 || !std::isfinite(stats->median)) {
            continue; // not observed: it has no place in a chart of figures
        }
        if (is_time && key == "time") {
            times_.add(row_of(id, *stats));
        } else if (key == "peak_rss") {
            memory_.add(row_of(id, *stats));
        } else if (const auto layer = cache_layer(key)) {
            const double percent = assay::text_of(stats->unit) == "%" ? 1 : 100;
            hits_.add(row_of(layer->empty() ? id : id + ", " + *layer, *stats, percent));
        }
    }
}

std::vector<NamedChart> RunFigures::charts() const {
    std::vector<NamedChart> charts;
    if (!changes_.rows.empty()) {
        charts.push_back({"changes",
                          forest_chart({.title = "Change of the time of every case",
                                        .rows = changes_.rows,
                                        .more = changes_.more})});
    }
    if (!times_.rows.empty()) {
        charts.push_back({"times",
                          bar_chart({.title = "Median time of every case",
                                     .better = "lower is better",
                                     .rows = times_.rows,
                                     .log = is_wide(times_.rows),
                                     .more = times_.more})});
    }
    if (!memory_.rows.empty()) {
        charts.push_back({"memory", memory_by_case_chart({.rows = memory_.rows})});
        if (memory_.more > 0) {
            charts.back().chart.notes.push_back(std::to_string(memory_.more) +
                                                " more are not drawn");
        }
    }
    if (!hits_.rows.empty()) {
        BarFigure figure{.title = "Cache effectiveness",
                         .metric = "hits of all lookups",
                         .unit = "%",
                         .better = "higher is better",
                         .rows = hits_.rows,
                         .more = hits_.more};
        figure.most = 100;
        charts.push_back({"cache", bar_chart(figure)});
    }
    return charts;
}

std::optional<Chart> distribution_of(const assay::event_view& event) {
    if (event.stats().empty()) {
        return std::nullopt;
    }
    const assay_stats& stats = *event.stats().front();
    if (stats.samples == nullptr || stats.n == 0) {
        return std::nullopt;
    }
    const std::string unit(assay::text_of(stats.unit));
    return histogram_chart({.title = std::string(event.case_id()),
                            .metric = "time per iteration",
                            .unit = unit,
                            .samples = std::span<const double>(stats.samples, stats.n)});
}

} // namespace charts_reporter

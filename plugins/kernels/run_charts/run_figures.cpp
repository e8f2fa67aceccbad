#include "run_charts/run_figures.hpp"

#include "charts/case_names.hpp"
#include "charts/figures/distribution.hpp"
#include "charts/figures/memory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace run_charts {
namespace {

using namespace assay::charts;

constexpr double kHistogramHeight = 200; // many stand below each other
constexpr double kWideRange = 20;        // times: bars of smaller ones could not be seen any more

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

// Names as short as they can be told apart; what all share is the subtitle.
template <class Row>
std::string shorten(std::vector<Row>& rows) {
    std::vector<std::string> ids;
    ids.reserve(rows.size());
    for (const Row& row : rows) {
        ids.push_back(row.name);
    }
    CaseNames names = case_names(ids);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].full = std::move(rows[i].name);
        rows[i].name = std::move(names.names[i]);
    }
    return names.shared;
}

// Cases are measured in a shuffled order; one looks for them by name.
std::vector<BarRow> by_name(std::vector<BarRow> rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const BarRow& one, const BarRow& other) {
        return one.name < other.name;
    });
    return rows;
}

// What got slower most stands first.
std::vector<ForestRow> by_change(std::vector<ForestRow> rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const ForestRow& one, const ForestRow& other) {
        return one.change > other.change;
    });
    return rows;
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
    if (auto rows = by_change(changes_.rows); !rows.empty()) {
        const std::string shared = shorten(rows);
        charts.push_back({"changes",
                          forest_chart({.title = "Change of the time of every case",
                                        .subtitle = shared,
                                        .rows = rows,
                                        .more = changes_.more})});
    }
    if (auto rows = by_name(times_.rows); !rows.empty()) {
        const std::string shared = shorten(rows);
        charts.push_back({"times",
                          bar_chart({.title = "Median time of every case",
                                     .subtitle = shared,
                                     .better = "lower is better",
                                     .rows = rows,
                                     .log = is_wide(rows),
                                     .more = times_.more})});
    }
    if (auto rows = by_name(memory_.rows); !rows.empty()) {
        const std::string shared = shorten(rows);
        charts.push_back(
            {"memory",
             memory_by_case_chart({.subtitle = shared, .rows = rows, .more = memory_.more})});
    }
    if (auto rows = by_name(hits_.rows); !rows.empty()) {
        const std::string shared = shorten(rows);
        charts.push_back({"cache",
                          bar_chart({.title = "Cache effectiveness",
                                     .subtitle = shared,
                                     .metric = "hits of all lookups",
                                     .unit = "%",
                                     .better = "higher is better",
                                     .rows = rows,
                                     .most = 100,
                                     .more = hits_.more})});
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
    Chart chart = histogram_chart({.title = std::string(event.case_id()),
                                   .metric = "time per iteration",
                                   .unit = unit,
                                   .samples = std::span<const double>(stats.samples, stats.n)});
    chart.size.height = kHistogramHeight;
    return chart;
}

} // namespace run_charts

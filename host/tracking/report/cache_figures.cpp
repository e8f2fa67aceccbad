#include "tracking/report/cache_figures.hpp"

#include "support/json.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace assay::tracking {
namespace {

constexpr std::string_view kHitRate = "hit_rate", kHitRatio = "hit_ratio";

bool is_hit_rate(const history::Series& series) {
    const std::string_view key = series.metric;
    const auto named = [key](std::string_view word) {
        return key == word || (key.ends_with(word) && key.size() > word.size() + 1 &&
                               key[key.size() - word.size() - 1] == '_');
    };
    return (series.unit == "1" || series.unit == "%") && (named(kHitRate) || named(kHitRatio));
}

// Shares of the unit that the rules know.
double as_share(const history::Series& series, double value) {
    constexpr double kHundred = 100;
    return series.unit == "%" ? value / kHundred : value;
}

std::optional<double> number_of(const json::value& value) {
    if (value.is_int64()) {
        return static_cast<double>(value.get_int64());
    }
    if (value.is_double()) {
        return value.get_double();
    }
    return value.is_string() ? to_double(std::string_view(value.get_string())) : std::nullopt;
}

struct Capacity {
    std::string told; // "limit=65536"
    double value = 0; // below 0, which is "no limit", it is infinite
};

std::optional<Capacity> capacity_of(const json::object& params) {
    for (const auto& [key, value] : params) {
        const auto number = number_of(value);
        if (number &&
            std::ranges::find(kCapacityAxes, std::string_view(key)) != kCapacityAxes.end()) {
            const double size = *number < 0 ? std::numeric_limits<double>::infinity() : *number;
            return Capacity{.told = std::string(key) + "=" + shortest(*number), .value = size};
        }
    }
    return std::nullopt;
}

// The case without its capacity, in its run: what may be compared with each other.
std::string group_of(const ReportSeries& one) {
    const history::Series& series = one.series->row.series;
    json::object others;
    for (const auto& [key, value] : series.params) {
        if (std::ranges::find(kCapacityAxes, std::string_view(key)) == kCapacityAxes.end()) {
            others[key] = value;
        }
    }
    return series.suite + "/" + series.family + " " + canonical_json(others) + " " + series.metric +
           " " + one.newest().row.uuid;
}

std::string miss_metric(std::string metric) {
    const std::size_t at = metric.rfind("hit_");
    return at == std::string::npos ? metric : metric.replace(at, 4, "miss_");
}

// By case, metric and run.
using MissRates = std::map<std::pair<std::string, std::string>, double>;

MissRates miss_rates(std::span<const ReportSeries> series) {
    MissRates rates;
    for (const ReportSeries& one : series) {
        const history::Series& of = one.series->row.series;
        const auto& newest = one.series->points.back().figures;
        if (newest && of.metric.find("miss_rat") != std::string::npos) {
            rates.emplace(std::pair(of.case_id, of.metric + " " + one.newest().row.uuid),
                          as_share(of, newest->center));
        }
    }
    return rates;
}

struct Cache {
    CacheFigure figure;
    double capacity = 0;
};

void add_larger(std::vector<Cache>& group) {
    std::ranges::stable_sort(group, {}, &Cache::capacity);
    for (auto one = group.begin(); one != group.end(); ++one) {
        for (auto other = std::next(one); other != group.end(); ++other) {
            if (other->capacity > one->capacity) {
                one->figure.larger.push_back(
                    {.capacity = other->figure.capacity, .hit_rate = other->figure.hit_rate});
            }
        }
    }
}

} // namespace

std::vector<CacheFigure> cache_figures(std::span<const ReportSeries> series) {
    const MissRates misses = miss_rates(series);
    std::map<std::string, std::vector<Cache>> groups;
    for (const ReportSeries& one : series) {
        const history::Series& of = one.series->row.series;
        const auto& newest = one.series->points.back().figures;
        const auto capacity = capacity_of(of.params);
        if (!newest || !is_hit_rate(of) || (capacity && capacity->value == 0)) {
            continue;
        }
        const std::string& run = one.newest().row.uuid;
        Cache cache{.figure = {.of = {of.case_id, of.metric, of.platform.label, run},
                               .hit_rate = as_share(of, newest->center),
                               .capacity = capacity ? capacity->told : ""},
                    .capacity = capacity ? capacity->value : 0};
        if (const auto miss = misses.find({of.case_id, miss_metric(of.metric) + " " + run});
            miss != misses.end()) {
            cache.figure.miss_rate = miss->second;
        }
        groups[group_of(one)].push_back(std::move(cache));
    }
    std::vector<CacheFigure> all;
    for (auto& [name, group] : groups) {
        add_larger(group);
        // Of a case that was measured with several capacities the smallest speaks for all.
        all.push_back(std::move(group.front().figure));
    }
    return all;
}

} // namespace assay::tracking

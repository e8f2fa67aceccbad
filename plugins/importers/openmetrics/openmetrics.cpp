// The importer "openmetrics": the text format of Prometheus and OpenMetrics.
//
//   # TYPE http_request_duration_seconds histogram
//   http_request_duration_seconds_bucket{path="/",le="0.1"} 17
//   # EOF
#include "exposition.hpp"
#include "import_formats/instants.hpp"
#include "import_formats/line_probe.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/text_lines.hpp"
#include "own_export.hpp"

#include <assay/importer.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace openmetrics {
namespace {

namespace formats = assay::import_formats;

// The unit that the end of a name tells.
std::string unit_by_name(std::string_view name) {
    constexpr std::array<std::string_view, 6> kUnits{
        "nanoseconds", "microseconds", "milliseconds", "seconds", "minutes", "bytes"};
    const std::string_view plain =
        name.ends_with("_total") ? name.substr(0, name.size() - 6) : name;
    for (const std::string_view unit : kUnits) {
        if (plain.size() > unit.size() && plain.ends_with(unit) &&
            plain[plain.size() - unit.size() - 1] == '_') {
            return std::string(unit);
        }
    }
    return {};
}

// One series, as far as it was read.
struct Series {
    std::string name;
    Family family;
    std::vector<std::pair<std::string, std::string>> labels;
    std::vector<double> values;
    std::vector<std::pair<double, double>> buckets, quantiles; // bound and count, share and value
    double sum = assay::imported_metric::unknown, count = assay::imported_metric::unknown;
};

assay::imported_metric metric_without_figures(const Series& series) {
    const std::string unit =
        series.family.unit.empty() ? unit_by_name(series.name) : series.family.unit;
    const formats::ToolUnit meant = formats::unit_of(unit);
    const bool time = meant.dimension == formats::Dimension::time;
    const bool bytes = meant.dimension == formats::Dimension::bytes;
    assay::imported_metric metric = formats::metric_in(time    ? "time"
                                                       : bytes ? "memory"
                                                               : "value",
                                                       meant,
                                                       unit);
    if (series.family.type == "counter") {
        metric.better = assay::no_direction;
    }
    return metric;
}

// The value below which that share of the observations lies, by the line between bounds.
double percentile(const std::vector<std::pair<double, double>>& buckets, double share) {
    const double total = buckets.back().second;
    const double wanted = share * total;
    double below = 0, bound = 0;
    for (const auto& [upper, count] : buckets) {
        if (count >= wanted && count > below) {
            return std::isinf(upper) ? bound
                                     : bound + (upper - bound) * (wanted - below) / (count - below);
        }
        below = count;
        bound = upper;
    }
    return assay::imported_metric::unknown;
}

void take_distribution(Series& series, assay::imported_metric& metric) {
    const bool filled = !series.buckets.empty() && series.buckets.back().second > 0;
    const auto at = [&series, filled](double share) {
        if (filled) {
            return percentile(series.buckets, share);
        }
        for (const auto& [quantile, value] : series.quantiles) {
            if (quantile == share) {
                return value;
            }
        }
        return assay::imported_metric::unknown;
    };
    const formats::ToolUnit unit = formats::unit_of(metric.source_unit);
    metric.median = unit.to_base(at(0.5));
    metric.p95 = unit.to_base(at(0.95));
    metric.p99 = unit.to_base(at(0.99));
    if (series.count > 0) {
        metric.mean = unit.to_base(series.sum / series.count);
        constexpr double kCountMax = 9e15;
        metric.n = series.count < kCountMax ? static_cast<std::uint64_t>(series.count) : 0;
    }
}

// Of a text that was cut off the last distribution has not all of its lines: the count comes last.
bool is_whole(Series& series) {
    std::ranges::sort(series.buckets);
    return !std::isnan(series.count) &&
           (series.buckets.empty() || series.buckets.back().second == series.count);
}

assay::imported_case case_of(Series& series) {
    assay::imported_case row{.suite = {}, .name = series.name};
    for (const auto& [name, value] : series.labels) {
        row.parameters.emplace_back(name, value);
    }
    assay::imported_metric metric = metric_without_figures(series);
    if (series.values.empty()) {
        if (!is_whole(series)) {
            row.status = assay::case_status::failed;
            row.reason = "its buckets and its count do not agree";
            return row;
        }
        take_distribution(series, metric);
        if (!(series.count > 0) && std::isnan(metric.median)) {
            row.status = assay::case_status::skipped;
            row.reason = "it has no observations";
            return row;
        }
    }
    const formats::ToolUnit unit = formats::unit_of(metric.source_unit);
    for (const double value : series.values) {
        metric.samples.push_back(unit.to_base(value));
    }
    row.metrics.push_back(std::move(metric));
    return row;
}

class ExpositionReader {
public:
    void read(std::string_view bytes) {
        try {
            formats::TextLines lines(bytes);
            while (const std::optional<formats::TextLine> line = lines.next()) {
                take(*line);
            }
        } catch (const assay::damaged& damage) { // what was read before that holds
            damage_ = damage.what();
        }
    }

    void give(assay::import_output& out) {
        assay::imported_run run;
        run.tool = "OpenMetrics";
        if (latest_) {
            run.date = formats::instant_from_milliseconds(*latest_ * (ended_ ? 1000 : 1));
        }
        own_.give(out);
        if (!series_.empty() || !own_.any()) {
            out.begin(run);
        }
        for (Series& series : series_) {
            out.add(case_of(series));
        }
        if (!damage_.empty()) {
            throw assay::damaged(damage_);
        }
    }

private:
    void take(const formats::TextLine& line) {
        const std::string_view text = formats::trimmed_text(line.text);
        if (text.empty() || ended_) {
            return;
        }
        if (take_comment(text, families_)) {
            ended_ = text == "# EOF";
            return;
        }
        const std::optional<Sample> sample = sample_in(text);
        if (!line.ended || !sample) {
            if (damage_.empty()) {
                damage_ = "line " + std::to_string(line.number) +
                          (line.ended ? ": expected 'name{label=\"value\"} number'"
                                      : ": the last line was cut off");
            }
            return;
        }
        if (sample->timestamp && (!latest_ || *sample->timestamp > *latest_)) {
            latest_ = sample->timestamp;
        }
        place(*sample);
    }

    void place(const Sample& sample) {
        const auto found = family_of(sample, families_);
        if (own_.take(sample, found)) {
            return;
        }
        const std::string type = found ? found->second.type : "";
        const bool distribution =
            type == "histogram" || type == "summary" || type == "gaugehistogram";
        const bool created =
            sample.name.ends_with("_created") && (distribution || type == "counter");
        if (created || type == "info" || type == "stateset") {
            return;
        }
        const std::string_view special = type == "summary" ? "quantile" : "le";
        std::vector<std::pair<std::string, std::string>> labels;
        std::optional<double> bound;
        for (const auto& label : sample.labels) {
            if (distribution && label.first == special) {
                bound = label.second == "+Inf" ? std::optional(HUGE_VAL)
                                               : formats::read_number(label.second);
            } else {
                labels.push_back(label);
            }
        }
        Series& series = series_of(distribution ? found->first : sample.name, labels);
        series.family = found ? found->second : Family{};
        if (!distribution) {
            series.values.push_back(sample.value);
        } else if (sample.name.ends_with("_sum")) {
            series.sum = sample.value;
        } else if (sample.name.ends_with("_count")) {
            series.count = sample.value;
        } else if (bound) {
            (type == "summary" ? series.quantiles : series.buckets)
                .emplace_back(*bound, sample.value);
        }
    }

    Series& series_of(const std::string& name,
                      const std::vector<std::pair<std::string, std::string>>& labels) {
        std::string key = name;
        for (const auto& [label, value] : labels) {
            key.append(1, '\0').append(label).append(1, '\0').append(value);
        }
        const auto [at, added] = index_.try_emplace(key, series_.size());
        if (added) {
            series_.push_back({.name = name,
                               .family = {},
                               .labels = labels,
                               .values = {},
                               .buckets = {},
                               .quantiles = {}});
        }
        return series_[at->second];
    }

    Families families_;
    OwnExport own_;
    std::vector<Series> series_; // in the order of the file
    std::map<std::string, std::size_t> index_;
    std::optional<double> latest_;
    std::string damage_;
    bool ended_ = false;
};

class OpenMetrics {
public:
    static constexpr std::string_view extensions = ".txt,.prom";

    static int probe(const assay::probed_file& file) {
        Families families;
        std::size_t samples = 0, typed = 0, others = 0;
        const std::size_t known = formats::lines_like(file.head, [&](std::string_view line) {
            const std::string_view text = formats::trimmed_text(line);
            if (text.empty() || take_comment(text, families)) {
                return false;
            }
            const std::optional<Sample> sample = sample_in(text);
            samples += sample ? 1 : 0;
            others += sample ? 0 : 1;
            typed += sample && family_of(*sample, families) ? 1 : 0;
            return sample && !sample->labels.empty();
        });
        const bool pure = others <= (file.is_whole() ? 0U : 1U); // what is shown may end in a line
        return !pure                              ? 0
               : typed > 0 && typed * 2 > samples ? 95
               : known > 0 && known == samples    ? 50
                                                  : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        ExpositionReader reader;
        reader.read(file.bytes);
        reader.give(out);
    }
};

} // namespace
} // namespace openmetrics

ASSAY_IMPORTER("org.assay.import.openmetrics",
               "openmetrics",
               "0.1.0",
               openmetrics::OpenMetrics,
               R"("description":"text of OpenMetrics and Prometheus","license":"Apache-2.0")")

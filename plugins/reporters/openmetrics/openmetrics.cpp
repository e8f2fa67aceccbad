// The reporter "openmetrics": a run as a page that Prometheus scrapes, or its textfile collector
// reads. Every metric of every case that passed, as the median of its launches; times also as
// histograms where that is asked for; and what the replaced NFCS system had names for, under those.
#include "exposition.hpp"
#include "nfcs_names.hpp"

#include <assay/reporter.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace openmetrics {
namespace {

std::string_view direction_text(std::int32_t direction) {
    return direction == ASSAY_DIR_LOWER_IS_BETTER    ? ", lower is better"
           : direction == ASSAY_DIR_HIGHER_IS_BETTER ? ", higher is better"
                                                     : "";
}

// "n" and "64" of sums/add[n=64,dtype=f32].
Labels params_of(std::string_view id) {
    Labels params;
    const std::size_t open = id.find('[');
    if (open == std::string_view::npos || !id.ends_with(']')) {
        return params;
    }
    std::string_view rest = id.substr(open + 1, id.size() - open - 2);
    while (!rest.empty()) {
        const std::string_view one = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        if (const std::size_t equals = one.find('='); equals != std::string_view::npos) {
            params.emplace_back(one.substr(0, equals), one.substr(equals + 1));
        }
    }
    return params;
}

std::string value_of(const Labels& labels, std::string_view name) {
    for (const auto& [key, value] : labels) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

class Reporter {
public:
    static constexpr std::string_view options_schema = R"({
  "type": "object",
  "properties": {
    "format": {"type": "string", "enum": ["openmetrics", "prometheus"], "default": "openmetrics",
               "description": "OpenMetrics 1.0, or the text format 0.0.4"},
    "histograms": {"type": "boolean", "default": false,
                   "description": "times also as assay_time_distribution_seconds"}
  },
  "additionalProperties": false
})";
    static constexpr std::string_view default_name = "metrics.prom";

    Reporter(const assay::document& options, assay::sink out)
        : out_(out)
        , format_(options.str("/format", "openmetrics") == "prometheus" ? Format::prometheus
                                                                        : Format::openmetrics)
        , with_histograms_(options.boolean("/histograms", false)) {}

    void on(const assay::event_view& event) {
        if (event.kind() == assay::event_kind::run_begin) {
            platform_ = event.document().str("/run/platform/label", "");
        } else if (event.kind() == assay::event_kind::case_end) {
            take_case(event);
        }
    }

    void finish() {
        text_.gauge({"assay_run_timestamp_seconds", "seconds", "when the last case ended"},
                    platform_.empty() ? Labels{} : Labels{{"platform", platform_}},
                    last_s_);
        out_.write(text_.written(format_));
    }

private:
    void take_case(const assay::event_view& event) {
        const std::string id(event.case_id()), suite(event.suite());
        const std::string family = event.document().str("/case/family", "");
        const Labels params = params_of(id);
        Labels about{{"case", id}, {"suite", suite}, {"family", family}};
        for (const auto& [name, value] : params) {
            about.emplace_back("param_" + metric_name(name), value);
        }
        if (!platform_.empty()) {
            about.emplace_back("platform", platform_);
        }
        last_s_ = static_cast<double>(event.unix_ns()) * 1e-9;
        const bool passed = event.status() == assay::case_status::passed;
        text_.gauge({"assay_case_passed", "", "1: the case passed and was verified; 0: it did not"},
                    about,
                    passed ? 1 : 0);
        for (const assay_stats* one : event.stats()) {
            if (passed && one->n > 0) { // a figure of a case that failed is no figure
                take_metric(*one, about);
                take_nfcs(*one, id, suite, family, params);
            }
        }
    }

    void take_metric(const assay_stats& stats, const Labels& about) {
        const std::string key(assay::text_of(stats.key)), unit(assay::text_of(stats.unit));
        const std::string ending = unit_name(unit);
        std::string name = "assay_" + metric_name(key);
        if (!ending.empty() && !name.ends_with("_" + ending)) {
            name += "_" + ending;
        }
        text_.gauge({name, ending, key + std::string(direction_text(stats.direction))},
                    about,
                    stats.median);
        if (with_histograms_ && key == "time") {
            text_.histogram({"assay_time_distribution_seconds", "seconds", "samples of time"},
                            about,
                            samples_of(stats),
                            usual_bounds());
        }
    }

    void take_nfcs(const assay_stats& stats,
                   const std::string& id,
                   const std::string& suite,
                   const std::string& family,
                   const Labels& params) {
        for (const KnownName& known : nfcs_names(suite, family, assay::text_of(stats.key))) {
            Labels labels{{"case", id}}; // several may have one label of theirs
            if (!known.label.empty()) {
                labels.emplace_back(known.label, value_of(params, known.axis));
            }
            const Family named{
                std::string(known.name), std::string(known.unit), std::string(known.help)};
            if (known.type == NfcsType::histogram) {
                text_.histogram(named, labels, samples_of(stats), known.bounds);
            } else {
                text_.gauge(named, labels, stats.median * known.scale);
            }
        }
    }

    static std::span<const double> samples_of(const assay_stats& stats) {
        return stats.samples == nullptr ? std::span<const double>()
                                        : std::span(stats.samples, stats.n);
    }

    assay::sink out_;
    Format format_;
    bool with_histograms_;
    double last_s_ = std::nan("");
    std::string platform_;
    Exposition text_;
};

} // namespace
} // namespace openmetrics

ASSAY_REPORTER("org.assay.openmetrics",
               "openmetrics",
               "0.1.0",
               openmetrics::Reporter,
               "\"description\":\"metrics for Prometheus\",\"license\":\"Apache-2.0\"")

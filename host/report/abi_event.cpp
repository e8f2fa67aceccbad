#include "report/abi_event.hpp"

#include "report/utf8_text.hpp"

#include <limits>

namespace assay::report {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

assay_str lend(const std::string& text) {
    return text.empty() ? assay_str{nullptr, 0} : assay_str{text.data(), text.size()};
}

void set_figures(assay_stats& stats, const statistics::Summary& summary) {
    const bool known = summary.n != 0;
    const auto figure = [known](double value) { return known ? value : kUnknown; };
    stats.min = figure(summary.min);
    stats.max = figure(summary.max);
    stats.mean = figure(summary.mean);
    stats.median = figure(summary.median);
    stats.stddev = figure(summary.stddev);
    stats.mad = figure(summary.mad);
    stats.cv = figure(summary.cv);
    stats.p05 = figure(summary.p05);
    stats.p25 = figure(summary.p25);
    stats.p75 = figure(summary.p75);
    stats.p90 = figure(summary.p90);
    stats.p95 = figure(summary.p95);
    stats.p99 = figure(summary.p99);
    stats.p999 = figure(summary.p999);
    stats.ci_lo = known && summary.interval ? summary.interval->low : kUnknown;
    stats.ci_hi = known && summary.interval ? summary.interval->high : kUnknown;
    stats.ci_level = summary.interval_level;
}

} // namespace

AbiEvent::AbiEvent(const Event& event)
    : suite_(valid_utf8(event.suite))
    , case_id_(valid_utf8(event.case_id))
    , text_(valid_utf8(event.text))
    , json_(write_json(to_json(event))) {
    event_.struct_size = sizeof event_;
    event_.kind = static_cast<std::int32_t>(event.kind);
    event_.seq = event.sequence;
    event_.unix_ns = event.unix_ns;
    if (event.result != nullptr) {
        const CaseResult& result = *event.result;
        suite_ = suite_.empty() ? valid_utf8(result.suite) : suite_;
        case_id_ = case_id_.empty() ? valid_utf8(result.id) : case_id_;
        text_ = text_.empty() ? valid_utf8(result.reason) : text_;
        event_.status = static_cast<std::int32_t>(result.status);
        event_.shape = static_cast<std::int32_t>(result.shape);
        figures_.reserve(result.metrics.size());
        stats_.reserve(result.metrics.size());
        for (const MetricResult& metric : result.metrics) {
            add_metric(metric);
        }
    } else if (event.kind == EventKind::log) {
        event_.status = event.level;
    }
    event_.suite = lend(suite_);
    event_.case_id = lend(case_id_);
    event_.text = lend(text_);
    event_.json = lend(json_);
    event_.n_stats = static_cast<std::uint32_t>(stats_.size());
    event_.stats = stats_.empty() ? nullptr : stats_.data();
}

void AbiEvent::add_metric(const MetricResult& metric) {
    Figures& held = figures_.emplace_back();
    held.key = valid_utf8(metric.key);
    held.unit = valid_utf8(metric.unit);
    held.launch_medians = metric.summary.launch_medians;
    for (const std::vector<double>& launch : metric.launches) {
        held.samples.insert(held.samples.end(), launch.begin(), launch.end());
    }
    assay_stats& stats = held.stats;
    stats = {};
    stats.struct_size = sizeof stats;
    stats.direction = static_cast<std::int32_t>(metric.direction);
    stats.key = lend(held.key);
    stats.unit = lend(held.unit);
    stats.provenance = static_cast<std::int32_t>(metric.provenance);
    stats.aggregate = static_cast<std::int32_t>(metric.aggregate);
    stats.clock = static_cast<std::int32_t>(metric.clock);
    stats.flags = metric.flags;
    stats.n = metric.summary.n;
    stats.iterations = metric.iterations;
    stats.n_launches = held.launch_medians.size();
    stats.preempted = metric.preempted;
    stats.faulted = metric.faulted;
    stats.migrated = metric.migrated;
    stats.outliers_mild = metric.summary.outliers.mild;
    stats.outliers_severe = metric.summary.outliers.severe;
    set_figures(stats, metric.summary);
    // The ABI promises `n` samples behind the pointer: an incomplete list is not lent at all.
    stats.samples = held.samples.size() == stats.n && stats.n != 0 ? held.samples.data() : nullptr;
    stats.launch_medians = held.launch_medians.empty() ? nullptr : held.launch_medians.data();
    stats_.push_back(&stats);
}

} // namespace assay::report

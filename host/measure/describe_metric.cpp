#include "measure/abi_field.hpp"
#include "measure/describe_family.hpp"

#include <algorithm>
#include <array>

namespace assay::measure {
namespace {

// Keys the host itself fills (architecture, settled question 2).
constexpr std::array<std::string_view, 12> kReservedKeys{"time",
                                                         "wall_time",
                                                         "cpu_time",
                                                         "setup_time",
                                                         "first_iteration",
                                                         "peak_rss",
                                                         "instructions",
                                                         "allocations",
                                                         "items_rate",
                                                         "bytes_rate",
                                                         "speedup",
                                                         "time_saved"};

Error wrong_metric(const std::string& field, const std::string& what) {
    return Error{ErrorKind::plugin, field + (what.starts_with('.') ? "" : " ") + what, {}};
}

Direction direction_of(std::int32_t direction) noexcept {
    switch (direction) {
    case ASSAY_DIR_LOWER_IS_BETTER:
        return Direction::lower;
    case ASSAY_DIR_HIGHER_IS_BETTER:
        return Direction::higher;
    default: // unknown values count as the zero value
        return Direction::none;
    }
}

Aggregate aggregate_of(std::int32_t aggregate) noexcept {
    const bool known = aggregate >= ASSAY_AGG_SAMPLES && aggregate <= ASSAY_AGG_MEAN;
    return known ? static_cast<Aggregate>(aggregate) : Aggregate::samples;
}

bool is_sum(const std::vector<MetricDescription>& metrics, std::uint32_t index) noexcept {
    return index < metrics.size() && metrics[index].aggregate == Aggregate::sum;
}

} // namespace

Result<MetricDescription> describe_metric(const assay_metric_def* metric,
                                          const std::string& field) {
    if (metric == nullptr) {
        return wrong_metric(field, "is NULL");
    }
    if (!has_field(*metric, &assay_metric_def::unit) || metric->struct_size > kAbiStructBytesMax) {
        return wrong_metric(field,
                            ".struct_size is " + std::to_string(metric->struct_size) +
                                ", expected " + std::to_string(sizeof(assay_metric_def)));
    }
    MetricDescription copy;
    copy.key = copy_text(metric->key);
    if (!is_name(copy.key, true)) {
        return wrong_metric(field, ".key is '" + copy.key + "', expected [a-z0-9_.]+");
    }
    if (std::find(kReservedKeys.begin(), kReservedKeys.end(), copy.key) != kReservedKeys.end()) {
        return wrong_metric(field, ".key is '" + copy.key + "', which the host itself reports");
    }
    if (metric->provenance < ASSAY_PROV_MEASURED || metric->provenance > ASSAY_PROV_EXTERNAL) {
        return wrong_metric(field,
                            "('" + copy.key + "').provenance is " +
                                std::to_string(metric->provenance) +
                                ", expected 1 to 3 (measured, derived, external)");
    }
    copy.unit = copy_text(metric->unit);
    if (copy.unit.empty()) {
        return wrong_metric(field,
                            "('" + copy.key + "').unit is empty, expected a UCUM unit such as '1'");
    }
    copy.help = copy_text(field_or(*metric, &assay_metric_def::help, assay_str{}));
    copy.companion = copy_text(field_or(*metric, &assay_metric_def::companion, assay_str{}));
    copy.direction = direction_of(metric->direction);
    copy.aggregate = aggregate_of(metric->aggregate);
    copy.provenance = static_cast<Provenance>(metric->provenance);
    copy.flags = metric->flags;
    copy.numerator = metric->numerator;
    copy.denominator = metric->denominator;
    if ((copy.flags & ASSAY_METRIC_GATE) != 0 && copy.direction == Direction::none) {
        return wrong_metric(field,
                            "('" + copy.key +
                                "') has the flag GATE but direction 0, expected 1 (lower is "
                                "better) or 2 (higher is better)");
    }
    return copy;
}

std::string metrics_fault(const std::vector<MetricDescription>& metrics) {
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        const MetricDescription& metric = metrics[i];
        const std::string field = "metrics[" + std::to_string(i) + "] ('" + metric.key + "')";
        const auto same_key = [&](const MetricDescription& other) {
            return other.key == metric.key;
        };
        const auto end_before = metrics.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(metrics.begin(), end_before, same_key)) {
            return field + ".key is there twice";
        }
        if (metric.aggregate == Aggregate::ratio && !is_sum(metrics, metric.numerator)) {
            return field + ".numerator is " + std::to_string(metric.numerator) +
                   ", expected the index of a metric that is a SUM";
        }
        if (metric.aggregate == Aggregate::ratio && !is_sum(metrics, metric.denominator)) {
            return field + ".denominator is " + std::to_string(metric.denominator) +
                   ", expected the index of a metric that is a SUM";
        }
        const auto is_companion = [&](const MetricDescription& other) {
            return other.key == metric.companion && other.key != metric.key;
        };
        if (!metric.companion.empty() &&
            std::none_of(metrics.begin(), metrics.end(), is_companion)) {
            return field + ".companion is '" + metric.companion +
                   "', expected the key of another metric of this family";
        }
    }
    return {};
}

} // namespace assay::measure

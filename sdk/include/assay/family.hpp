// A family while it is being declared: axes, metrics and what the host must know about it.
//
//   s.independent<lookup>("lookup")
//       .axis("n", {1024, 65536}).unit("{entry}").quick(1)
//       .axis("impl", {"map", "hash"}).variant("map")
//       .metric("hits", "{hit}", assay::higher, assay::sum)
//       .metric("lookups", "{lookup}", assay::no_direction, assay::sum)
//       .metric("hit_rate", "1", assay::higher, assay::ratio("hits", "lookups")).exact()
//       .domains(assay::memory).tags("cache", "fast");
//
// unit(), help() and so on right after axis() or metric() belong to that axis or metric; every
// other member belongs to the family and may follow anywhere. Used in the body of ASSAY_SUITE only.
#pragma once

#include "detail/declarations.hpp"
#include "words.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

// The words of a declaration. `using namespace assay::words;` brings them alone into a body.
inline namespace words {

// How the observations of one launch become one figure.
struct aggregate {
    std::int32_t kind = ASSAY_AGG_SAMPLES;
    std::string_view numerator, denominator;
};

inline constexpr aggregate samples{ASSAY_AGG_SAMPLES, {}, {}}; // the median of the observations
inline constexpr aggregate sum{ASSAY_AGG_SUM, {}, {}};
inline constexpr aggregate max{ASSAY_AGG_MAX, {}, {}};
inline constexpr aggregate min{ASSAY_AGG_MIN, {}, {}};
inline constexpr aggregate mean{ASSAY_AGG_MEAN, {}, {}};
inline constexpr aggregate last{ASSAY_AGG_LAST, {}, {}};
inline constexpr aggregate rate{ASSAY_AGG_RATE, {}, {}}; // sum / seconds of the case's clock

// Sum of one metric / sum of another; both are metrics of this family that aggregate by sum.
constexpr aggregate ratio(std::string_view numerator, std::string_view denominator) noexcept {
    return {ASSAY_AGG_RATIO, numerator, denominator};
}

enum class provenance : std::int32_t {
    measured = ASSAY_PROV_MEASURED,
    derived = ASSAY_PROV_DERIVED,
    external = ASSAY_PROV_EXTERNAL
};

enum class domain : std::uint32_t {
    cores = ASSAY_DOMAIN_CORES,
    memory = ASSAY_DOMAIN_MEMORY,
    disk = ASSAY_DOMAIN_DISK,
    network = ASSAY_DOMAIN_NETWORK,
    gpu = ASSAY_DOMAIN_GPU
};
inline constexpr domain cores = domain::cores;
inline constexpr domain memory = domain::memory;
inline constexpr domain disk = domain::disk;
inline constexpr domain network = domain::network;
inline constexpr domain gpu = domain::gpu;

} // namespace words

class axis_builder;
class metric_builder;

class family_builder {
public:
    explicit family_builder(detail::family_record& record) noexcept
        : record_(&record) {}

    // Values of one type: integers, floating point (integers among them are converted), bools,
    // text.
    axis_builder axis(std::string_view name, std::initializer_list<axis_value> values);
    template <std::ranges::input_range Values>
    requires std::convertible_to<std::ranges::range_reference_t<Values>, axis_value>
        axis_builder axis(std::string_view name, Values&& values);

    // key: [a-z0-9_.]+; unit: UCUM ("ns", "By", "{hit}", "1"). Reported with context::metric().
    metric_builder metric(std::string_view key,
                          std::string_view unit,
                          assay::direction better,
                          assay::aggregate how = assay::samples);

    family_builder help(std::string_view text) { return record_->help = text, *this; }

    template <class... Tags>
    family_builder tags(const Tags&... tags) {
        (record_->add_tag(tags), ...);
        return *this;
    }

    // At most `n` lanes enter operator() or run() of one case object at once.
    family_builder lanes(std::uint32_t n) {
        record_->max_lanes = n;
        return flag(ASSAY_CASE_THREADS, n > 1);
    }

    // What a timed batch loads, and is disturbed through. Default: cores and memory.
    template <class... Domains>
    family_builder domains(Domains... domains) {
        record_->domains = (static_cast<std::uint32_t>(assay::domain(domains)) | ... | 0u);
        return *this;
    }

    // The smallest relative change of time that matters: 0.02 = 2 %.
    family_builder margin(double fraction) { return record_->margin = fraction, *this; }

    family_builder timeout(std::chrono::duration<double> limit) {
        return record_->timeout_s = limit.count(), *this;
    }

    family_builder clock(assay::clock primary) {
        return record_->clock = static_cast<std::int32_t>(primary), *this;
    }

    family_builder max_iterations(std::uint64_t of_one_batch) {
        return record_->max_iterations = of_one_batch, *this;
    }

    // Memory that the inputs and outputs of one iteration hold. Default: sizeof(input) +
    // sizeof(output).
    family_builder bytes_per_iteration(std::uint64_t bytes) {
        return record_->bytes_per_iteration = bytes, *this;
    }

    // Equal seed and iterations execute the same instructions: counts are comparable.
    family_builder deterministic() { return flag(ASSAY_CASE_DETERMINISTIC); }

    // Iterations change what later ones cost.
    family_builder stateful() { return flag(ASSAY_CASE_STATEFUL); }

    // Nothing else may be measured at the same time.
    family_builder exclusive() { return flag(ASSAY_CASE_EXCLUSIVE); }

    // Forks, installs signal handlers or allocates without bound: never inside the host.
    family_builder no_inproc() { return flag(ASSAY_CASE_NO_INPROC); }

protected:
    family_builder flag(std::uint32_t bit, bool on = true) {
        record_->flags = on ? record_->flags | bit : record_->flags & ~bit;
        return *this;
    }

    detail::family_record* record_;
};

// Members that belong to the axis just declared.
class axis_builder : public family_builder {
public:
    explicit axis_builder(detail::family_record& record) noexcept
        : family_builder(record) {}

    axis_builder unit(std::string_view text) { return own().unit = text, *this; }

    axis_builder help(std::string_view text) { return own().help = text, *this; }

    // Advances together with the axis before it instead of crossing it; both have as many values.
    axis_builder zip() { return own().mode = ASSAY_AXIS_ZIP, *this; }

    // The values are ways to do the same work; the host reports the speed-up against `reference`.
    axis_builder variant(const axis_value& reference) {
        own().flags |= ASSAY_AXIS_VARIANT;
        own().reference = own().index_of(reference);
        return *this;
    }

    // The values of the modes quick and standard: the first n, or those listed. Default: all.
    template <std::integral N>
    axis_builder quick(N first) {
        return own().quick_mask = own().first(static_cast<std::uint64_t>(first)), *this;
    }

    axis_builder quick(std::initializer_list<axis_value> values) {
        return own().quick_mask = own().mask_of(values), *this;
    }

    template <std::integral N>
    axis_builder standard(N first) {
        return own().standard_mask = own().first(static_cast<std::uint64_t>(first)), *this;
    }

    axis_builder standard(std::initializer_list<axis_value> values) {
        return own().standard_mask = own().mask_of(values), *this;
    }

private:
    detail::axis_record& own() { return record_->axes.back(); }
};

// Members that belong to the metric just declared.
class metric_builder : public family_builder {
public:
    explicit metric_builder(detail::family_record& record) noexcept
        : family_builder(record) {}

    metric_builder help(std::string_view text) { return own().help = text, *this; }

    metric_builder provenance(assay::provenance from) {
        return own().provenance = static_cast<std::int32_t>(from), *this;
    }

    // Computed from other figures or from a model; say how in help().
    metric_builder derived() { return provenance(assay::provenance::derived); }

    // Told by another program.
    metric_builder external() { return provenance(assay::provenance::external); }

    // The same seed gives the same figure: compared for equality.
    metric_builder exact() { return own().flags |= ASSAY_METRIC_EXACT, *this; }

    // Candidate for gating; needs a direction.
    metric_builder gate() { return own().flags |= ASSAY_METRIC_GATE, *this; }

    // The metric without which this one says nothing (latency: recall).
    metric_builder companion(std::string_view key) { return own().companion = key, *this; }

private:
    detail::metric_record& own() { return record_->metrics.back(); }
};

inline axis_builder family_builder::axis(std::string_view name,
                                         std::initializer_list<axis_value> values) {
    record_->add_axis(name, std::vector<axis_value>(values));
    return axis_builder(*record_);
}

template <std::ranges::input_range Values>

requires std::convertible_to<std::ranges::range_reference_t<Values>, axis_value>
    axis_builder family_builder::axis(std::string_view name, Values&& values) {
    std::vector<axis_value> copied;
    for (auto&& value : values) {
        copied.emplace_back(value);
    }
    record_->add_axis(name, std::move(copied));
    return axis_builder(*record_);
}

inline metric_builder family_builder::metric(std::string_view key,
                                             std::string_view unit,
                                             assay::direction better,
                                             assay::aggregate how) {
    detail::metric_record metric;
    metric.key = key;
    metric.unit = unit;
    metric.direction = static_cast<std::int32_t>(better);
    metric.aggregate = how.kind;
    metric.numerator = how.numerator;
    metric.denominator = how.denominator;
    record_->add_metric(std::move(metric));
    return metric_builder(*record_);
}

} // namespace assay

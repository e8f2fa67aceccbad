// What a suite declared, owned as C++ values, and its translation into the structs of the ABI.
// Filled by the builders of family.hpp, frozen once, read by the host for as long as it lives.
#pragma once

#include "../errors.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace assay {

// One value of an axis, of the type it is written in.
class axis_value {
public:
    template <class T>

    requires std::integral<T> || std::floating_point<T>
    axis_value(T number) // NOLINT: implicit, so that an axis is written as a plain list
        : type_(std::same_as<T, bool>    ? ASSAY_T_BOOL
                : std::floating_point<T> ? ASSAY_T_F64
                                         : ASSAY_T_I64) {
        if constexpr (std::floating_point<T>) {
            f64_ = static_cast<double>(number);
        } else {
            i64_ = static_cast<std::int64_t>(number);
        }
    }
    template <class T>

    requires std::convertible_to<const T&, std::string_view>
    axis_value(T const& text) // NOLINT: implicit, as above
        : type_(ASSAY_T_STR)
        , str_(std::string_view(text)) {}

    [[nodiscard]] std::int32_t type() const noexcept { return type_; }

    [[nodiscard]] bool operator==(const axis_value&) const = default;

    void become_f64() noexcept {
        if (type_ == ASSAY_T_I64) {
            f64_ = static_cast<double>(i64_);
            i64_ = 0;
            type_ = ASSAY_T_F64;
        }
    }

    // Borrows the text: valid as long as this object stays where it is.
    [[nodiscard]] assay_value to_abi() const noexcept {
        assay_value value{};
        value.type = type_;
        if (type_ == ASSAY_T_F64) {
            value.u.f64 = f64_;
        } else if (type_ == ASSAY_T_STR) {
            value.u.str = as_abi(str_);
        } else {
            value.u.i64 = i64_;
        }
        return value;
    }

private:
    std::int32_t type_;
    std::int64_t i64_ = 0;
    double f64_ = 0;
    std::string str_;
};

namespace detail {

// A mistake in a declaration: the library is refused with this text.
[[noreturn]] inline void refuse(const std::string& text) {
    throw failure(ASSAY_E_STATE, text);
}

struct axis_record {
    std::string name, unit, help;
    std::uint32_t mode = ASSAY_AXIS_CROSS, flags = 0, reference = 0;
    std::uint64_t quick_mask = 0, standard_mask = 0;
    std::vector<axis_value> values;
    std::vector<assay_value> abi_values;

    [[nodiscard]] std::uint32_t index_of(axis_value value) const {
        if (!values.empty() && values.front().type() == ASSAY_T_F64) {
            value.become_f64();
        }
        const auto found = std::find(values.begin(), values.end(), value);
        if (found == values.end()) {
            refuse("axis '" + name + "': a value that the axis does not have was named");
        }
        return static_cast<std::uint32_t>(found - values.begin());
    }

    // The ABI's masks cover the first 64 values; those behind belong to every mode.
    [[nodiscard]] std::uint64_t first(std::uint64_t n) const {
        if (n == 0 || n > values.size()) {
            refuse("axis '" + name + "': a mode needs between 1 and all of its values");
        }
        return n >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
    }

    [[nodiscard]] std::uint64_t mask_of(std::initializer_list<axis_value> chosen) const {
        std::uint64_t mask = 0;
        for (const axis_value& value : chosen) {
            std::uint32_t const index = index_of(value);
            mask |= index < 64 ? std::uint64_t{1} << index : 0;
        }
        return mask;
    }
};

struct metric_record {
    std::string key, unit, help, companion, numerator, denominator;
    std::int32_t direction = ASSAY_DIR_NONE, aggregate = ASSAY_AGG_SAMPLES,
                 provenance = ASSAY_PROV_MEASURED;
    std::uint32_t flags = 0;
};

class case_base;
class case_setup;
// Makes the case object: the author's constructor runs in it.
using case_maker = case_base* (*)(const case_setup&);

struct family_record {
    std::string name, help, tags;
    std::int32_t shape = 0, clock = ASSAY_CLOCK_AUTO;
    std::uint32_t flags = 0, domains = 0, max_lanes = 1;
    std::uint64_t max_iterations = 0, bytes_per_iteration = 0;
    double timeout_s = 0, margin = 0;
    bool has_verify = false, has_lanes = false, has_prepare = false, has_finish = false;
    case_maker make = nullptr;
    std::vector<axis_record> axes;
    std::vector<metric_record> metrics;

    void add_tag(std::string_view tag) {
        tags += (tags.empty() ? "" : ",");
        tags += tag;
    }

    void add_axis(std::string_view axis, std::vector<axis_value> values) {
        if (values.empty()) {
            refuse("family '" + name + "', axis '" + std::string(axis) + "' has no values");
        }
        if (std::any_of(axes.begin(), axes.end(), [&](auto& a) { return a.name == axis; })) {
            refuse("family '" + name + "' has two axes '" + std::string(axis) + "'");
        }
        const bool real = std::any_of(
            values.begin(), values.end(), [](auto& v) { return v.type() == ASSAY_T_F64; });
        for (axis_value& value : values) {
            if (real) {
                value.become_f64();
            }
            if (value.type() != values.front().type()) {
                refuse("family '" + name + "', axis '" + std::string(axis) +
                       "' mixes values of different types");
            }
        }
        axis_record record;
        record.name = axis;
        record.values = std::move(values);
        axes.push_back(std::move(record));
    }

    void add_metric(metric_record metric) {
        if (find_metric(metric.key)) {
            refuse("family '" + name + "' has two metrics '" + metric.key + "'");
        }
        metrics.push_back(std::move(metric));
    }

    [[nodiscard]] std::optional<std::uint32_t> find_metric(std::string_view key) const noexcept {
        for (std::uint32_t i = 0; i < metrics.size(); ++i) {
            if (metrics[i].key == key) {
                return i;
            }
        }
        return std::nullopt;
    }

    // Translates into the structs of the ABI. Call once, when nothing is declared any more and the
    // record stays where it is.
    void freeze(std::uint64_t user);

    [[nodiscard]] const assay_case_def& definition() const noexcept { return abi_; }

private:
    [[nodiscard]] std::uint32_t sum_metric(const metric_record& ratio,
                                           const std::string& key) const {
        const auto index = find_metric(key);
        if (!index || metrics[*index].aggregate != ASSAY_AGG_SUM) {
            refuse("family '" + name + "': the ratio '" + ratio.key + "' names '" + key +
                   "', which is not a metric with the aggregate sum");
        }
        return *index;
    }

    void freeze_axes();
    void freeze_metrics();

    assay_case_def abi_{};
    std::vector<assay_axis> abi_axes_;
    std::vector<assay_metric_def> abi_metrics_;
    std::vector<const assay_axis*> axis_list_;
    std::vector<const assay_metric_def*> metric_list_;
};

inline void family_record::freeze_axes() {
    abi_axes_.clear();
    axis_list_.clear();
    abi_axes_.reserve(axes.size());
    for (axis_record& axis : axes) {
        axis.abi_values.clear();
        for (const axis_value& value : axis.values) {
            axis.abi_values.push_back(value.to_abi());
        }
        assay_axis abi{};
        abi.struct_size = sizeof abi;
        abi.type = axis.values.front().type();
        abi.mode = axis.mode;
        abi.n_values = static_cast<std::uint32_t>(axis.abi_values.size());
        abi.name = as_abi(axis.name);
        abi.unit = as_abi(axis.unit);
        abi.help = as_abi(axis.help);
        abi.values = axis.abi_values.data();
        abi.flags = axis.flags;
        abi.reference = axis.reference;
        abi.quick_mask = axis.quick_mask;
        abi.standard_mask = axis.standard_mask;
        axis_list_.push_back(&abi_axes_.emplace_back(abi));
    }
}

inline void family_record::freeze_metrics() {
    abi_metrics_.clear();
    metric_list_.clear();
    abi_metrics_.reserve(metrics.size());
    for (const metric_record& metric : metrics) {
        assay_metric_def abi{};
        abi.struct_size = sizeof abi;
        abi.direction = metric.direction;
        abi.aggregate = metric.aggregate;
        abi.provenance = metric.provenance;
        abi.flags = metric.flags;
        if (metric.aggregate == ASSAY_AGG_RATIO) {
            abi.numerator = sum_metric(metric, metric.numerator);
            abi.denominator = sum_metric(metric, metric.denominator);
        }
        abi.key = as_abi(metric.key);
        abi.unit = as_abi(metric.unit);
        abi.help = as_abi(metric.help);
        abi.companion = as_abi(metric.companion);
        metric_list_.push_back(&abi_metrics_.emplace_back(abi));
    }
}

inline void family_record::freeze(std::uint64_t user) {
    freeze_axes();
    freeze_metrics();
    abi_.struct_size = sizeof abi_;
    abi_.flags = flags;
    abi_.name = as_abi(name);
    abi_.help = as_abi(help);
    abi_.tags = as_abi(tags);
    abi_.shape = shape;
    abi_.clock = clock;
    abi_.domains = domains;
    abi_.max_lanes = max_lanes;
    abi_.n_axes = static_cast<std::uint32_t>(axis_list_.size());
    abi_.n_metrics = static_cast<std::uint32_t>(metric_list_.size());
    abi_.axes = axis_list_.data();
    abi_.metrics = metric_list_.data();
    abi_.max_iterations = max_iterations;
    abi_.bytes_per_iteration = bytes_per_iteration;
    abi_.timeout_s = timeout_s;
    abi_.margin = margin;
    abi_.user = user;
}

} // namespace detail
} // namespace assay

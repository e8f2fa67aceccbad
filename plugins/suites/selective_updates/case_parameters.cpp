#include "case_parameters.hpp"

#include "active_inference/number_text.hpp"

#include <string>

namespace assay::selective_updates {

using active_inference::number_text;

UpdatePath path_of(const assay::params& params, MemoPath memo) {
    const std::string name = params.str("path");
    if (name == "full") {
        return UpdatePath::full;
    }
    if (name == "selective") {
        return UpdatePath::selective;
    }
    if (memo == MemoPath::no) {
        throw assay::config_error("path=" + name + ": expected full or selective");
    }
    if (name == "memo") {
        return UpdatePath::memo;
    }
    throw assay::config_error("path=" + name + ": expected full, memo or selective");
}

std::size_t size_between(const assay::params& params, std::string_view axis, SizeRange range) {
    const std::int64_t value = params.i64(axis);
    if (value < static_cast<std::int64_t>(range.least) ||
        value > static_cast<std::int64_t>(range.most)) {
        throw assay::config_error(std::string(axis) + "=" + std::to_string(value) +
                                  ": expected a whole number from " + std::to_string(range.least) +
                                  " to " + std::to_string(range.most));
    }
    return static_cast<std::size_t>(value);
}

double number_between(const assay::params& params, std::string_view axis, NumberRange range) {
    const double value = params.f64(axis);
    if (!(value >= range.least && value <= range.most)) {
        throw assay::config_error(std::string(axis) + "=" + number_text(value) +
                                  ": expected a number from " + number_text(range.least) + " to " +
                                  number_text(range.most));
    }
    return value;
}

void add_path_axis(assay::family_builder family, MemoPath memo) {
    if (memo == MemoPath::offered) {
        family.axis("path", {"full", "memo", "selective"})
            .help("everything every time, everything where anything changed, or what depends on it")
            .variant("full");
        return;
    }
    family.axis("path", {"full", "selective"})
        .help("everything every time, or what depends on the change")
        .variant("full");
}

} // namespace assay::selective_updates

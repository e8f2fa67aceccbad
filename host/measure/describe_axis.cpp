#include "measure/abi_field.hpp"
#include "measure/describe_family.hpp"
#include "support/text.hpp"

#include <cmath>
#include <set>

namespace assay::measure {
namespace {

// More values on one axis than this cannot be meant: the host would plan each of them.
constexpr std::uint32_t kAxisValuesMax = 100'000;

Error wrong(const std::string& field, const std::string& what) {
    return Error{ErrorKind::plugin, field + (what.starts_with('.') ? "" : " ") + what, {}};
}

Result<ParameterValue> read_value(const assay_value& value, const std::string& field) {
    switch (value.type) {
    case ASSAY_T_I64:
        return ParameterValue(value.u.i64);
    case ASSAY_T_F64:
        if (!std::isfinite(value.u.f64)) {
            return wrong(field, "is not finite");
        }
        return ParameterValue(value.u.f64);
    case ASSAY_T_BOOL:
        return ParameterValue(value.u.i64 != 0);
    case ASSAY_T_STR: {
        const bool empty = value.u.str.data == nullptr || value.u.str.len == 0;
        const std::string_view text =
            empty ? std::string_view{} : std::string_view(value.u.str.data, value.u.str.len);
        if (text.empty() || !is_utf8(text)) {
            return wrong(field, "is empty or not UTF-8");
        }
        return ParameterValue(std::string(text));
    }
    default:
        return wrong(field,
                     ".type is " + std::to_string(value.type) +
                         ", expected 1 to 4 (i64, f64, bool, str)");
    }
}

Result<std::vector<ParameterValue>> read_values(const assay_axis& axis, const std::string& field) {
    if (axis.n_values == 0 || axis.n_values > kAxisValuesMax || axis.values == nullptr) {
        return wrong(field,
                     "has n_values " + std::to_string(axis.n_values) +
                         (axis.values == nullptr ? " and values NULL" : "") + ", expected 1 to " +
                         std::to_string(kAxisValuesMax));
    }
    std::vector<ParameterValue> values;
    std::set<std::string> seen;
    for (std::uint32_t i = 0; i < axis.n_values; ++i) {
        const std::string name = field + ".values[" + std::to_string(i) + "]";
        if (axis.values[i].type != axis.type) {
            return wrong(name,
                         "has type " + std::to_string(axis.values[i].type) +
                             ", expected the axis's own type " + std::to_string(axis.type));
        }
        Result<ParameterValue> value = read_value(axis.values[i], name);
        if (!value) {
            return value.error();
        }
        if (!seen.insert(id_text(*value)).second) {
            return wrong(name, "is '" + id_text(*value) + "', which the axis already has");
        }
        values.push_back(*std::move(value));
    }
    return values;
}

} // namespace

Result<AxisDescription> describe_axis(const assay_axis* axis, const std::string& field) {
    if (axis == nullptr) {
        return wrong(field, "is NULL");
    }
    if (!has_field(*axis, &assay_axis::values) || axis->struct_size > kAbiStructBytesMax) {
        return wrong(field,
                     ".struct_size is " + std::to_string(axis->struct_size) + ", expected " +
                         std::to_string(sizeof(assay_axis)));
    }
    AxisDescription copy;
    copy.name = copy_text(axis->name);
    if (!is_name(copy.name)) {
        return wrong(field, ".name is '" + copy.name + "', expected [a-z0-9_]+");
    }
    if (axis->type < ASSAY_T_I64 || axis->type > ASSAY_T_STR) {
        return wrong(field,
                     "('" + copy.name + "').type is " + std::to_string(axis->type) +
                         ", expected 1 to 4 (i64, f64, bool, str)");
    }
    copy.type = static_cast<ParameterType>(axis->type);
    copy.unit = copy_text(axis->unit);
    copy.help = copy_text(axis->help);
    copy.zip = axis->mode == ASSAY_AXIS_ZIP;
    Result<std::vector<ParameterValue>> values = read_values(*axis, field);
    if (!values) {
        return values.error();
    }
    copy.values = *std::move(values);
    copy.variant = (field_or(*axis, &assay_axis::flags, 0u) & ASSAY_AXIS_VARIANT) != 0;
    copy.reference = field_or(*axis, &assay_axis::reference, 0u);
    copy.quick_mask = field_or(*axis, &assay_axis::quick_mask, std::uint64_t{0});
    copy.standard_mask = field_or(*axis, &assay_axis::standard_mask, std::uint64_t{0});
    if (copy.variant && copy.reference >= copy.values.size()) {
        return wrong(field,
                     ".reference is " + std::to_string(copy.reference) + ", but there are only " +
                         std::to_string(copy.values.size()) + " values");
    }
    return copy;
}

} // namespace assay::measure

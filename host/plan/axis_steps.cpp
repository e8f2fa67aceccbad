#include "plan/axis_steps.hpp"

#include "plan/case_id.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <span>

namespace assay::plan {
namespace {

using measure::AxisDescription;
using measure::ParameterType;
using measure::ParameterValue;

struct AxisValue {
    ParameterValue value;
    std::string text; // "n=64"
};

using Column = std::vector<AxisValue>;

// What the errors of a group need to say where they happened.
struct GroupContext {
    std::string family; // "suite/family"
    std::span<const AxisDescription> axes;
    const Selection& selection;
};

constexpr std::size_t kMaskBits = 64;
constexpr std::size_t kShownValuesMax = 8; // of an axis, in an error

bool in_mode(const AxisDescription& leader, std::size_t index, Mode mode) {
    const std::uint64_t mask = mode == Mode::quick      ? leader.quick_mask
                               : mode == Mode::standard ? leader.standard_mask
                                                        : 0;
    return mask == 0 || index >= kMaskBits || (mask >> index & 1) != 0;
}

std::string_view words_of(ParameterType type) {
    switch (type) {
    case ParameterType::integer:
        return "an integer";
    case ParameterType::real:
        return "a number";
    case ParameterType::boolean:
        return "true or false";
    case ParameterType::text:
        return "text";
    }
    return "a value";
}

// As somebody would write it after `--param NAME=`.
std::string plain_text(const ParameterValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? *text : measure::id_text(value);
}

const ParameterOverride* override_of(const AxisDescription& axis, const Selection& selection) {
    const auto found = std::find_if(selection.params.begin(),
                                    selection.params.end(),
                                    [&](const auto& param) { return param.name == axis.name; });
    return found == selection.params.end() ? nullptr : &*found;
}

bool is_declared(const AxisDescription& axis, const ParameterValue& value) {
    return std::find(axis.values.begin(), axis.values.end(), value) != axis.values.end();
}

AxisValue declared_value(const AxisDescription& axis, std::size_t index) {
    return {axis.values[index], axis_text(axis.name, axis.values[index])};
}

// Names are not made up: only numbers lie between and beyond those that were declared.
Error unknown_value(const GroupContext& context,
                    const AxisDescription& axis,
                    const std::string& text) {
    std::vector<std::string> names;
    for (const ParameterValue& value : axis.values) {
        names.push_back(plain_text(value));
    }
    const std::span<const std::string> shown =
        std::span<const std::string>(names).first(std::min(names.size(), kShownValuesMax));
    const std::size_t more = names.size() - shown.size();
    return Error{ErrorKind::usage,
                 "--param " + axis.name + "=" + text + ": axis '" + axis.name + "' of " +
                     context.family + " has no value '" + text + "'" +
                     (axis.type == ParameterType::text ? did_you_mean(text, names) : ""),
                 "its values: " + join(shown, ", ") +
                     (more == 0 ? "" : " and " + std::to_string(more) + " more")};
}

// One value of `--param`: read as the axis' type, and named by its content where it is a file.
Result<AxisValue>
given_value(const GroupContext& context, const AxisDescription& axis, const std::string& text) {
    const auto value = measure::parse_parameter(axis.type, text);
    if (!value) {
        return Error{ErrorKind::usage,
                     "--param " + axis.name + "=" + text + ": axis '" + axis.name + "' of " +
                         context.family + " takes " + std::string(words_of(axis.type)),
                     "give a value of that type"};
    }
    if (is_declared(axis, *value) || (axis.type != ParameterType::text && !axis.variant)) {
        return AxisValue{*value, axis_text(axis.name, *value)};
    }
    if (const FileDigest& digest_of = context.selection.file_digest; digest_of && !axis.variant) {
        const auto digest = digest_of(text);
        if (!digest) {
            return digest.error();
        }
        if (digest->has_value()) {
            // Absolute, because a worker runs in a folder of its own.
            return AxisValue{std::filesystem::absolute(text).string(),
                             axis_file_text(axis.name, text, **digest)};
        }
    }
    return unknown_value(context, axis, text);
}

Result<Column> column_of(const GroupContext& context, const AxisDescription& axis) {
    Column column;
    if (const ParameterOverride* given = override_of(axis, context.selection)) {
        for (const std::string& text : given->values) {
            auto value = given_value(context, axis, text);
            if (!value) {
                return value.error();
            }
            column.push_back(*std::move(value));
        }
        return column;
    }
    for (std::size_t i = 0; i < axis.values.size(); ++i) {
        column.push_back(declared_value(axis, i));
    }
    return column;
}

AxisStep declared_step(std::span<const AxisDescription> axes, std::size_t index) {
    AxisStep step;
    for (const AxisDescription& axis : axes) {
        AxisValue next = declared_value(axis, index);
        step.text += step.text.empty() ? std::move(next.text) : "," + next.text;
        step.values.push_back(std::move(next.value));
    }
    return step;
}

// The declared steps at which `axis` has one of the values given to it, in the order given; nothing
// if a value is none of the declared ones.
std::optional<std::vector<std::size_t>> picked_steps(const AxisDescription& axis,
                                                     const ParameterOverride& given) {
    std::vector<std::size_t> picked;
    for (const std::string& text : given.values) {
        const auto value = measure::parse_parameter(axis.type, text);
        if (!value || !is_declared(axis, *value)) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i < axis.values.size(); ++i) {
            if (axis.values[i] == *value) {
                picked.push_back(i);
            }
        }
    }
    return picked;
}

std::string names_and_sizes(std::span<const AxisDescription> axes,
                            std::span<const std::size_t> sizes) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        parts.push_back("'" + axes[i].name + "' " + std::to_string(sizes[i]));
    }
    return join(parts, ", ");
}

Status check_declared(const GroupContext& context) {
    std::vector<std::size_t> sizes;
    for (const AxisDescription& axis : context.axes) {
        sizes.push_back(axis.values.size());
    }
    if (std::adjacent_find(sizes.begin(), sizes.end(), std::not_equal_to<>()) == sizes.end()) {
        return {};
    }
    return Error{ErrorKind::plugin,
                 context.family +
                     ": axes that advance together have different numbers of values: " +
                     names_and_sizes(context.axes, sizes),
                 "give every zip axis as many values as the axis before it"};
}

// Steps from columns that were given or declared side by side.
Result<std::vector<AxisStep>> side_by_side(const GroupContext& context) {
    std::vector<Column> columns;
    std::vector<std::size_t> sizes;
    for (const AxisDescription& axis : context.axes) {
        auto column = column_of(context, axis);
        if (!column) {
            return column.error();
        }
        sizes.push_back(column->size());
        columns.push_back(*std::move(column));
    }
    if (std::adjacent_find(sizes.begin(), sizes.end(), std::not_equal_to<>()) != sizes.end()) {
        return Error{ErrorKind::usage,
                     "--param: axes of " + context.family +
                         " that advance together got different numbers of values: " +
                         names_and_sizes(context.axes, sizes),
                     "give each of them the same number, or only values that are declared"};
    }
    std::vector<AxisStep> steps(sizes.front());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (Column& column : columns) {
            steps[i].text += (steps[i].text.empty() ? "" : ",") + column[i].text;
            steps[i].values.push_back(std::move(column[i].value));
        }
    }
    return steps;
}

Status check_unique(const GroupContext& context, const std::vector<AxisStep>& steps) {
    std::set<std::string_view> seen;
    for (const AxisStep& step : steps) {
        if (!seen.insert(step.text).second) {
            return Error{ErrorKind::usage,
                         "--param gives the same case of " + context.family +
                             " twice: " + step.text,
                         "give each value once"};
        }
    }
    return {};
}

std::vector<AxisStep> steps_of_mode(const GroupContext& context) {
    std::vector<AxisStep> steps;
    for (std::size_t i = 0; i < context.axes.front().values.size(); ++i) {
        if (in_mode(context.axes.front(), i, context.selection.mode)) {
            steps.push_back(declared_step(context.axes, i));
        }
    }
    return steps;
}

Result<std::vector<AxisStep>> steps_of(const GroupContext& context) {
    std::vector<const AxisDescription*> overridden;
    for (const AxisDescription& axis : context.axes) {
        if (override_of(axis, context.selection) != nullptr) {
            overridden.push_back(&axis);
        }
    }
    if (overridden.empty()) {
        return steps_of_mode(context);
    }
    if (overridden.size() == 1 && context.axes.size() > 1) {
        const AxisDescription& axis = *overridden.front();
        if (const auto picked = picked_steps(axis, *override_of(axis, context.selection))) {
            std::vector<AxisStep> steps;
            for (const std::size_t index : *picked) {
                steps.push_back(declared_step(context.axes, index));
            }
            return steps;
        }
    }
    return side_by_side(context);
}

Result<AxisGroup> group_of(const GroupContext& context) {
    if (auto status = check_declared(context); !status) {
        return status.error();
    }
    auto steps = steps_of(context);
    if (!steps) {
        return steps.error();
    }
    if (auto status = check_unique(context, *steps); !status) {
        return status.error();
    }
    AxisGroup group;
    group.steps = *std::move(steps);
    for (const AxisDescription& axis : context.axes) {
        group.names.push_back(axis.name);
        if (axis.variant && axis.reference < axis.values.size()) {
            group.reference_text = declared_step(context.axes, axis.reference).text;
        }
    }
    return group;
}

} // namespace

Result<std::vector<AxisGroup>> axis_groups(std::string_view suite,
                                           const measure::FamilyDescription& family,
                                           const Selection& selection) {
    const std::string name = case_id(suite, family.name, "");
    const std::span<const AxisDescription> axes(family.axes);
    std::vector<AxisGroup> groups;
    for (std::size_t first = 0, end = 0; first < axes.size(); first = end) {
        for (end = first + 1; end < axes.size() && axes[end].zip;) {
            ++end;
        }
        auto group = group_of({name, axes.subspan(first, end - first), selection});
        if (!group) {
            return group.error();
        }
        groups.push_back(*std::move(group));
    }
    return groups;
}

} // namespace assay::plan

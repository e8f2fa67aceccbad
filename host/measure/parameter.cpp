// Parameter values: as they stand in case ids, and read back from there or the command line.
#include "measure/description.hpp"
#include "support/text.hpp"

#include <cmath>

namespace assay::measure {

ParameterType type_of(const ParameterValue& value) noexcept {
    switch (value.index()) {
    case 0:
        return ParameterType::integer;
    case 1:
        return ParameterType::real;
    case 2:
        return ParameterType::boolean;
    default:
        return ParameterType::text;
    }
}

std::string id_text(const ParameterValue& value) {
    switch (type_of(value)) {
    case ParameterType::integer:
        return std::to_string(std::get<std::int64_t>(value));
    case ParameterType::real:
        return shortest(std::get<double>(value));
    case ParameterType::boolean:
        return std::get<bool>(value) ? "true" : "false";
    case ParameterType::text:
        return percent_encode(std::get<std::string>(value));
    }
    return {};
}

std::optional<ParameterValue> parse_parameter(ParameterType type, std::string_view text) {
    switch (type) {
    case ParameterType::integer:
        if (const auto number = to_int64(text)) {
            return ParameterValue(*number);
        }
        return std::nullopt;
    case ParameterType::real:
        if (const auto number = to_double(text); number && std::isfinite(*number)) {
            return ParameterValue(*number);
        }
        return std::nullopt;
    case ParameterType::boolean:
        if (text == "true" || text == "false") {
            return ParameterValue(text == "true");
        }
        return std::nullopt;
    case ParameterType::text:
        if (is_utf8(text)) {
            return ParameterValue(std::string(text));
        }
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace assay::measure

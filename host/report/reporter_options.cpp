#include "report/reporter_options.hpp"

#include "support/schema.hpp"
#include "support/text.hpp"

#include <boost/json/object.hpp>

#include <array>

namespace assay::report {
namespace {

constexpr std::string_view kNoOptions = R"({"type":"object","properties":{}})";

std::vector<std::string> names_of(const json::object& properties) {
    std::vector<std::string> names;
    for (const auto& property : properties) {
        names.emplace_back(property.key());
    }
    return names;
}

Error unknown_option(const ReporterSpec& spec,
                     const std::string& name,
                     const std::vector<std::string>& known) {
    return Error{ErrorKind::usage,
                 "reporter '" + spec.name + "' has no option '" + name + "'" +
                     did_you_mean(name, known),
                 known.empty() ? "it has no options" : "its options: " + join(known, ", ")};
}

// The word as a value of the property's type; text where the schema leaves the type open.
std::optional<json::value> typed(std::string_view type, const std::string& word) {
    if (type == "boolean") {
        const bool yes = word == "true" || word == "on" || word == "yes" || word == "1";
        const bool no = word == "false" || word == "off" || word == "no" || word == "0";
        return yes || no ? std::optional<json::value>(yes) : std::nullopt;
    }
    if (type == "integer") {
        const auto number = to_int64(word);
        return number ? std::optional<json::value>(*number) : std::nullopt;
    }
    if (type == "number") {
        const auto number = to_double(word);
        return number ? std::optional<json::value>(json_number(*number)) : std::nullopt;
    }
    return json::value(word);
}

void add_environment(json::object& options,
                     const json::object& properties,
                     const ReporterEnvironment& environment) {
    const std::array<std::pair<std::string_view, bool>, 4> wishes{{
        {"color", environment.color},
        {"unicode", environment.unicode},
        {"quiet", environment.quiet},
        {"verbose", environment.verbose},
    }};
    for (const auto& [name, wish] : wishes) {
        const json::value* property = properties.if_contains(name);
        if (property != nullptr && property->is_object() &&
            json_string(property->get_object(), "type") == "boolean") {
            options.emplace(name, wish); // what the user said stays
        }
    }
}

} // namespace

Result<json::value> reporter_options(const ReporterSpec& spec,
                                     std::string_view schema_text,
                                     const ReporterEnvironment& environment) {
    const std::string_view text = schema_text.empty() ? kNoOptions : schema_text;
    const Result<Schema> schema = Schema::compile(text, SchemaLevel::plugin);
    const Result<json::value> document = parse_json(text);
    if (!schema || !document) {
        const Error& error = schema ? document.error() : schema.error();
        return Error{ErrorKind::plugin,
                     "the options schema of reporter '" + spec.name +
                         "' is invalid: " + error.message,
                     error.hint};
    }
    const json::value* listed = json_at(*document, "/properties");
    const json::object properties =
        listed != nullptr && listed->is_object() ? listed->get_object() : json::object{};
    json::object options;
    for (const auto& [name, word] : spec.options) {
        const json::value* property = properties.if_contains(name);
        if (property == nullptr || !property->is_object()) {
            return unknown_option(spec, name, names_of(properties));
        }
        const std::string type = json_string(property->get_object(), "type");
        auto value = typed(type, word);
        if (!value) {
            return Error{ErrorKind::usage,
                         "option '" + name + "' of reporter '" + spec.name + "' is '" + word +
                             "': expected " + type,
                         {}};
        }
        options[name] = std::move(*value);
    }
    add_environment(options, properties, environment);
    json::value whole(std::move(options));
    schema->fill_defaults(whole);
    if (const auto problems = schema->validate(whole); !problems.empty()) {
        Error error = schema_error("the options of reporter '" + spec.name + "'", problems);
        error.kind = ErrorKind::usage;
        return error;
    }
    return whole;
}

} // namespace assay::report

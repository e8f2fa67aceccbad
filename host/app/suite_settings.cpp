#include "app/suite_settings.hpp"

#include "support/schema.hpp"

namespace assay::app {

namespace {

// The user wrote the settings below /suites/<name> of a larger document: say it from there.
Error settings_error(std::string_view suite, std::vector<SchemaProblem> problems) {
    for (SchemaProblem& problem : problems) {
        problem.pointer = "/suites/" + std::string(suite) + problem.pointer;
    }
    return schema_error("configuration", problems);
}

Result<json::value>
checked(std::string_view suite, std::string_view schema_text, const json::object& settings) {
    json::value value(settings);
    value.get_object().erase(kModeKey); // reserved: the host sets it
    if (schema_text.empty()) {
        if (value.get_object().empty()) {
            return value;
        }
        return settings_error(suite,
                              {{.pointer = "",
                                .expected = "no settings, this suite takes none",
                                .found = canonical_json(value)}});
    }
    const Result<Schema> schema = Schema::compile(schema_text, SchemaLevel::plugin);
    if (!schema) {
        return Error{.kind = ErrorKind::plugin,
                     .message = "the configuration schema of suite '" + std::string(suite) +
                                "' is not valid: " + schema.error().message,
                     .hint = "'assay check' names every fault of the plugin"};
    }
    if (std::vector<SchemaProblem> problems = schema->validate(value); !problems.empty()) {
        return settings_error(suite, std::move(problems));
    }
    schema->fill_defaults(value);
    return value;
}

} // namespace

Result<std::string> suite_config(std::string_view suite,
                                 std::string_view schema_text,
                                 const json::object& settings,
                                 plan::Mode mode) {
    Result<json::value> value = checked(suite, schema_text, settings);
    if (!value) {
        return value.error();
    }
    return unchecked_config(value->get_object(), mode);
}

std::string unchecked_config(const json::object& settings, plan::Mode mode) {
    json::object config = settings;
    config.insert_or_assign(kModeKey, plan::name_of(mode));
    return canonical_json(json::value(std::move(config)));
}

} // namespace assay::app

#include "app/suite_settings.hpp"

#include "support/schema.hpp"

namespace assay::app {

namespace {

Result<json::value>
checked(std::string_view suite, std::string_view schema_text, const json::object& settings) {
    const std::string document = "settings of suite '" + std::string(suite) + "'";
    if (schema_text.empty()) {
        if (!settings.empty()) {
            return Error{.kind = ErrorKind::config,
                         .message = document + ": /" + std::string(settings.begin()->key()) +
                                    ": expected nothing, this suite takes no settings",
                         .hint = "remove suites." + std::string(suite)};
        }
        return json::value(json::object{});
    }
    const Result<Schema> schema = Schema::compile(schema_text, SchemaLevel::plugin);
    if (!schema) {
        return Error{.kind = ErrorKind::plugin,
                     .message = "the configuration schema of suite '" + std::string(suite) +
                                "' is not valid: " + schema.error().message,
                     .hint = "'assay check' names every fault of the plugin"};
    }
    json::value document_value(settings);
    document_value.get_object().erase(kModeKey); // reserved: the host sets it
    if (const auto problems = schema->validate(document_value); !problems.empty()) {
        return schema_error(document, problems);
    }
    schema->fill_defaults(document_value);
    return document_value;
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

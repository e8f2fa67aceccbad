#include "app/project_configuration.hpp"

#include "app/project_schema.hpp"
#include "catalog/project_content.hpp"
#include "support/file.hpp"
#include "support/schema.hpp"

#include <algorithm>
#include <cmath>

namespace assay::app {

namespace {

// Configuration is written by hand; more than this is another file by mistake.
constexpr std::size_t kConfigurationBytesMax = std::size_t{4} << 20;

std::optional<std::vector<std::string>> strings(const json::object& object, std::string_view key) {
    const json::value* list = object.if_contains(key);
    if (list == nullptr) {
        return std::nullopt;
    }
    std::vector<std::string> texts;
    for (const json::value& item : list->get_array()) {
        texts.emplace_back(item.get_string());
    }
    return texts;
}

std::vector<std::filesystem::path>
paths(const json::object& object, std::string_view key, const std::filesystem::path& base) {
    std::vector<std::filesystem::path> found;
    for (const std::string& text : strings(object, key).value_or(std::vector<std::string>{})) {
        found.push_back((base / text).lexically_normal());
    }
    return found;
}

// "json=out.json,indent=2" with a relative path -> the same with the path below `base`.
std::string reporter_below(const std::string& reporter, const std::filesystem::path& base) {
    const std::size_t comma = reporter.find(',');
    const std::size_t equals = reporter.find('=');
    if (equals == std::string::npos || equals > comma) {
        return reporter;
    }
    const std::string path = reporter.substr(equals + 1, comma - equals - 1);
    if (path.empty() || path == "-") {
        return reporter;
    }
    const std::string rest = comma == std::string::npos ? "" : reporter.substr(comma);
    return reporter.substr(0, equals + 1) + (base / path).lexically_normal().string() + rest;
}

template <class T>
std::optional<T> whole_number(const json::object& object, std::string_view key) {
    if (!object.contains(key)) {
        return std::nullopt;
    }
    return static_cast<T>(json_int(object, key, 0));
}

// The object has passed the schema.
ProjectConfiguration typed(const json::object& object, const std::filesystem::path& base) {
    ProjectConfiguration configuration;
    configuration.mode = plan::mode_from(json_string(object, "mode"));
    configuration.lanes = whole_number<std::uint32_t>(object, "lanes");
    configuration.seed = whole_number<std::uint64_t>(object, "seed");
    configuration.batch_bytes = whole_number<std::uint64_t>(object, "batch_bytes");
    if (object.contains("isolate")) {
        configuration.isolate = json_string(object, "isolate");
    }
    if (object.contains("timeout_s")) {
        const double timeout_s = json_double(object, "timeout_s", 0);
        configuration.timeout =
            std::chrono::milliseconds(std::max<long long>(1, std::llround(timeout_s * 1e3)));
    }
    if (object.contains("strict")) {
        configuration.strict = json_bool(object, "strict", false);
    }
    if (const json::value* suites = object.if_contains("suites")) {
        configuration.suites = suites->get_object();
    }
    configuration.wrap = strings(object, "wrap");
    configuration.reporters = strings(object, "reporters");
    if (configuration.reporters) {
        for (std::string& reporter : *configuration.reporters) {
            reporter = reporter_below(reporter, base);
        }
    }
    configuration.plugin_dirs = paths(object, "plugin_dirs", base);
    if (object.contains("project")) {
        configuration.project = json_string(object, "project");
    }
    if (const std::string history = json_string(object, "history"); !history.empty()) {
        const bool url = history.find("://") != std::string::npos;
        configuration.history = url ? history : (base / history).lexically_normal().string();
    }
    return configuration;
}

void merge_object(json::object& under, const json::object& over) {
    for (const auto& [key, value] : over) {
        json::value* const old = under.if_contains(key);
        if (old != nullptr && old->is_object() && value.is_object()) {
            merge_object(old->get_object(), value.get_object());
        } else {
            under.insert_or_assign(key, value);
        }
    }
}

template <class T>
void take_over(std::optional<T>& under, std::optional<T>& over) {
    if (over) {
        under = std::move(over);
    }
}

template <class T>
void take_over(std::vector<T>& under, std::vector<T>& over) {
    if (!over.empty()) {
        under = std::move(over);
    }
}

// Removes the member at an RFC 6901 pointer whose last token is the key of an object.
void erase_member(json::value& document, std::string_view pointer) {
    const std::size_t slash = pointer.rfind('/');
    const std::string_view above = pointer.substr(0, slash);
    auto* const parent = const_cast<json::value*>(json_at(document, above)); // ours to change
    if (parent != nullptr && parent->is_object()) {
        std::string key;
        for (std::size_t i = slash + 1; i < pointer.size(); ++i) {
            const bool escaped = pointer[i] == '~' && i + 1 < pointer.size();
            key += escaped ? (pointer[++i] == '1' ? '/' : '~') : pointer[i];
        }
        parent->get_object().erase(key);
    }
}

std::vector<std::string> withhold_code(json::value& document) {
    std::vector<std::string> pointers;
    for (const catalog::ContentItem& item : catalog::code_naming_items(document)) {
        pointers.push_back(item.name.substr(item.name.find('#') + 1));
    }
    for (const std::string& pointer : pointers) {
        erase_member(document, pointer);
    }
    return pointers;
}

// "model" of a document that says it is an assay.model/1; empty where it says nothing of the kind.
std::string other_kind(const json::value& document) {
    constexpr std::string_view kPrefix = "assay.";
    const json::object* object = document.if_object();
    const std::string kind = object == nullptr ? "" : json_string(*object, "schema");
    if (!kind.starts_with(kPrefix) || kind.starts_with("assay.project/")) {
        return {};
    }
    return kind.substr(kPrefix.size(), kind.find('/') - kPrefix.size());
}

// Where a user's document goes that is one setting of a suite, such as a model.
std::string settings_hint(const std::string& setting) {
    return "what a suite takes stands under its name: {\"suites\": {\"SUITE\": {\"" + setting +
           "\": ...}}}, that document in place of the dots";
}

} // namespace

Result<ProjectConfiguration> parse_configuration(std::string_view text,
                                                 const std::string& document,
                                                 const std::filesystem::path& base,
                                                 Obey obey) {
    Result<json::value> parsed = parse_json(text, {.bytes_max = kConfigurationBytesMax});
    if (!parsed) {
        return Error{.kind = ErrorKind::config,
                     .message = document + ": " + parsed.error().message,
                     .hint = parsed.error().hint};
    }
    if (const std::string kind = other_kind(*parsed); !kind.empty()) {
        return Error{.kind = ErrorKind::config,
                     .message = document + ": is of the kind '" + kind +
                                "', expected settings, of the kind 'project'",
                     .hint = settings_hint(kind)};
    }
    const Result<Schema> schema = Schema::compile(kProjectSchema, SchemaLevel::host);
    if (!schema) {
        return schema.error();
    }
    if (const std::vector<SchemaProblem> problems = schema->validate(*parsed); !problems.empty()) {
        Error error = schema_error(document, problems);
        const bool unknown_keys = std::ranges::any_of(
            problems, [](const auto& problem) { return problem.pointer.empty(); });
        error.hint = unknown_keys ? settings_hint("SETTING") : "";
        return error;
    }
    std::vector<std::string> withheld;
    if (obey == Obey::harmless) {
        withheld = withhold_code(*parsed);
    }
    ProjectConfiguration configuration = typed(parsed->get_object(), base);
    configuration.withheld = std::move(withheld);
    return configuration;
}

Result<ProjectConfiguration> read_configuration(const std::filesystem::path& file,
                                                const std::filesystem::path& base,
                                                Obey obey) {
    const Result<std::string> text = read_file(file.string(), kConfigurationBytesMax);
    if (!text) {
        return Error{
            .kind = ErrorKind::config, .message = text.error().message, .hint = text.error().hint};
    }
    return parse_configuration(*text, file.string(), base, obey);
}

ProjectConfiguration merged(ProjectConfiguration under, ProjectConfiguration over) {
    take_over(under.mode, over.mode);
    take_over(under.lanes, over.lanes);
    take_over(under.seed, over.seed);
    take_over(under.isolate, over.isolate);
    take_over(under.timeout, over.timeout);
    take_over(under.batch_bytes, over.batch_bytes);
    take_over(under.strict, over.strict);
    take_over(under.reporters, over.reporters);
    take_over(under.wrap, over.wrap);
    take_over(under.plugin_dirs, over.plugin_dirs);
    take_over(under.history, over.history);
    take_over(under.project, over.project);
    merge_object(under.suites, over.suites);
    return under;
}

} // namespace assay::app

// The one translation unit with valijson (7 s of compile time).
#include "support/schema.hpp"

#include "support/json_pointer.hpp"
#include "support/schema_walk.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <exception>
#include <span>

// valijson is not written for our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

#ifndef VALIJSON_USE_EXCEPTIONS
#error "without VALIJSON_USE_EXCEPTIONS a bad schema ends the process"
#endif

namespace assay {
namespace {

constexpr std::size_t kProblemsShown = 10;

// valijson's context is {"<root>", "[key]", "[0]"}.
std::vector<std::string> path_of(const std::vector<std::string>& context) {
    std::vector<std::string> path;
    for (std::size_t i = 1; i < context.size(); ++i) {
        const std::string& step = context[i];
        path.push_back(step.size() >= 2 ? step.substr(1, step.size() - 2) : step);
    }
    return path;
}

std::string pointer_to(std::span<const std::string> path) {
    std::string pointer;
    for (const std::string& key : path) {
        pointer += "/" + pointer_token(key);
    }
    return pointer;
}

// Told by valijson at every level above the place that is really wrong.
bool only_says_where(const std::string& description) {
    return description.starts_with("Failed to validate against schema associated with") ||
           description.starts_with("Failed to validate item #") ||
           description.starts_with("Failed to validate against additional properties schema") ||
           description.starts_with("Failed to validate against child schema");
}

// Turns what valijson says (a place and a sentence about a keyword) into what the schema asks for
// there and what the document has instead.
class Reader {
public:
    Reader(const json::value& schema, const json::value& document)
        : schema_(schema)
        , document_(document) {}

    void take(const valijson::ValidationResults::Error& error) {
        if (only_says_where(error.description)) {
            return;
        }
        const std::vector<std::string> path = path_of(error.context);
        const std::string pointer = pointer_to(path);
        const json::value* found = json_at(document_, pointer);
        const json::value* node = subschema_at(schema_, path);
        if (error.description.find("oneOf") != std::string::npos) {
            forget_below(pointer); // the complaints of every branch
        }
        static constexpr std::string_view kMissing = "Missing required property '";
        if (error.description.starts_with(kMissing)) {
            const std::string key = error.description.substr(
                kMissing.size(), error.description.size() - kMissing.size() - 2);
            add_missing(pointer, path, key);
        } else if (error.description.starts_with("Object contains a property") &&
                   found != nullptr && found->is_object()) {
            add_unknown(pointer, node, found->get_object());
        } else {
            add({pointer,
                 node != nullptr ? describe_schema(schema_, *node) : error.description,
                 found != nullptr ? excerpt(*found) : "nothing"});
        }
    }

    std::vector<SchemaProblem> problems;

private:
    void add(SchemaProblem problem) {
        if (std::ranges::find(problems, problem) == problems.end()) {
            problems.push_back(std::move(problem));
        }
    }

    void forget_below(const std::string& pointer) {
        std::erase_if(problems, [&](const SchemaProblem& problem) {
            return problem.pointer == pointer || problem.pointer.starts_with(pointer + "/");
        });
    }

    void
    add_missing(const std::string& pointer, std::vector<std::string> path, const std::string& key) {
        path.push_back(key);
        const json::value* node = subschema_at(schema_, path);
        const std::string what =
            node != nullptr && !node->is_bool() ? " (" + describe_schema(schema_, *node) + ")" : "";
        add({pointer, "the key '" + key + "'" + what, "no such key"});
    }

    void
    add_unknown(const std::string& pointer, const json::value* node, const json::object& object) {
        std::vector<std::string> known;
        const json::value* properties = node != nullptr && node->is_object()
                                            ? node->get_object().if_contains("properties")
                                            : nullptr;
        if (properties != nullptr) {
            for (const auto& property : properties->get_object()) {
                known.emplace_back(std::string_view(property.key()));
            }
        }
        for (const auto& member : object) {
            const std::string_view key = member.key();
            if (std::ranges::find(known, key) == known.end()) {
                add({pointer,
                     known.empty() ? "no keys" : "only the keys " + join(known, ", "),
                     "the key '" + std::string(key) + "'" + did_you_mean(key, known)});
            }
        }
    }

    const json::value& schema_;
    const json::value& document_;
};

Error broken(const std::string& what) {
    return Error{ErrorKind::config, "schema: " + what, {}};
}

} // namespace

struct Schema::Compiled {
    json::value text;
    valijson::Schema schema;
};

Schema::Schema(std::unique_ptr<const Compiled> compiled)
    : compiled_(std::move(compiled)) {}

Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

Result<Schema> Schema::compile(std::string_view schema_text, SchemaLevel level) {
    const auto document = parse_json(schema_text);
    if (!document) {
        return broken(document.error().message);
    }
    auto schema = compile_value(*document, level);
    if (!schema) {
        return schema.error();
    }
    // A default that its own schema refuses would make every document without the key invalid.
    Status defaults;
    for_each_subschema(*document, [&](const json::object& node, const std::string& pointer) {
        const json::value* value = node.if_contains("default");
        if (value == nullptr || !defaults) {
            return;
        }
        json::value alone(node);
        if (const json::value* definitions = json_at(*document, "/definitions")) {
            alone.get_object()["definitions"] = *definitions;
        }
        const auto held = compile_value(alone, level);
        if (!held) {
            return;
        }
        json::value filled = *value;
        held->fill_defaults(filled);
        if (const auto problems = held->validate(filled); !problems.empty()) {
            defaults = Error{ErrorKind::config,
                             "schema at " + pointer + "/default: its own schema refuses it: " +
                                 to_text(problems.front()),
                             {}};
        }
    });
    if (!defaults) {
        return defaults.error();
    }
    return schema;
}

Result<Schema> Schema::compile_value(const json::value& schema, SchemaLevel level) {
    if (!schema.is_object()) {
        return broken("expected an object, found " + excerpt(schema));
    }
    if (Status known = check_schema(schema, level); !known) {
        return known.error();
    }
    auto compiled = std::make_unique<Compiled>();
    compiled->text = schema;
    // Both stand at the root only; valijson would resolve references against $id and fetch.
    compiled->text.get_object().erase("$id");
    compiled->text.get_object().erase("$schema");
    try {
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        parser.populateSchema(valijson::adapters::BoostJsonAdapter(compiled->text),
                              compiled->schema);
    } catch (const std::exception& failure) {
        return broken(failure.what());
    }
    return Schema(std::unique_ptr<const Compiled>(std::move(compiled)));
}

std::vector<SchemaProblem> Schema::validate(const json::value& document) const {
    std::vector<SchemaProblem> unfit = unfit_texts(document, compiled_->text);
    if (!unfit.empty()) {
        return unfit;
    }
    const valijson::adapters::BoostJsonAdapter target(document);
    try {
        valijson::Validator
            validator; // keeps compiled patterns: one per call, so that calls share nothing
        valijson::ValidationResults results;
        if (validator.validate(compiled_->schema, target, &results)) {
            return {};
        }
        Reader reader(compiled_->text, document);
        for (const auto& error : results) {
            reader.take(error);
        }
        if (reader.problems.empty()) {
            reader.problems.push_back({"", "a valid document", excerpt(document)});
        }
        // valijson keeps its keywords in no order of ours.
        std::ranges::stable_sort(reader.problems, {}, &SchemaProblem::pointer);
        return std::move(reader.problems);
    } catch (const std::exception& failure) {
        return {{"", "a document that can be checked", failure.what()}};
    }
}

void Schema::fill_defaults(json::value& document) const {
    fill_schema_defaults(document, compiled_->text);
}

std::string to_text(const SchemaProblem& problem) {
    return (problem.pointer.empty() ? std::string("the document") : problem.pointer) +
           ": expected " + problem.expected + "; found " + problem.found;
}

Error schema_error(std::string_view document_name, const std::vector<SchemaProblem>& problems) {
    std::string message = std::string(document_name) + " is not valid";
    const std::size_t shown = std::min(problems.size(), kProblemsShown);
    for (std::size_t i = 0; i < shown; ++i) {
        message += (problems.size() == 1 ? ": " : "\n  ") + to_text(problems[i]);
    }
    if (problems.size() > shown) {
        message += "\n  and " + std::to_string(problems.size() - shown) + " more";
    }
    return Error{ErrorKind::config, std::move(message), {}};
}

} // namespace assay

// The second half of the walks: from a document to the subschemas that it is held against.
#include "support/schema_walk.hpp"

#include "support/json_pointer.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace assay {
namespace {

// References in a row; check_schema has refused circles.
constexpr int kReferencesMax = 64;
// A default may bring objects with further defaults, and a recursive schema could go on for ever.
constexpr std::size_t kDefaultsMax = 10'000;
constexpr std::size_t kExcerptBytes = 60;
constexpr std::size_t kExcerptElements = 8;

const json::value* member(const json::value& node, std::string_view key) {
    return node.is_object() ? node.get_object().if_contains(key) : nullptr;
}

// The schema for element `index` of a list.
const json::value* item_schema(const json::value& node, std::size_t index) {
    const json::value* items = member(node, "items");
    if (items == nullptr || !items->is_array()) {
        return items;
    }
    return index < items->get_array().size() ? &items->get_array()[index] : nullptr;
}

const json::value* property_schema(const json::value& node, std::string_view key) {
    if (const json::value* properties = member(node, "properties")) {
        if (const json::value* found = properties->get_object().if_contains(key)) {
            return found;
        }
    }
    return member(node, "additionalProperties");
}

// Calls `visit(child, child_schema, pointer)` for every child of `document` that has a schema.
template <class Value, class Visit>
void for_each_child(Value& document, const json::value& node, const Visit& visit) {
    if (document.is_object()) {
        for (auto& entry : document.get_object()) {
            if (const json::value* schema = property_schema(node, entry.key())) {
                visit(entry.value(), *schema, "/" + pointer_token(entry.key()));
            }
        }
    } else if (document.is_array()) {
        std::size_t index = 0;
        for (auto& element : document.get_array()) {
            if (const json::value* schema = item_schema(node, index)) {
                visit(element, *schema, "/" + std::to_string(index));
            }
            ++index;
        }
    }
}

class DefaultFiller {
public:
    explicit DefaultFiller(const json::value& root)
        : root_(root) {}

    void fill(json::value& document, const json::value& schema) {
        const json::value& node = resolve_schema(root_, schema);
        if (const json::value* properties = member(node, "properties");
            properties != nullptr && document.is_object()) {
            for (const auto& [key, property] : properties->get_object()) {
                const json::value* value = member(property, "default");
                if (value != nullptr && !document.get_object().contains(key) &&
                    filled_ < kDefaultsMax) {
                    document.get_object().emplace(key, *value);
                    ++filled_;
                }
            }
        }
        for_each_child(
            document, node, [this](json::value& child, const json::value& inner, auto&&) {
                fill(child, inner);
            });
    }

private:
    const json::value& root_;
    std::size_t filled_ = 0;
};

class TextChecker {
public:
    explicit TextChecker(const json::value& root)
        : root_(root) {}

    void check(const json::value& document, const json::value& schema, const std::string& pointer) {
        const json::value& node = resolve_schema(root_, schema);
        if (document.is_string()) {
            const std::string_view text = document.get_string();
            if (text.size() > kPatternTextBytesMax && member(node, "pattern") != nullptr) {
                add({pointer,
                     "text of at most " + std::to_string(kPatternTextBytesMax) + " bytes",
                     std::to_string(text.size()) + " bytes"});
            }
            if (text.find('\0') != std::string_view::npos) {
                add({pointer, "text without NUL characters", excerpt(document)});
            }
        }
        if (const json::value* branches = member(node, "oneOf")) {
            for (const json::value& branch : branches->get_array()) {
                check(document, branch, pointer);
            }
        }
        for_each_child(document,
                       node,
                       [&](const json::value& child, const json::value& inner, const auto& token) {
                           check(child, inner, pointer + token);
                       });
    }

    std::vector<SchemaProblem> take() { return std::move(problems_); }

private:
    void add(SchemaProblem problem) {
        if (std::ranges::find(problems_, problem) == problems_.end()) {
            problems_.push_back(std::move(problem));
        }
    }

    const json::value& root_;
    std::vector<SchemaProblem> problems_;
};

std::string number(const json::value& value) {
    return write_json(value);
}

void append_bounds(const json::value& node, std::vector<std::string>& parts) {
    struct Bound {
        std::string_view keyword, before, after;
    };

    static constexpr Bound kBounds[] = {
        {"minimum", "at least ", ""},
        {"exclusiveMinimum", "greater than ", ""},
        {"maximum", "at most ", ""},
        {"exclusiveMaximum", "less than ", ""},
        {"minLength", "at least ", " characters"},
        {"maxLength", "at most ", " characters"},
        {"minItems", "at least ", " elements"},
        {"maxItems", "at most ", " elements"},
    };
    for (const Bound& bound : kBounds) {
        if (const json::value* value = member(node, bound.keyword)) {
            parts.push_back(std::string(bound.before) + number(*value) + std::string(bound.after));
        }
    }
}

std::string list_of(const json::array& values, std::string_view separator) {
    std::vector<std::string> texts;
    for (const json::value& value : values) {
        texts.push_back(excerpt(value));
    }
    return join(texts, separator);
}

std::string types_of(const json::value& type) {
    if (type.is_string()) {
        return std::string(std::string_view(type.get_string()));
    }
    std::vector<std::string> names;
    for (const json::value& name : type.get_array()) {
        names.emplace_back(std::string_view(name.get_string()));
    }
    return join(names, " or ");
}

void visit_children(const json::value& node, const std::string& pointer, const auto& visit) {
    for (const std::string_view keyword : {"properties", "definitions"}) {
        if (const json::value* schemas = member(node, keyword); schemas && schemas->is_object()) {
            for (const auto& [name, schema] : schemas->get_object()) {
                visit(schema, pointer + "/" + std::string(keyword) + "/" + pointer_token(name));
            }
        }
    }
    for (const std::string_view keyword : {"items", "oneOf", "additionalProperties"}) {
        const json::value* inner = member(node, keyword);
        const std::string place = pointer + "/" + std::string(keyword);
        if (inner != nullptr && inner->is_array()) {
            std::size_t index = 0;
            for (const json::value& schema : inner->get_array()) {
                visit(schema, place + "/" + std::to_string(index++));
            }
        } else if (inner != nullptr) {
            visit(*inner, place);
        }
    }
}

void visit_all(const json::value& node,
               const std::string& pointer,
               const std::function<void(const json::object&, const std::string&)>& visit) {
    if (!node.is_object()) {
        return;
    }
    visit(node.get_object(), pointer);
    visit_children(node, pointer, [&](const json::value& child, const std::string& place) {
        visit_all(child, place, visit);
    });
}

} // namespace

void for_each_subschema(
    const json::value& schema,
    const std::function<void(const json::object& node, const std::string& pointer)>& visit) {
    visit_all(schema, "", visit);
}

const json::value& resolve_schema(const json::value& root, const json::value& node) {
    const json::value* found = &node;
    for (int steps = 0; steps < kReferencesMax; ++steps) {
        const json::value* reference = member(*found, "$ref");
        const json::value* target =
            reference != nullptr && reference->is_string()
                ? json_at(root, std::string_view(reference->get_string()).substr(1))
                : nullptr;
        if (target == nullptr) {
            break;
        }
        found = target;
    }
    return *found;
}

const json::value* subschema_at(const json::value& root, std::span<const std::string> path) {
    const json::value* node = &resolve_schema(root, root);
    for (const std::string& key : path) {
        const auto index = to_int64(key);
        const json::value* next = property_schema(*node, key);
        if (next == nullptr && index && *index >= 0) {
            next = item_schema(*node, static_cast<std::size_t>(*index));
        }
        if (next == nullptr) {
            return nullptr;
        }
        node = &resolve_schema(root, *next);
    }
    return node;
}

std::string describe_schema(const json::value& root, const json::value& schema) {
    const json::value& node = resolve_schema(root, schema);
    if (node.is_bool()) {
        return node.get_bool() ? "anything" : "nothing";
    }
    if (const json::value* value = member(node, "const")) {
        return excerpt(*value);
    }
    if (const json::value* values = member(node, "enum")) {
        return "one of " + list_of(values->get_array(), ", ");
    }
    std::vector<std::string> parts;
    if (const json::value* type = member(node, "type")) {
        parts.push_back(types_of(*type));
    }
    append_bounds(node, parts);
    if (const json::value* pattern = member(node, "pattern")) {
        parts.push_back("matching " + std::string(std::string_view(pattern->get_string())));
    }
    if (const json::value* format = member(node, "format")) {
        parts.push_back("a " + std::string(std::string_view(format->get_string())));
    }
    if (const json::value* branches = member(node, "oneOf")) {
        std::vector<std::string> forms;
        for (const json::value& branch : branches->get_array()) {
            forms.push_back("(" + describe_schema(root, branch) + ")");
        }
        parts.push_back("exactly one of " + join(forms, ", "));
    }
    return parts.empty() ? "another value" : join(parts, ", ");
}

void fill_schema_defaults(json::value& document, const json::value& root) {
    DefaultFiller(root).fill(document, root);
}

std::vector<SchemaProblem> unfit_texts(const json::value& document, const json::value& root) {
    TextChecker checker(root);
    checker.check(document, root, "");
    return checker.take();
}

std::string excerpt(const json::value& value) {
    if (value.is_array() && value.get_array().size() > kExcerptElements) {
        return "a list of " + std::to_string(value.get_array().size()) + " elements";
    }
    if (value.is_object() && value.get_object().size() > kExcerptElements) {
        return "an object with " + std::to_string(value.get_object().size()) + " keys";
    }
    std::string text = write_json(value);
    if (text.size() <= kExcerptBytes) {
        return text;
    }
    std::size_t end = kExcerptBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end; // not inside a UTF-8 sequence
    }
    return text.substr(0, end) + "...";
}

} // namespace assay

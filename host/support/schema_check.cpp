// The first half of the walks: is this a schema that will be obeyed to the letter?
#include "support/json_pointer.hpp"
#include "support/schema_walk.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <unordered_set>

namespace assay {
namespace {

enum class Operand {
    anything,
    text,
    number,
    count, // integer from 0
    list,
    texts, // list of texts without duplicates
    type,  // a type name or a list of them
    format,
    regex,
    draft, // the address of draft-07
    schema,
    schemas,        // list of schemas, not empty
    schema_or_list, // for items
    named_schemas,
    reference,
};

struct Keyword {
    std::string_view name;
    Operand operand;
    SchemaLevel level; // the lowest that has it
};

// What a plugin may use (sdk/README.md) is little, because validators silently pass what they do
// not know; the host's own schemas need a few more.
constexpr std::array kKeywords{
    Keyword{"type", Operand::type, SchemaLevel::plugin},
    Keyword{"properties", Operand::named_schemas, SchemaLevel::plugin},
    Keyword{"required", Operand::texts, SchemaLevel::plugin},
    Keyword{"additionalProperties", Operand::schema, SchemaLevel::plugin},
    Keyword{"enum", Operand::list, SchemaLevel::plugin},
    Keyword{"const", Operand::anything, SchemaLevel::plugin},
    Keyword{"minimum", Operand::number, SchemaLevel::plugin},
    Keyword{"maximum", Operand::number, SchemaLevel::plugin},
    Keyword{"exclusiveMinimum", Operand::number, SchemaLevel::plugin},
    Keyword{"exclusiveMaximum", Operand::number, SchemaLevel::plugin},
    Keyword{"minLength", Operand::count, SchemaLevel::plugin},
    Keyword{"maxLength", Operand::count, SchemaLevel::plugin},
    Keyword{"items", Operand::schema_or_list, SchemaLevel::plugin},
    Keyword{"minItems", Operand::count, SchemaLevel::plugin},
    Keyword{"maxItems", Operand::count, SchemaLevel::plugin},
    Keyword{"default", Operand::anything, SchemaLevel::plugin},
    Keyword{"title", Operand::text, SchemaLevel::plugin},
    Keyword{"description", Operand::text, SchemaLevel::plugin},
    Keyword{"examples", Operand::list, SchemaLevel::plugin},
    Keyword{"$ref", Operand::reference, SchemaLevel::host},
    Keyword{"definitions", Operand::named_schemas, SchemaLevel::host},
    Keyword{"oneOf", Operand::schemas, SchemaLevel::host},
    Keyword{"pattern", Operand::regex, SchemaLevel::host},
    Keyword{"$schema", Operand::draft, SchemaLevel::host},
    Keyword{"$id", Operand::text, SchemaLevel::host},
    Keyword{"format", Operand::format, SchemaLevel::host},
};

constexpr std::array<std::string_view, 7> kTypes{
    "array", "boolean", "integer", "null", "number", "object", "string"};
// valijson checks these three and passes every other format.
constexpr std::array<std::string_view, 3> kFormats{"date", "time", "date-time"};

template <class Words>
bool is_one_of(const json::value& value, const Words& words) {
    return value.is_string() &&
           std::ranges::find(words, std::string_view(value.get_string())) != words.end();
}

bool are_texts(const json::value& value) {
    if (!value.is_array()) {
        return false;
    }
    std::vector<std::string_view> seen;
    for (const json::value& element : value.get_array()) {
        if (!element.is_string()) {
            return false;
        }
        seen.emplace_back(element.get_string());
    }
    std::ranges::sort(seen);
    return std::ranges::adjacent_find(seen) == seen.end();
}

bool are_types(const json::value& value) {
    if (value.is_string()) {
        return is_one_of(value, kTypes);
    }
    return are_texts(value) && !value.get_array().empty() &&
           std::ranges::all_of(value.get_array(),
                               [](const json::value& name) { return is_one_of(name, kTypes); });
}

bool is_regex(const json::value& value) {
    if (!value.is_string()) {
        return false;
    }
    try {
        const std::regex compiled(std::string(std::string_view(value.get_string())));
        return true;
    } catch (const std::regex_error&) {
        return false;
    }
}

bool is_draft_07(const json::value& value) {
    static constexpr std::array<std::string_view, 2> kDraft{
        "http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-07/schema"};
    return is_one_of(value, kDraft);
}

// What a keyword's value has to be, or "" where it is. Schemas inside are checked by the walk.
std::string_view wanted(Operand operand, const json::value& value) {
    switch (operand) {
    case Operand::anything:
        return "";
    case Operand::text:
        return value.is_string() ? "" : "a text";
    case Operand::number:
        return value.is_number() ? "" : "a number";
    case Operand::count:
        return value.is_int64() && value.get_int64() >= 0 ? "" : "an integer from 0";
    case Operand::list:
        return value.is_array() && !value.get_array().empty() ? "" : "a list with elements";
    case Operand::texts:
        return are_texts(value) ? "" : "a list of texts without duplicates";
    case Operand::type:
        return are_types(value) ? "" : "array, boolean, integer, null, number, object or string";
    case Operand::format:
        return is_one_of(value, kFormats) ? "" : "date, time or date-time";
    case Operand::regex:
        return is_regex(value) ? "" : "a regular expression (ECMAScript)";
    case Operand::draft:
        return is_draft_07(value) ? "" : "http://json-schema.org/draft-07/schema#";
    case Operand::schema:
        return value.is_object() || value.is_bool() ? "" : "a schema";
    case Operand::schemas:
        return value.is_array() && !value.get_array().empty() ? "" : "a list of schemas";
    case Operand::schema_or_list:
        return value.is_object() || value.is_bool() ||
                       (value.is_array() && !value.get_array().empty())
                   ? ""
                   : "a schema or a list of schemas";
    case Operand::named_schemas:
        return value.is_object() ? "" : "an object of schemas";
    case Operand::reference:
        return value.is_string() ? "" : "a text";
    }
    return "";
}

Error bad_schema(const std::string& pointer, const std::string& what) {
    return Error{ErrorKind::config,
                 "schema at " + (pointer.empty() ? std::string("its root") : pointer) + ": " + what,
                 {}};
}

class Checker {
public:
    Checker(const json::value& root, SchemaLevel level)
        : root_(root)
        , level_(level) {}

    Status check(const json::value& node, const std::string& pointer) {
        if (node.is_bool() && !pointer.empty()) {
            return {};
        }
        if (!node.is_object()) {
            return bad_schema(pointer, "expected a schema (an object), found " + excerpt(node));
        }
        for (const auto& [key, value] : node.get_object()) {
            const std::string place = pointer + "/" + pointer_token(key);
            const auto keyword =
                std::ranges::find(kKeywords, std::string_view(key), &Keyword::name);
            if (keyword == kKeywords.end() || keyword->level > level_) {
                return bad_schema(pointer, unknown(key));
            }
            if (const auto want = wanted(keyword->operand, value); !want.empty()) {
                return bad_schema(place,
                                  "expected " + std::string(want) + ", found " + excerpt(value));
            }
            if (Status inner = check_inner(keyword->operand, value, place); !inner) {
                return inner;
            }
        }
        return check_together(node.get_object(), pointer);
    }

private:
    std::string unknown(std::string_view key) const {
        std::vector<std::string> known;
        for (const Keyword& keyword : kKeywords) {
            if (keyword.level <= level_) {
                known.emplace_back(keyword.name);
            }
        }
        return "keyword '" + std::string(key) + "' is not supported" + did_you_mean(key, known) +
               "; known are " + join(known, ", ");
    }

    Status check_inner(Operand operand, const json::value& value, const std::string& place) {
        if (operand == Operand::reference) {
            return check_reference(value, place);
        }
        if (operand == Operand::schema || operand == Operand::schema_or_list ||
            operand == Operand::schemas) {
            if (!value.is_array()) {
                return check(value, place);
            }
            std::size_t index = 0;
            for (const json::value& element : value.get_array()) {
                if (Status status = check(element, place + "/" + std::to_string(index++));
                    !status) {
                    return status;
                }
            }
        }
        if (operand == Operand::named_schemas) {
            for (const auto& [name, schema] : value.get_object()) {
                if (std::string_view(name).find('\0') != std::string_view::npos) {
                    return bad_schema(place, "a name holds a NUL character");
                }
                if (Status status = check(schema, place + "/" + pointer_token(name)); !status) {
                    return status;
                }
            }
        }
        return {};
    }

    const json::value* target_of(const json::value& reference) const {
        const std::string_view text =
            reference.is_string() ? std::string_view(reference.get_string()) : std::string_view{};
        return text.starts_with("#/definitions/") ? json_at(root_, text.substr(1)) : nullptr;
    }

    // Only #/definitions/NAME, and no circle that a validator would never leave.
    Status check_reference(const json::value& value, const std::string& place) {
        const json::value* target = target_of(value);
        if (target == nullptr) {
            return bad_schema(place,
                              excerpt(value) + " leads nowhere; expected #/definitions/<name>");
        }
        std::vector<const json::value*> open;
        return ends(*target, open) ? Status{} : bad_schema(place, "references lead in a circle");
    }

    // Whether the schemas that hold for the same value as `node` (behind $ref and in oneOf) are
    // finite. `open`: the nodes on the way here. Nodes found to end are remembered.
    bool ends(const json::value& node, std::vector<const json::value*>& open) {
        if (!node.is_object() || ending_.contains(&node)) {
            return true;
        }
        if (std::ranges::find(open, &node) != open.end()) {
            return false;
        }
        open.push_back(&node);
        bool finite = true;
        if (const json::value* reference = node.get_object().if_contains("$ref")) {
            const json::value* target = target_of(*reference);
            finite = target == nullptr || ends(*target, open);
        }
        const json::value* branches = node.get_object().if_contains("oneOf");
        if (finite && branches != nullptr && branches->is_array()) {
            finite = std::ranges::all_of(branches->get_array(), [&](const json::value& branch) {
                return ends(branch, open);
            });
        }
        open.pop_back();
        if (finite) {
            ending_.insert(&node);
        }
        return finite;
    }

    static Status check_together(const json::object& node, const std::string& pointer) {
        if (node.contains("$ref")) {
            for (const auto& member : node) {
                const std::string_view key = member.key();
                if (key != "$ref" && key != "title" && key != "description") {
                    return bad_schema(pointer,
                                      "keyword '" + std::string(key) +
                                          "' beside $ref would be ignored; move it into the "
                                          "definition");
                }
            }
        }
        if (!pointer.empty() && (node.contains("$id") || node.contains("$schema"))) {
            return bad_schema(pointer, "$id and $schema stand at the root only");
        }
        return {};
    }

    const json::value& root_;
    SchemaLevel level_;
    std::unordered_set<const json::value*> ending_;
};

} // namespace

Status check_schema(const json::value& schema, SchemaLevel level) {
    return Checker(schema, level).check(schema, "");
}

} // namespace assay

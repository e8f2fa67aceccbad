#include "case_inputs.hpp"

#include "isa_level/isa_level.hpp"
#include "semantic_tokens/keyword_lists.hpp"
#include "semantic_tokens/model_shape.hpp"
#include "semantic_tokens/token_rules.hpp"

#include <cmath>

namespace assay::semantic_tokens_suite {
namespace {

namespace st = semantic_tokens;

std::string quoted(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return quoted + "\"";
}

// Of all words and the lists they stand in.
std::uint64_t keywords_digest() {
    std::uint64_t digest = st::kFnvStart;
    for (const st::Keyword& keyword : st::bundled_keywords()) {
        for (const char c : keyword.word) {
            digest = (digest ^ static_cast<unsigned char>(c)) * st::kFnvPrime;
        }
        digest = (digest ^ static_cast<std::uint64_t>(keyword.kind)) * st::kFnvPrime;
    }
    return digest;
}

} // namespace

std::size_t size_between(const assay::params& params,
                         std::string_view axis,
                         std::size_t least,
                         std::size_t most) {
    const std::int64_t value = params.i64(axis);
    if (value < static_cast<std::int64_t>(least) || value > static_cast<std::int64_t>(most)) {
        throw assay::config_error(std::string(axis) + "=" + std::to_string(value) +
                                  ": expected a whole number from " + std::to_string(least) +
                                  " to " + std::to_string(most));
    }
    return static_cast<std::size_t>(value);
}

bool is_word(const assay::params& params,
             std::string_view axis,
             std::string_view yes,
             std::string_view no) {
    const std::string value = params.str(axis);
    if (value != yes && value != no) {
        throw assay::config_error(std::string(axis) + "=" + value + ": expected " +
                                  std::string(no) + " or " + std::string(yes));
    }
    return value == yes;
}

WorkChoice choice_of(const assay::params& params) {
    const WorkChoice choice{.tokens = size_between(params, "n", 1, st::ModelShape{}.longest),
                            .is_single = is_word(params, "dtype", "f32", "f64"),
                            .is_naive =
                                params.has("impl") && is_word(params, "impl", "naive", "assay"),
                            .seed = params.seed()};
    if (choice.is_naive && choice.tokens > kNaiveTokensMost) {
        throw assay::skip("impl=naive,n=" + std::to_string(choice.tokens) +
                          ": the naive way is measured to n=" + std::to_string(kNaiveTokensMost));
    }
    return choice;
}

void add_impl_axis(assay::family_builder family) {
    family.axis("impl", {"assay", "naive"})
        .help("as fast as it can be, or as one writes the formulas down first")
        .variant("naive");
}

void add_token_axes(assay::family_builder family,
                    std::initializer_list<assay::axis_value> quick,
                    std::initializer_list<assay::axis_value> standard) {
    family.axis("n", {16, 64, 256, 512, 2048})
        .unit("{token}")
        .help("tokens of a sequence; the naive way to 512")
        .quick(quick)
        .standard(standard);
    family.axis("dtype", {"f64", "f32"}).help("precision of all numbers").quick(1);
}

void attach_config(const assay::params& params, const ConfigEntries& entries) {
    const st::ModelShape shape;
    std::string text =
        "{\"case\":" + quoted(params.case_id()) + ",\"isa_level\":" + quoted(name_of(isa_level())) +
        ",\"seed\":" + std::to_string(params.seed()) + ",\"width\":" + std::to_string(shape.width) +
        ",\"vocabulary\":" + std::to_string(shape.vocabulary) +
        ",\"layers\":" + std::to_string(shape.layers) +
        ",\"heads\":" + std::to_string(shape.heads) +
        ",\"longest\":" + std::to_string(shape.longest) +
        ",\"keywords\":" + std::to_string(st::bundled_keywords().size()) +
        ",\"keywords_fnv1a\":" + quoted(std::to_string(keywords_digest()));
    for (const auto& [key, value] : entries) {
        text += "," + quoted(key) + ":" + value;
    }
    params.context().attach("config.json", "application/json", text + "}");
}

std::uint64_t rounded_digest(std::span<const double> figures, bool is_single) {
    std::uint64_t sum = 0x9E3779B97F4A7C15ull;
    for (const double figure : figures) {
        const double rounded = std::round(figure * (is_single ? 1e3 : 1e8));
        sum = (sum ^ static_cast<std::uint64_t>(std::llround(rounded))) * 0xBF58476D1CE4E5B9ull;
        sum ^= sum >> 29;
    }
    return sum == 0 ? 1 : sum;
}

} // namespace assay::semantic_tokens_suite

#include "app/history/figure_words.hpp"

#include "support/text.hpp"
#include "verdict/amount.hpp"

#include <array>
#include <utility>

namespace assay::app {
namespace {

namespace flag = history::point_flag;

constexpr std::array<std::pair<std::uint32_t, const char*>, 6> kFlags{
    {{flag::outlier, "outlier"},
     {flag::environment_shift, "environment_shift"},
     {flag::excluded, "excluded"},
     {flag::imported, "imported"},
     {flag::exact, "exact"},
     {flag::drift, "drift"}}};

// As git abbreviates, with room for large trees.
constexpr std::size_t kCommitDigits = 12;
// Of a UUID of version 7: the time in milliseconds, so that runs in a row differ.
constexpr std::size_t kUuidDigits = 13;

} // namespace

std::string centre_text(const std::optional<history::Figures>& figures, std::string_view unit) {
    return figures ? verdict::figure_text(figures->center, unit) : std::string(kNotKnown);
}

std::string interval_text(const std::optional<history::Figures>& figures, std::string_view unit) {
    if (!figures || !figures->lo || !figures->hi) {
        return std::string(kNotKnown);
    }
    return "[" + verdict::figure_text(*figures->lo, unit) + ", " +
           verdict::figure_text(*figures->hi, unit) + "]";
}

std::vector<std::string> flag_names(std::uint32_t flags) {
    std::vector<std::string> names;
    for (const auto& [bit, name] : kFlags) {
        if ((flags & bit) != 0) {
            names.emplace_back(name);
        }
    }
    return names;
}

std::string
remarks_text(measure::CaseStatus status, std::uint32_t flags, const std::optional<bool>& dirty) {
    std::vector<std::string> words;
    if (status != measure::CaseStatus::passed) {
        words.emplace_back(measure::name_of(status));
    }
    for (std::string& name : flag_names(flags)) {
        words.push_back(std::move(name));
    }
    if (dirty.value_or(false)) {
        words.emplace_back("dirty");
    }
    return join(words, " ");
}

std::string short_commit(const std::string& sha) {
    return or_not_known(std::string_view(sha).substr(0, kCommitDigits));
}

std::string short_uuid(const std::string& uuid) {
    return uuid.substr(0, kUuidDigits);
}

std::string or_not_known(std::string_view text) {
    return std::string(text.empty() ? kNotKnown : text);
}

json::value figures_value(const std::optional<history::Figures>& figures) {
    if (!figures) {
        return nullptr;
    }
    return json::object{{"center", json_number(figures->center)},
                        {"lo", optional_number(figures->lo)},
                        {"hi", optional_number(figures->hi)},
                        {"spread", optional_number(figures->spread)},
                        {"min", optional_number(figures->min)},
                        {"max", optional_number(figures->max)},
                        {"p95", optional_number(figures->p95)},
                        {"p99", optional_number(figures->p99)},
                        {"n", json_count(figures->n)},
                        {"launches", json_count(figures->n_launches)}};
}

json::array flags_value(std::uint32_t flags) {
    const std::vector<std::string> names = flag_names(flags);
    return json::array(names.begin(), names.end());
}

json::value optional_number(const std::optional<double>& value) {
    return value ? json_number(*value) : json::value(nullptr);
}

json::value optional_count(const std::optional<std::int64_t>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

json::value optional_bool(const std::optional<bool>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

json::value optional_text(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

} // namespace assay::app

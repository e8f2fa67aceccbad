#include "app/history/figure_words.hpp"

#include "app/history/instant.hpp"
#include "support/text.hpp"
#include "tracking/document_values.hpp"
#include "verdict/amount.hpp"

namespace assay::app {
namespace {

// As git abbreviates, with room for large trees.
constexpr std::size_t kCommitDigits = 12;

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

std::string
remarks_text(measure::CaseStatus status, std::uint32_t flags, const std::optional<bool>& dirty) {
    std::vector<std::string> words;
    if (status != measure::CaseStatus::passed) {
        words.emplace_back(measure::name_of(status));
    }
    for (std::string& name : tracking::flag_names(flags)) {
        words.push_back(std::move(name));
    }
    if (dirty.value_or(false)) {
        words.emplace_back("dirty");
    }
    return join(words, " ");
}

std::string ended_text(const tracking::SeriesEnd& end) {
    constexpr std::size_t kDateLength = 10;
    return "ended " + date_text(end.last).substr(0, kDateLength) + ", since then in " + end.unit +
           ", " + std::string(measure::name_of(end.direction)) + " is better";
}

std::string short_commit(const std::string& sha) {
    return or_not_known(std::string_view(sha).substr(0, kCommitDigits));
}

std::string or_not_known(std::string_view text) {
    return std::string(text.empty() ? kNotKnown : text);
}

} // namespace assay::app

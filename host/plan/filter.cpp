#include "plan/filter.hpp"

#include "plan/case_id.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <set>

namespace assay::plan {
namespace {

constexpr std::string_view kTagPrefix = "tag:";

// An edit distance to every id of a very large plan would take longer than the user waits.
constexpr std::size_t kSuggestedIdsMax = 20'000;

// libstdc++ reports a repeat of nothing as an unmatched parenthesis and an open bracket as a bad
// range; the words cover what each code is used for.
std::string_view words_of(std::regex_constants::error_type code) {
    if (code == std::regex_constants::error_paren ||
        code == std::regex_constants::error_badrepeat) {
        return "its parentheses do not match, or nothing stands before a *, + or ?";
    }
    if (code == std::regex_constants::error_brack || code == std::regex_constants::error_range) {
        return "a [...] is not closed or holds a backward range";
    }
    if (code == std::regex_constants::error_brace || code == std::regex_constants::error_badbrace) {
        return "its braces hold no valid count";
    }
    if (code == std::regex_constants::error_escape) {
        return "a backslash stands before something it cannot escape";
    }
    return "it is malformed or too complex";
}

Result<std::regex> compile(const std::string& pattern) {
    try {
        return std::regex(pattern, std::regex::ECMAScript | std::regex::nosubs);
    } catch (const std::regex_error& error) {
        return Error{ErrorKind::usage,
                     "filter '" + pattern + "' is no case, no family and no regular expression: " +
                         std::string(words_of(error.code())),
                     "write [ ( * + ? . as \\[ \\( ... to mean themselves, or give an exact id"};
    }
}

Error bad_length(const std::string& text) {
    return Error{ErrorKind::usage,
                 text.empty() || text == "!" || text == kTagPrefix
                     ? "filter '" + text + "' is empty"
                     : "a filter is " + std::to_string(text.size()) + " bytes long, more than " +
                           std::to_string(kFilterBytesMax),
                 "give a case id, suite/family, tag:NAME or a regular expression"};
}

} // namespace

Universe::Universe(const std::vector<PlannedSuite>& suites, const std::vector<PlannedCase>& cases)
    : suites_(&suites)
    , cases_(&cases) {
    ids_.reserve(cases.size());
    const PlannedCase* last = nullptr;
    for (const PlannedCase& planned : cases) {
        ids_.insert(planned.id);
        if (last == nullptr || last->suite != planned.suite || last->family != planned.family) {
            families_.insert(family_name(planned));
        }
        last = &planned;
    }
}

std::string Universe::family_name(const PlannedCase& planned) const {
    const measure::SuiteDescription& suite = (*suites_)[planned.suite].description;
    return case_id(suite.name, suite.families[planned.family].name, "");
}

const std::vector<std::string>& Universe::tags(const PlannedCase& planned) const {
    return (*suites_)[planned.suite].description.families[planned.family].tags;
}

std::string Universe::suggestion(std::string_view pattern) const {
    std::set<std::string> words(families_.begin(), families_.end());
    if (pattern.starts_with(kTagPrefix)) {
        words.clear();
        for (const PlannedCase& planned : *cases_) {
            for (const std::string& tag : tags(planned)) {
                words.insert(std::string(kTagPrefix) + tag);
            }
        }
    } else if (pattern.find('/') == std::string_view::npos) {
        for (const PlannedSuite& suite : *suites_) {
            words.insert(suite.description.name);
        }
    } else if (pattern.find('[') != std::string_view::npos && ids_.size() <= kSuggestedIdsMax) {
        words.insert(ids_.begin(), ids_.end());
    }
    const std::vector<std::string> candidates(words.begin(), words.end());
    return did_you_mean(pattern, candidates);
}

Result<Filter> Filter::make(const std::string& text, const Universe& universe) {
    Filter filter;
    filter.text_ = text;
    filter.excludes_ = text.starts_with('!');
    filter.pattern_ = text.substr(filter.excludes_ ? 1 : 0);
    const bool is_tag = filter.pattern_.starts_with(kTagPrefix);
    if (filter.pattern_.size() <= (is_tag ? kTagPrefix.size() : 0) ||
        filter.pattern_.size() > kFilterBytesMax) {
        // An exact id may be longer than any expression.
        if (!universe.has_case(filter.pattern_)) {
            return bad_length(text);
        }
    }
    if (universe.has_case(filter.pattern_)) {
        filter.kind_ = Kind::one_case;
    } else if (universe.has_family(filter.pattern_)) {
        filter.kind_ = Kind::family;
    } else if (is_tag) {
        filter.kind_ = Kind::tag;
    } else {
        auto expression = compile(filter.pattern_);
        if (!expression) {
            return expression.error();
        }
        filter.expression_ = *std::move(expression);
    }
    return filter;
}

bool Filter::matches(const PlannedCase& planned, const Universe& universe) const {
    switch (kind_) {
    case Kind::one_case:
        return planned.id == pattern_;
    case Kind::family:
        return universe.family_name(planned) == pattern_;
    case Kind::tag: {
        const std::vector<std::string>& tags = universe.tags(planned);
        const std::string_view tag = std::string_view(pattern_).substr(kTagPrefix.size());
        return std::find(tags.begin(), tags.end(), tag) != tags.end();
    }
    case Kind::expression:
        return std::regex_search(planned.id, expression_);
    }
    return false;
}

} // namespace assay::plan

// What a FILTER on the command line means: an exact id or `suite/family` is taken literally first,
// else it is a regular expression searched for in the id; `tag:NAME`; `!` in front excludes.
//
//   auto filter = Filter::make("!tag:slow", universe);
//   if (filter->matches(planned)) ...
//
// Values; const members are callable from any thread.
#pragma once

#include "plan/plan.hpp"

#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace assay::plan {

// A pattern longer than this is no filter; it also bounds the recursion of std::regex.
inline constexpr std::size_t kFilterBytesMax = 1000;

// Everything a filter may be about: the cases before filters, and what their families say.
class Universe {
public:
    // Both must outlive the universe.
    Universe(const std::vector<PlannedSuite>& suites, const std::vector<PlannedCase>& cases);

    [[nodiscard]] bool has_case(std::string_view id) const { return ids_.contains(id); }

    [[nodiscard]] bool has_family(const std::string& name) const {
        return families_.contains(name);
    }

    [[nodiscard]] std::string family_name(const PlannedCase& planned) const;
    [[nodiscard]] const std::vector<std::string>& tags(const PlannedCase& planned) const;

    [[nodiscard]] const std::vector<PlannedCase>& cases() const noexcept { return *cases_; }

    // " (did you mean '...'?)" or "", over what such a filter could have meant.
    [[nodiscard]] std::string suggestion(std::string_view pattern) const;

private:
    const std::vector<PlannedSuite>* suites_;
    const std::vector<PlannedCase>* cases_;
    std::unordered_set<std::string_view> ids_;
    std::unordered_set<std::string> families_;
};

class Filter {
public:
    // Usage error for an empty or overlong pattern or a malformed regular expression.
    static Result<Filter> make(const std::string& text, const Universe& universe);

    [[nodiscard]] bool excludes() const noexcept { return excludes_; }

    // As given, with its `!`.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    // Without its `!`.
    [[nodiscard]] const std::string& pattern() const noexcept { return pattern_; }

    [[nodiscard]] bool matches(const PlannedCase& planned, const Universe& universe) const;

private:
    enum class Kind { one_case, family, tag, expression };

    Kind kind_ = Kind::expression;
    bool excludes_ = false;
    std::string text_, pattern_;
    std::regex expression_;
};

} // namespace assay::plan

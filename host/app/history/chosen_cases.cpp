#include "app/history/chosen_cases.hpp"

#include "support/text.hpp"
#include "tracking/series_choice.hpp"

namespace assay::app {
namespace {

Result<std::set<std::string>> meant_by(const std::string& pattern,
                                       const std::vector<std::string>& case_ids,
                                       const std::string& where) {
    if (pattern.starts_with("tag:")) {
        return Error{.kind = ErrorKind::usage,
                     .message = "'" + pattern + "': recorded runs keep no tags",
                     .hint = "name cases by id, suite/family or a regular expression"};
    }
    auto meant = tracking::matching_cases(case_ids, {pattern});
    if (meant && meant->empty()) {
        return Error{.kind = ErrorKind::usage,
                     .message = "no case of " + where + " matches '" + pattern + "'" +
                                did_you_mean(pattern, case_ids),
                     .hint = "name cases by id, suite/family or a regular expression"};
    }
    return meant;
}

} // namespace

Result<std::set<std::string>> chosen_cases(const std::vector<std::string>& case_ids,
                                           const std::vector<std::string>& words,
                                           const std::string& where) {
    std::set<std::string> wanted;
    std::set<std::string> unwanted;
    bool any_wanted = false;
    for (const std::string& word : words) {
        const bool excludes = word.starts_with('!');
        auto meant = meant_by(word.substr(excludes ? 1 : 0), case_ids, where);
        if (!meant) {
            return meant.error();
        }
        any_wanted = any_wanted || !excludes;
        (excludes ? unwanted : wanted).merge(*meant);
    }
    if (!any_wanted) {
        wanted.insert(case_ids.begin(), case_ids.end());
    }
    for (const std::string& id : unwanted) {
        wanted.erase(id);
    }
    if (wanted.empty() && !words.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "the filters leave no case of " + where,
                     .hint = "'!' in front of a filter excludes what it matches"};
    }
    return wanted;
}

} // namespace assay::app

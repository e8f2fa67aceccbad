#include "tracking/exports/chosen_cases.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <functional>
#include <regex>
#include <set>

namespace assay::tracking {
namespace {

// A longer one is no pattern; it also bounds the recursion of std::regex.
constexpr std::size_t kWordBytesMax = 1000;

// How a case may be called.
struct CaseNames {
    std::string id, suite, family; // family: "suite/family"
};

using CaseMatcher = std::function<bool(const CaseNames&)>;
using KnownCases = std::vector<CaseNames>;

KnownCases known_cases(const std::vector<ExportedRun>& runs) {
    KnownCases known;
    std::set<std::string> seen;
    for (const ExportedRun& exported : runs) {
        for (const ExportedCase& one : exported_cases(exported.run)) {
            if (seen.insert(one.id).second) {
                known.push_back({one.id, one.suite, one.suite + "/" + one.family});
            }
        }
    }
    return known;
}

Result<CaseMatcher> expression_of(const std::string& word) {
    try {
        if (word.size() > kWordBytesMax) {
            throw std::regex_error(std::regex_constants::error_complexity);
        }
        const std::regex pattern(word);
        return CaseMatcher([pattern](const CaseNames& one) {
            return one.id.size() <= kWordBytesMax && std::regex_search(one.id, pattern);
        });
    } catch (const std::regex_error&) {
        return Error{.kind = ErrorKind::usage,
                     .message = "'" + word.substr(0, 80) +
                                "' is neither a case of the run nor a regular expression",
                     .hint = "quote it: '[' and '(' mean something in an expression"};
    }
}

Result<CaseMatcher> matcher_of_word(const std::string& word, const KnownCases& known) {
    if (word.starts_with("tag:")) {
        return Error{.kind = ErrorKind::usage,
                     .message = "'" + word + "': a history keeps no tags of cases",
                     .hint = "name suites, suite/family, or ids"};
    }
    const auto is_literal = [&](std::string CaseNames::*name) {
        return std::ranges::any_of(known, [&](const CaseNames& one) { return one.*name == word; });
    };
    for (std::string CaseNames::*name : {&CaseNames::id, &CaseNames::family, &CaseNames::suite}) {
        if (is_literal(name)) {
            return CaseMatcher([word, name](const CaseNames& one) { return one.*name == word; });
        }
    }
    return expression_of(word);
}

Error no_such_case(const std::string& word, const KnownCases& known) {
    std::vector<std::string> names;
    for (const CaseNames& one : known) {
        names.insert(names.end(), {one.id, one.family, one.suite});
    }
    return {.kind = ErrorKind::usage,
            .message =
                "nothing of what was recorded matches '" + word + "'" + did_you_mean(word, names),
            .hint = "'assay history show' lists the cases of a run"};
}

// The ids that the words leave: of those that some word names, all that none excludes.
Result<std::set<std::string>> chosen_ids(const std::vector<std::string>& words,
                                         const KnownCases& known) {
    std::set<std::string> in, out;
    bool any_includes = false;
    for (const std::string& word : words) {
        const bool excludes = word.starts_with('!');
        const Result<CaseMatcher> matches = matcher_of_word(word.substr(excludes ? 1 : 0), known);
        if (!matches) {
            return matches.error();
        }
        any_includes = any_includes || !excludes;
        bool met = false;
        for (const CaseNames& one : known) {
            if ((*matches)(one)) {
                (excludes ? out : in).insert(one.id);
                met = true;
            }
        }
        if (!met && !excludes) {
            return no_such_case(word, known);
        }
    }
    std::set<std::string> left;
    for (const CaseNames& one : known) {
        if ((!any_includes || in.contains(one.id)) && !out.contains(one.id)) {
            left.insert(one.id);
        }
    }
    return left;
}

Status check_metrics(const std::vector<ExportedRun>& runs, const std::vector<std::string>& asked) {
    std::set<std::string> known;
    for (const ExportedRun& exported : runs) {
        for (const history::Point& point : exported.run.points) {
            known.insert(point.series.metric);
        }
    }
    for (const std::string& metric : asked) {
        if (!known.contains(metric)) {
            const std::vector<std::string> names(known.begin(), known.end());
            return Error{.kind = ErrorKind::usage,
                         .message = "nothing that was recorded has a metric '" + metric + "'" +
                                    did_you_mean(metric, names),
                         .hint = "there are: " + join(names, ", ")};
        }
    }
    return {};
}

// Of one run; gives how many figures were left out as excluded.
std::size_t
narrow(ExportedRun& exported, const CaseChoice& choice, const std::set<std::string>& ids) {
    const auto unwanted = [&](const std::string& id, const std::string& metric) {
        return (!id.empty() && !ids.contains(id)) ||
               (!metric.empty() && !choice.metrics.empty() &&
                std::ranges::find(choice.metrics, metric) == choice.metrics.end());
    };
    history::Run& run = exported.run;
    std::erase_if(run.points, [&](const history::Point& point) {
        return unwanted(point.series.case_id, point.series.metric);
    });
    std::erase_if(run.failures,
                  [&](const history::Failure& failure) { return unwanted(failure.case_id, {}); });
    std::erase_if(exported.gates,
                  [&](const GateWord& word) { return unwanted(word.case_id, word.metric); });
    std::erase_if(exported.verdicts,
                  [&](const SeriesWord& word) { return unwanted(word.case_id, word.metric); });
    return choice.excluded_too ? 0 : std::erase_if(run.points, [](const history::Point& point) {
        return (point.flags & history::point_flag::excluded) != 0;
    });
}

} // namespace

Result<Chosen> keep_chosen(std::vector<ExportedRun>& runs, const CaseChoice& choice) {
    if (Status known = check_metrics(runs, choice.metrics); !known) {
        return known.error();
    }
    const Result<std::set<std::string>> ids = chosen_ids(choice.words, known_cases(runs));
    if (!ids) {
        return ids.error();
    }
    Chosen chosen;
    for (ExportedRun& exported : runs) {
        chosen.excluded += narrow(exported, choice, *ids);
    }
    std::erase_if(runs, [](const ExportedRun& exported) {
        return exported.run.points.empty() && exported.run.failures.empty();
    });
    if (runs.empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message =
                         chosen.excluded > 0
                             ? "everything that was chosen has been excluded from the history"
                             : "nothing is left of what was recorded",
                     .hint = "'assay history exclude RUN --undo' lets a run count again"};
    }
    return chosen;
}

} // namespace assay::tracking

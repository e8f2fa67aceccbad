#include "tracking/series_choice.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <functional>
#include <regex>
#include <tuple>

namespace assay::tracking {
namespace {

using history::SeriesRow;

using Matcher = std::function<bool(const history::Series&)>;

// A longer one is no pattern; it also bounds the recursion of std::regex.
constexpr std::size_t kPatternBytesMax = 1000;

// An exact id or suite/family is taken literally first, else it is searched for as an expression.
Result<Matcher> matcher_of(const std::string& words, const std::vector<SeriesRow>& rows) {
    const auto is_case = [words](const history::Series& one) { return one.case_id == words; };
    const auto is_family = [words](const history::Series& one) {
        return one.suite + "/" + one.family == words || one.suite == words;
    };
    const auto any = [&rows](const Matcher& matches) {
        return std::ranges::any_of(rows, [&](const SeriesRow& row) { return matches(row.series); });
    };
    if (any(is_case)) {
        return Matcher(is_case);
    }
    if (any(is_family)) {
        return Matcher(is_family);
    }
    try {
        if (words.size() > kPatternBytesMax) {
            throw std::regex_error(std::regex_constants::error_complexity);
        }
        const std::regex pattern(words);
        return Matcher([pattern](const history::Series& one) {
            return one.case_id.size() <= kPatternBytesMax &&
                   std::regex_search(one.case_id, pattern);
        });
    } catch (const std::regex_error&) {
        return Error{.kind = ErrorKind::usage,
                     .message = "'" + words.substr(0, 80) +
                                "' is neither a recorded case nor a regular expression",
                     .hint = "quote it: '[' and '(' mean something in an expression"};
    }
}

std::string asked_about(const SeriesChoice& choice) {
    return choice.platform ? " on platform '" + *choice.platform + "'" : std::string();
}

Error nothing_matches(const history::Store& store,
                      const SeriesChoice& choice,
                      const std::vector<SeriesRow>& all) {
    std::vector<std::string> cases;
    for (const SeriesRow& row : all) {
        cases.push_back(row.series.case_id);
    }
    std::string asked;
    if (choice.case_words) {
        asked = " of case '" + *choice.case_words + "'" + did_you_mean(*choice.case_words, cases);
    }
    return {.kind = ErrorKind::missing,
            .message = "there is no series" + asked + asked_about(choice) + " in " + store.where(),
            .hint = all.empty() ? "record a run first: 'assay run --record'"
                                : "'assay history show latest' lists what was measured last"};
}

// The cases are there, and none has the metric: `rows` are theirs.
Error no_such_metric(const history::Store& store,
                     const SeriesChoice& choice,
                     const std::vector<SeriesRow>& rows) {
    constexpr std::size_t kNamed = 12;
    std::set<std::string> names;
    for (const SeriesRow& row : rows) {
        names.insert(row.series.metric);
    }
    std::vector<std::string> metrics(names.begin(), names.end());
    const std::string meant = did_you_mean(*choice.metric, metrics);
    const std::size_t more = metrics.size() > kNamed ? metrics.size() - kNamed : 0;
    metrics.resize(metrics.size() - more);
    return {.kind = ErrorKind::missing,
            .message = (choice.case_words ? "case '" + *choice.case_words + "' has no metric '"
                                          : std::string("no case has a metric '")) +
                       *choice.metric + "'" + meant + asked_about(choice) + " in " + store.where(),
            .hint = (choice.case_words ? "it has: " : "there are: ") + join(metrics, ", ") +
                    (more > 0 ? " and " + std::to_string(more) + " more" : "")};
}

} // namespace

Result<std::vector<SeriesRow>> chosen_series(history::Store& store, const SeriesChoice& choice) {
    // Most often it is an id, which is an index away.
    Result<std::vector<SeriesRow>> all =
        store.series({.platform = choice.platform, .case_id = choice.case_words});
    if (all && all->empty() && choice.case_words) {
        all = store.series({.platform = choice.platform});
    }
    if (!all) {
        return all.error();
    }
    std::vector<SeriesRow> rows = *all;
    if (choice.case_words) {
        const Result<Matcher> matches = matcher_of(*choice.case_words, rows);
        if (!matches) {
            return matches.error();
        }
        std::erase_if(rows, [&](const SeriesRow& row) { return !(*matches)(row.series); });
    }
    if (rows.empty()) {
        return nothing_matches(store, choice, *all);
    }
    if (choice.metric) {
        const bool known = std::ranges::any_of(
            rows, [&choice](const SeriesRow& row) { return row.series.metric == *choice.metric; });
        if (!known) {
            return no_such_metric(store, choice, rows);
        }
        std::erase_if(rows,
                      [&](const SeriesRow& row) { return row.series.metric != *choice.metric; });
    }
    std::ranges::sort(rows, {}, [](const SeriesRow& row) {
        return std::tie(row.series.case_id, row.series.metric, row.series.platform.label, row.id);
    });
    return rows;
}

Result<std::set<std::string>> matching_cases(const std::vector<std::string>& case_ids,
                                             const std::vector<std::string>& words) {
    std::vector<SeriesRow> rows; // of ids alone: "suite/family[n=64]"
    for (const std::string& id : case_ids) {
        SeriesRow& row = rows.emplace_back();
        row.series.case_id = id;
        const std::string name = id.substr(0, id.find('['));
        const std::size_t cut = name.find('/');
        row.series.suite = name.substr(0, cut);
        row.series.family = cut == std::string::npos ? "" : name.substr(cut + 1);
    }
    std::set<std::string> meant;
    for (const std::string& word : words) {
        const Result<Matcher> matches = matcher_of(word, rows);
        if (!matches) {
            return matches.error();
        }
        for (const SeriesRow& row : rows) {
            if ((*matches)(row.series)) {
                meant.insert(row.series.case_id);
            }
        }
    }
    return meant;
}

std::string series_name(const history::Series& series) {
    return series.case_id + " " + series.metric;
}

} // namespace assay::tracking

#include "app/baselines/shown_baselines.hpp"

#include "app/history/figure_words.hpp"
#include "support/text.hpp"
#include "verdict/amount.hpp"

#include <algorithm>
#include <regex>
#include <set>
#include <tuple>

namespace assay::app {
namespace {

// "CASE METRIC" -> both; the key of a metric has no space.
std::pair<std::string, std::string> parts_of(const std::string& key) {
    const std::size_t space = key.find_last_of(' ');
    return {key.substr(0, space), space == std::string::npos ? "" : key.substr(space + 1)};
}

// What has a name here, whether or not it has a baseline.
struct KnownNames {
    std::set<std::string> cases, metrics;
};

KnownNames names_of(const std::vector<tracking::SeriesBaseline>& series,
                    const history::BaselinesFile& file) {
    KnownNames known;
    const auto add = [&known](const std::string& key) {
        const auto [case_id, metric] = parts_of(key);
        known.cases.insert(case_id);
        known.metrics.insert(metric);
    };
    for (const tracking::SeriesBaseline& one : series) {
        add(history::figure_key(one.row.series));
    }
    for (const auto& [label, platform] : file.platforms) {
        for (const auto& [key, figure] : platform.figures) {
            add(key);
        }
    }
    return known;
}

// What is known and has no baseline is no slip of the hand.
Error none_of(const char* what,
              const std::string& asked,
              bool is_known,
              const std::set<std::string>& known,
              const std::set<std::string>& with_baseline) {
    const auto listed = [](const std::set<std::string>& names) {
        constexpr std::size_t kNamed = 8;
        std::vector<std::string> some(names.begin(), names.end());
        const bool more = some.size() > kNamed;
        some.resize(std::min(some.size(), kNamed));
        return join(some, ", ") + (more ? ", ..." : "");
    };
    const std::string of = " of a " + std::string(what) + " '" + asked + "'";
    if (is_known) {
        return {.kind = ErrorKind::missing,
                .message = "there is no baseline" + of,
                .hint = with_baseline.empty() ? std::string()
                                              : "there are some of: " + listed(with_baseline)};
    }
    const std::vector<std::string> names(known.begin(), known.end());
    return {.kind = ErrorKind::usage,
            .message = "nothing is known" + of + did_you_mean(asked, names),
            .hint = "there are: " + listed(known)};
}

// The case as it is written, or an expression that is searched for in it.
Status narrow_cases(std::vector<ShownBaseline>& all, const std::string& words) {
    const bool literal = std::ranges::any_of(
        all, [&words](const ShownBaseline& one) { return parts_of(one.key).first == words; });
    if (literal) {
        std::erase_if(
            all, [&words](const ShownBaseline& one) { return parts_of(one.key).first != words; });
        return {};
    }
    try {
        const std::regex pattern(words);
        std::erase_if(all, [&pattern](const ShownBaseline& one) {
            return !std::regex_search(parts_of(one.key).first, pattern);
        });
        return {};
    } catch (const std::regex_error&) {
        return Error{.kind = ErrorKind::usage,
                     .message = "'" + words +
                                "' is neither a case with a baseline nor a regular expression",
                     .hint = "quote it: '[' and '(' mean something in an expression"};
    }
}

Status
narrow_to(std::vector<ShownBaseline>& all, const std::string& words, const KnownNames& known) {
    std::set<std::string> with_baseline;
    for (const ShownBaseline& one : all) {
        with_baseline.insert(parts_of(one.key).first);
    }
    Status narrowed = narrow_cases(all, words);
    if (!narrowed || !all.empty() || known.cases.empty()) {
        return narrowed;
    }
    const bool is_known = std::ranges::any_of(known.cases, [&words](const std::string& name) {
        return name == words || std::regex_search(name, std::regex(words));
    });
    return none_of("case", words, is_known, known.cases, with_baseline);
}

Status
narrow_metric(std::vector<ShownBaseline>& all, const std::string& metric, const KnownNames& known) {
    std::set<std::string> with_baseline;
    for (const ShownBaseline& one : all) {
        with_baseline.insert(parts_of(one.key).second);
    }
    std::erase_if(
        all, [&metric](const ShownBaseline& one) { return parts_of(one.key).second != metric; });
    if (!all.empty() || known.metrics.empty()) {
        return {};
    }
    return none_of("metric", metric, known.metrics.contains(metric), known.metrics, with_baseline);
}

} // namespace

Result<std::vector<ShownBaseline>>
shown_baselines(const std::vector<tracking::SeriesBaseline>& series,
                const history::BaselinesFile& file,
                const ShownChoice& choice) {
    std::vector<ShownBaseline> all;
    std::set<std::pair<std::string, std::string>> bound; // of the file: the history has it too
    for (const tracking::SeriesBaseline& one : series) {
        const history::Series& of = one.row.series;
        if (tracking::figure_in(file, of) != nullptr) {
            bound.emplace(of.platform.label, history::figure_key(of));
        }
        if (const auto figure = one.current()) {
            all.push_back({.label = of.platform.label,
                           .fingerprint = of.platform.fingerprint,
                           .key = history::figure_key(of),
                           .figure = *figure,
                           .stored = one.stored.has_value(),
                           .who = one.stored ? one.stored->who : "",
                           .why = one.stored ? one.stored->why : ""});
        }
    }
    for (const auto& [label, platform] : file.platforms) {
        for (const auto& [key, figure] : platform.figures) {
            if (!bound.contains({label, key})) {
                all.push_back({.label = label,
                               .fingerprint = platform.fingerprint,
                               .key = key,
                               .figure = figure,
                               .why = figure.why});
            }
        }
    }
    std::erase_if(all, [&choice](const ShownBaseline& one) {
        return choice.platform && one.label != *choice.platform &&
               !one.fingerprint.starts_with(*choice.platform);
    });
    const KnownNames known = names_of(series, file);
    if (choice.case_words) {
        if (Status narrowed = narrow_to(all, *choice.case_words, known); !narrowed) {
            return narrowed.error();
        }
    }
    if (choice.metric) {
        if (Status narrowed = narrow_metric(all, *choice.metric, known); !narrowed) {
            return narrowed.error();
        }
    }
    std::ranges::sort(all, {}, [](const ShownBaseline& one) {
        return std::tie(one.label, one.fingerprint, one.key);
    });
    return all;
}

TextTable baselines_table(const std::vector<ShownBaseline>& all) {
    TextTable table({"platform",
                     "metric",
                     "baseline",
                     "spread",
                     "runs",
                     "branch",
                     "policy",
                     "since",
                     "kept in",
                     "why"});
    for (const ShownBaseline& one : all) {
        const history::BaselineFigure& figure = one.figure;
        table.add({one.label,
                   one.key,
                   verdict::figure_text(figure.value, figure.unit),
                   figure.spread ? verdict::figure_text(*figure.spread, figure.unit)
                                 : std::string(kNotKnown),
                   figure.runs > 0 ? std::to_string(figure.runs) : std::string(kNotKnown),
                   or_not_known(figure.branch),
                   or_not_known(figure.policy),
                   or_not_known(figure.date.substr(0, 10)),
                   one.stored ? "history" : "file",
                   one.why.empty() ? "" : one.why + (one.who.empty() ? "" : " (" + one.who + ")")});
    }
    return table;
}

TextTable baselines_rows(const std::vector<ShownBaseline>& all) {
    TextTable table({"platform",
                     "fingerprint",
                     "metric",
                     "unit",
                     "baseline",
                     "spread",
                     "runs",
                     "branch",
                     "policy",
                     "date",
                     "kept_in",
                     "why",
                     "who"});
    for (const ShownBaseline& one : all) {
        const history::BaselineFigure& figure = one.figure;
        table.add({one.label,
                   one.fingerprint,
                   one.key,
                   figure.unit,
                   shortest(figure.value),
                   figure.spread ? shortest(*figure.spread) : "",
                   figure.runs > 0 ? std::to_string(figure.runs) : "",
                   figure.branch,
                   figure.policy,
                   figure.date,
                   one.stored ? "history" : "file",
                   one.why,
                   one.who});
    }
    return table;
}

history::BaselinesFile baselines_file(const std::vector<ShownBaseline>& all) {
    history::BaselinesFile file;
    for (const ShownBaseline& one : all) {
        const auto there = file.platforms.find(one.label);
        const bool other_machine = there != file.platforms.end() &&
                                   there->second.fingerprint != one.fingerprint &&
                                   !one.fingerprint.empty();
        history::PlatformBaselines& platform =
            file.platforms[other_machine ? one.label + "@" + one.fingerprint.substr(0, 12)
                                         : one.label];
        platform.fingerprint = one.fingerprint.empty() ? platform.fingerprint : one.fingerprint;
        platform.figures[one.key] = one.figure;
    }
    return file;
}

} // namespace assay::app

// Asks a history everything that <assay/history.hpp> has and prints a line of cells, separated by
// tabs, for every row of the answer: questions PLACE BASELINES-FILE QUESTION [WORDS...]. An empty
// word stands for one that is not given.
#include <assay/history.hpp>

#include <charconv>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <thread>

using namespace assay::recorded;

namespace {

using Words = std::vector<std::string>;

std::string text(double value) {
    char digits[64];
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

std::string text(const std::optional<double>& value) {
    return value ? text(*value) : "-";
}

std::string text(Instant instant) {
    return std::to_string(instant.time_since_epoch().count());
}

std::string text(const std::optional<Instant>& instant) {
    return instant ? text(*instant) : "-";
}

void row(const Words& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::cout << (i == 0 ? "" : "\t") << (cells[i].empty() ? "-" : cells[i]);
    }
    std::cout << '\n';
}

int failed(const Error& error) {
    constexpr const char* kKinds[]{"usage", "config", "io", "unavailable", "missing"};
    row({kKinds[static_cast<int>(error.kind)], error.message, error.hint});
    return 2;
}

std::optional<std::string> word(const Words& words, std::size_t at) {
    return at < words.size() && !words[at].empty() ? std::optional(words[at]) : std::nullopt;
}

SeriesFilter filter_of(const Words& words) {
    return {.cases = word(words, 0), .metric = word(words, 1), .platform = word(words, 2)};
}

int runs(History& history, const Words& words) {
    const auto all = history.recent_runs({.platform = word(words, 0), .branch = word(words, 1)});
    if (!all) {
        return failed(all.error());
    }
    for (const RunSummary& one : *all) {
        row({one.uuid,
             one.platform.label,
             one.branch,
             one.commit,
             one.kind,
             one.status,
             std::to_string(one.points),
             text(one.started)});
    }
    return 0;
}

int trend(History& history, const Words& words) {
    const auto all = history.trend(filter_of(words));
    if (!all) {
        return failed(all.error());
    }
    for (const Trend& one : *all) {
        for (const TrendPoint& point : one.points) {
            row({one.series.case_id,
                 one.series.metric,
                 one.series.unit,
                 one.series.platform.label,
                 point.run,
                 point.commit,
                 point.status,
                 point.figures ? text(point.figures->center) : "",
                 point.figures ? text(point.figures->lo) : ""});
        }
    }
    return 0;
}

int baselines(History& history, const Words& words) {
    constexpr const char* kSources[]{"none", "history", "file", "runs"};
    const auto all = history.baselines(filter_of(words));
    if (!all) {
        return failed(all.error());
    }
    for (const Baseline& one : *all) {
        row({one.series.case_id,
             one.series.metric,
             kSources[static_cast<int>(one.source)],
             text(one.value),
             std::to_string(one.runs),
             one.policy,
             one.why,
             one.reason});
    }
    return 0;
}

int print(const Result<Comparison>& compared) {
    if (!compared) {
        return failed(compared.error());
    }
    row({"run", compared->run, compared->against});
    for (const ComparedSeries& one : compared->series) {
        row({one.series.case_id,
             one.series.metric,
             std::string(name_of(one.verdict)),
             one.severity,
             text(one.figure),
             text(one.center),
             text(one.change),
             one.reason});
    }
    return 0;
}

int stats(History& history) {
    const auto found = history.stats();
    if (!found) {
        return failed(found.error());
    }
    row({found->place,
         std::to_string(found->schema),
         std::to_string(found->runs),
         std::to_string(found->points),
         std::to_string(found->series),
         std::to_string(found->platforms),
         text(found->first_run),
         text(found->last_run)});
    return 0;
}

int platforms(History& history) {
    const auto all = history.platforms();
    if (!all) {
        return failed(all.error());
    }
    for (const KnownPlatform& one : *all) {
        row({one.platform.label, one.platform.fingerprint, std::to_string(one.runs), one.identity});
    }
    return 0;
}

int exported(History& history, ExportFormat format) {
    const auto write = [](std::string_view part) {
        std::cout << part;
        return std::cout.good();
    };
    const auto count = history.export_to(format, write);
    return count ? 0 : failed(count.error());
}

int ended_export(History& history) {
    const auto count = history.export_to(ExportFormat::csv, [](std::string_view) { return false; });
    return count ? 0 : failed(count.error());
}

int bundles(History& history, const Words& words) {
    const auto written = history.export_bundles(words.at(0));
    if (!written) {
        return failed(written.error());
    }
    row({std::to_string(written->written), std::to_string(written->there_already)});
    return 0;
}

int record(History& history, const Words& words) {
    std::ifstream file(words.at(0));
    const std::string document(std::istreambuf_iterator<char>(file), {});
    const auto recorded = history.record_run(document);
    if (!recorded) {
        return failed(recorded.error());
    }
    row({recorded->uuid, recorded->is_new ? "new" : "known", std::to_string(recorded->points)});
    return 0;
}

int backup(History& history, const Words& words) {
    const auto copied = history.backup(words.at(0));
    if (!copied) {
        return failed(copied.error());
    }
    row({copied->file, copied->bytes > 0 ? "whole" : "empty"});
    return 0;
}

int compact(History& history, const Words& words) {
    const auto days = std::chrono::days(std::stoi(words.at(0)));
    const auto done = history.compact({.samples = days, .dry_run = words.size() > 1});
    if (!done) {
        return failed(done.error());
    }
    row({std::to_string(done->samples_before),
         std::to_string(done->samples_sketched),
         std::to_string(done->samples_pinned)});
    return 0;
}

// One History for each thread, all of one file: as many threads gave the same answer.
int threads(const std::string& place) {
    std::vector<std::size_t> runs_seen(8);
    std::vector<std::thread> all;
    for (std::size_t& seen : runs_seen) {
        all.emplace_back([&seen, &place] {
            auto history = History::open(place);
            for (int i = 0; i < 20 && history; ++i) {
                const auto found = history->recent_runs({.limit = 0});
                seen += found ? found->size() : 0;
            }
        });
    }
    for (std::thread& one : all) {
        one.join();
    }
    for (const std::size_t seen : runs_seen) {
        row({std::to_string(seen)});
    }
    return 0;
}

int answer(const std::string& question, History& history, const Words& words) {
    if (question == "runs") {
        return runs(history, words);
    }
    if (question == "trend") {
        return trend(history, words);
    }
    if (question == "baselines") {
        return baselines(history, words);
    }
    if (question == "compare") {
        return print(words.size() > 1 ? history.compare(words[0], words[1])
                                      : history.compare(words.at(0)));
    }
    if (question == "measured") {
        return print(
            history.compare({{words.at(1), words.at(2), std::stod(words.at(3))}}, words.at(0)));
    }
    if (question == "stats") {
        return stats(history);
    }
    if (question == "platforms") {
        return platforms(history);
    }
    if (question == "bundles") {
        return bundles(history, words);
    }
    if (question == "ended-export") {
        return ended_export(history);
    }
    if (question == "record") {
        return record(history, words);
    }
    if (question == "backup") {
        return backup(history, words);
    }
    if (question == "compact") {
        return compact(history, words);
    }
    return exported(history, question == "csv" ? ExportFormat::csv : ExportFormat::json);
}

} // namespace

int main(int argc, char** argv) {
    const Words words(argv + 1, argv + argc);
    if (words.at(2) == "threads") {
        return threads(words.at(0));
    }
    const bool writable = words.back() == "--writable";
    Words rest(words.begin() + 3, words.end() - (writable ? 1 : 0));
    Result<History> opened =
        History::open(words.at(0), {.baselines_file = words.at(1), .writable = writable});
    if (!opened) {
        return failed(opened.error());
    }
    History history = *std::move(opened); // as programs keep it
    return answer(words.at(2), history, rest);
}

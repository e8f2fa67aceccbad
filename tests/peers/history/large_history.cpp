#include "large_history.hpp"

#include "history/sql/sqlite_connection.hpp"
#include "history/store.hpp"
#include "made_runs.hpp"
#include "python_peer.hpp"
#include "seconds_since.hpp"
#include "temporary_folder.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace assay::history::measured {

namespace {

constexpr std::size_t kRunsPerBatch = 100;

template <class Work>
double seconds_of(const Work& work) {
    const auto begin = Clock::now();
    work();
    return seconds_since(begin);
}

template <class Value>
Value need(Result<Value> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(*result);
}

double fill(const std::string& file, const Large& large) {
    const auto store = need(open_store(file, {.create = true}));
    MadeRuns runs({.count = kRunsPerBatch, .points = large.series, .samples = 0});
    double spent = 0;
    for (std::size_t i = 0; i < large.runs / kRunsPerBatch; ++i) {
        const std::vector<Run>& next = runs.next();
        spent += seconds_of([&] { need(store->record_all(next)); });
    }
    return static_cast<double>(large.runs * large.series) / spent;
}

void read(Store& store, const std::vector<SeriesRow>& series, std::size_t count, std::size_t last) {
    for (std::size_t i = 0; i < std::min(count, series.size()); ++i) {
        if (need(store.points(series[i].id, {.last = last})).size() != last) {
            throw std::runtime_error("points are missing");
        }
    }
}

void read_lines(Store& store, const std::vector<SeriesRow>& series) {
    std::vector<std::int64_t> ids;
    for (std::size_t i = 0; i < std::min<std::size_t>(200, series.size()); ++i) {
        ids.push_back(series[i].id);
    }
    for (const std::vector<LinePoint>& line : need(store.lines(ids, {.last = 500}))) {
        if (line.size() != 500) {
            throw std::runtime_error("points are missing");
        }
    }
}

double bytes_of_points(const std::string& file) {
    const auto db = need(sql::open_sqlite(file, {.read_only = true}));
    return static_cast<double>(
        need(db->ask("SELECT sum(pgsize) FROM dbstat WHERE name IN ('point', "
                     "'point_by_run', 'sqlite_autoindex_point_1')")));
}

// The median over stores that were opened anew, each for another series.
double one_series_s(const std::string& file, const Large& large) {
    constexpr std::size_t kStores = 9;
    std::vector<double> each;
    for (std::size_t i = 0; i < kStores; ++i) {
        const auto store = need(open_store(file, {.read_only = true}));
        const auto series = need(store->series({}));
        each.push_back(seconds_of([&] {
            if (need(store->points(series[large.series * i / kStores].id, {})).size() !=
                large.runs) {
                throw std::runtime_error("points are missing");
            }
        }));
    }
    std::sort(each.begin(), each.end());
    return each[kStores / 2];
}

// The median of five; the command says what is wrong with it on standard error.
std::optional<double> command_s(const Large& large, const std::string& words) {
    if (large.assay.empty()) {
        return std::nullopt;
    }
    const std::string command = "'" + large.assay + "' " + words + " >/dev/null";
    std::vector<double> each;
    for (int i = 0; i < 5; ++i) {
        each.push_back(seconds_of([&] {
            if (std::system(command.c_str()) != 0) { // NOLINT(concurrency-mt-unsafe)
                throw std::runtime_error(command + " failed");
            }
        }));
    }
    std::sort(each.begin(), each.end());
    return each[2];
}

} // namespace

LargeResult read_large_history(const Large& large) {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    LargeResult result;
    result.points_per_s = fill(file, large);
    const auto points = static_cast<double>(large.runs * large.series);
    result.one_series_s = one_series_s(file, large);
    {
        const auto store = need(open_store(file, {.read_only = true}));
        const auto series = need(store->series({}));
        const std::string place = " -C '" + folder.path().string() + "' --history '" + file + "'";
        result.trend_s = command_s(
            large, "history trend '" + series[large.series / 2].series.case_id + "'" + place);
        result.update_s = command_s(large, "baseline update --dry-run" + place);
        result.newest_s = seconds_of([&] { read(*store, series, 500, 20); });
    }
    const auto store = need(open_store(file, {.read_only = true}));
    const auto series = need(store->series({}));
    result.last_first_s = seconds_of([&] { read_lines(*store, series); });
    std::vector<double> again;
    const std::clock_t cpu = std::clock();
    for (int i = 0; i < 5; ++i) {
        again.push_back(seconds_of([&] { read_lines(*store, series); }));
    }
    result.last_cpu_s = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC / 5;
    std::sort(again.begin(), again.end());
    result.last_again_s = again[2];
    result.python_s = python_reads(file, 200, 500);
    result.whole_s = seconds_of([&] { read(*store, series, 200, 500); });
    result.gigabytes = static_cast<double>(need(store->stats()).bytes) / 1e9;
    result.bytes_per_point = bytes_of_points(file) / points;
    return result;
}

} // namespace assay::history::measured

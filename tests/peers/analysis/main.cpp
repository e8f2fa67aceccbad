// Measures an analysis of a whole history on this machine and prints goal and figure side by side;
// see README.md. tools/measure-analysis builds and runs it.
#include "history/store.hpp"
#include "lanes/lanes.hpp"
#include "shaped_history.hpp"
#include "statistics/summary.hpp"
#include "support/json.hpp"
#include "temporary_folder.hpp"
#include "tracking/analysis_document.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace assay;
using namespace assay::tracking::measured;
using Clock = std::chrono::steady_clock;

template <class Value>
Value need(Result<Value> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(*result);
}

// What `assay analyze --dry-run --format json` does between its options and its output.
void analyse_once(const std::string& file) {
    const auto store = need(history::open_store(file, {.read_only = true}));
    const lanes::Lanes lanes;
    auto all = need(tracking::analyse(
        *store, {}, {}, [&lanes](std::size_t count, const std::function<void(std::size_t)>& body) {
            lanes.run(count, [&body](std::size_t i, std::uint32_t) { body(i); });
        }));
    std::vector<tracking::ShownAnalysis> shown;
    for (tracking::BranchAnalysis& one : all) {
        auto book = need(tracking::open_alert_book(*store, one, 1));
        shown.push_back({std::move(one), std::move(book)});
    }
    if (write_json(tracking::analysis_document(shown, {.where = file})).empty()) {
        throw std::runtime_error("no document");
    }
}

struct Launch {
    double wall_s = 0, cpu_s = 0;
};

// In a process of its own, as the command is.
Launch launch(const std::string& file) {
    const auto begin = Clock::now();
    const pid_t child = fork();
    if (child < 0) {
        throw std::runtime_error("cannot fork");
    }
    if (child == 0) {
        try {
            analyse_once(file);
            std::_Exit(0);
        } catch (const std::exception& error) {
            fmt::print(stderr, "measure_analysis: {}\n", error.what());
            std::_Exit(3);
        }
    }
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) != 0) {
        throw std::runtime_error("a launch failed");
    }
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return {std::chrono::duration<double>(Clock::now() - begin).count(),
            seconds(used.ru_utime) + seconds(used.ru_stime)};
}

bool row(const char* what, const HistoryShape& shape, std::size_t launches, double goal_s) {
    const test::TemporaryFolder folder;
    const std::string file = (folder.path() / "history.db").string();
    record_history(file, shape);
    launch(file); // the first finds no page of the file in memory
    std::vector<double> walls, cpus;
    for (std::size_t i = 0; i < launches; ++i) {
        const Launch one = launch(file);
        walls.push_back(one.wall_s);
        cpus.push_back(one.cpu_s);
    }
    const auto sorted = statistics::sorted_copy(walls);
    const double typical = statistics::median(walls);
    const bool holds = typical <= goal_s;
    fmt::print(
        "{:>5} x {:<4} {:<9} {:>7.3f} s  ({:.3f} to {:.3f})  CPU {:.3f} s  goal {:.1f} s: {}\n",
        shape.series,
        shape.runs,
        what,
        typical,
        sorted.front(),
        sorted.back(),
        statistics::median(cpus),
        goal_s,
        holds ? "holds" : "MISSED");
    std::fflush(stdout);
    return holds;
}

} // namespace

int main(int count, char** arguments) {
    const std::size_t launches = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 7;
    if (launches == 0) {
        fmt::print(stderr, "usage: measure_analysis [LAUNCHES, 1 or more]\n");
        return 2;
    }

    struct Row {
        const char* what;
        Shape shape;
    };

    bool holds = true;
    try {
        for (const Row& one : {Row{"flat", Shape::flat},
                               Row{"stepped", Shape::stepped},
                               Row{"climbing", Shape::climbing},
                               Row{"waving", Shape::waving}}) {
            holds &= row(one.what, {one.shape, 500, 500}, launches, 0.5);
            holds &= row(one.what, {one.shape, 1000, 500}, launches, 2);
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "measure_analysis: {}\n", error.what());
        return 3;
    }
    return holds ? 0 : 1;
}

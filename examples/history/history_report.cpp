// The newest runs of a history, and what the latest of them made slower or faster.
#include <assay/history.hpp>

#include <iostream>

using namespace assay::recorded;

int failed(const Error& error) {
    std::cerr << "error: " << error.message << "; " << error.hint << '\n';
    return 2;
}

int main(int argc, char** argv) {
    Result<History> history = History::open(argc > 1 ? argv[1] : ".assay/history.db");
    if (!history) {
        return failed(history.error());
    }
    const auto runs = history->recent_runs({.limit = 3});
    if (!runs) {
        return failed(runs.error());
    }
    for (const RunSummary& run : *runs) {
        std::cout << run.uuid.substr(0, 13) << " on " << run.branch << ": " << run.status << '\n';
    }
    const auto compared = history->compare("latest");
    if (!compared) {
        return failed(compared.error());
    }
    for (const ComparedSeries& one : compared->series) {
        std::cout << one.series.case_id << ' ' << one.series.metric << ": " << name_of(one.verdict);
        if (one.figure && one.center) {
            std::cout << ", " << *one.center << " -> " << *one.figure << ' ' << one.series.unit;
        }
        std::cout << (one.reason.empty() ? "" : " (" + one.reason + ")") << '\n';
    }
    return compared->with(Verdict::regressed).empty() ? 0 : 1;
}

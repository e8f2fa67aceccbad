// What became slower or faster since the baselines: history_report FILE-OR-URL [RUN [OTHER-RUN]]
#include <assay/history.hpp>

#include <iostream>

using namespace assay::recorded;

int fail(const Error& error) {
    std::cerr << "error: " << error.message << "\n" << error.hint << '\n';
    return 2;
}

int main(int argc, char** argv) {
    if (argc < 2) {
        return fail({ErrorKind::usage, "no history named", "history_report .assay/history.db"});
    }
    Result<History> history = History::open(argv[1]);
    if (!history) {
        return fail(history.error());
    }
    const Result<Stats> stats = history->stats();
    if (!stats) {
        return fail(stats.error());
    }
    std::cout << stats->runs << " runs of " << stats->series << " series\n";

    const std::string run = argc > 2 ? argv[2] : "latest";
    const auto compared = argc > 3 ? history->compare(run, argv[3]) : history->compare(run);
    if (!compared) {
        return fail(compared.error());
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

// Records what a program has measured itself, and keeps a copy of the history beside it.
#include <assay/history.hpp>

#include <iostream>

using namespace assay::recorded;

int main(int argc, char** argv) {
    const std::string place = argc > 1 ? argv[1] : ".assay/history.db";
    Result<History> history = History::open(place, {.writable = true});
    if (!history) {
        std::cerr << "error: " << history.error().message << '\n';
        return 2;
    }
    const auto recorded = history->record_run(R"({
        "schema": "assay.record/1",
        "metrics": {"recall": {"value": 0.91, "unit": "1", "direction": "higher"},
                    "answer_time": {"value": 84, "unit": "ms", "direction": "lower"}},
        "metadata": {"timestamp": "2026-11-21T10:00:00Z", "git_branch": "main"}})");
    const auto copied =
        recorded ? history->backup(place + ".copy") : Result<BackedUp>(recorded.error());
    if (!copied) {
        std::cerr << "error: " << copied.error().message << '\n';
        return 2;
    }
    std::cout << (recorded->is_new ? "recorded " : "known: ") << recorded->points
              << " figures; a copy is in " << copied->file << '\n';
    return 0;
}

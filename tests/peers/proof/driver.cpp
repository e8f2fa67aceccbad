#include "driver.hpp"

#include "assay_method.hpp"
#include "facts.hpp"
#include "peer_method.hpp"
#include "program.hpp"
#include "statistics/summary.hpp"
#include "turnstile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace proof {

namespace fs = std::filesystem;

namespace {

constexpr double kPeerSeconds = 16; // twice ten repetitions of half a second and a search for n
constexpr double kOverheadPairSeconds = 1.5;
constexpr std::chrono::seconds kOverheadMax{3600};
constexpr std::int64_t kOverheadPairsMin = 20; // the least that program takes

std::string outcome_text(const Record& record) {
    if (!record.failure.empty()) {
        return "FAILED: " + record.failure;
    }
    if (!record.text.empty()) {
        return record.passed ? "within its limits" : "beyond its limits";
    }
    if (record.method == kGoogleBenchmark) {
        return fmt::format("real p={:.4f} {:+.1f} %, CPU p={:.4f} {:+.1f} %",
                           record.real_time->p,
                           100 * (record.real_time->ratio - 1),
                           record.cpu_time->p,
                           100 * (record.cpu_time->ratio - 1));
    }
    return fmt::format("{} {:+.2f} %, {} pairs",
                       record.verdict,
                       100 * (record.ratio.value_or(1) - 1),
                       record.pairs);
}

std::string duration_text(double seconds) {
    return seconds < 90 ? fmt::format("{:.0f} s", seconds)
                        : fmt::format("{:.0f} min", seconds / 60);
}

} // namespace

Driver::Driver(const Options& options)
    : options_(options) {}

assay::Status Driver::prepare() {
    std::vector<fs::path> files{options_.assay,
                                fs::path(options_.assay).parent_path() / "assay-worker"};
    for (const fs::path& program : files) {
        if (!fs::exists(program)) {
            return assay::Error{assay::ErrorKind::io,
                                program.string() + " is missing",
                                "tools/prove-measurement builds it"};
        }
    }
    fs::create_directories(options_.out / "home");
    for (const Cell& cell : options_.cells) {
        if (cell.kind == Kind::overhead) {
            continue;
        }
        auto builds = lay_out(cell, options_.built, options_.out / "builds");
        if (!builds) {
            return builds.error();
        }
        files.push_back(builds->old_plugin);
        files.push_back(builds->new_plugin);
        builds_.emplace(cell.name, std::move(*builds));
    }
    if (const auto known = remember(files, options_.out / "builds.json"); !known) {
        return known.error();
    }
    auto records = load_records(options_.out / "records.jsonl");
    if (!records) {
        return records.error();
    }
    records_ = std::move(*records);
    return {};
}

std::int64_t Driver::wanted(const Cell& cell, const std::string& method) const {
    if (!options_.only.empty() && method != options_.only) {
        return 0;
    }
    if (method == kGoogleBenchmark) {
        const bool asked = options_.peer == Peer::all ||
                           (options_.peer == Peer::alarms && cell.kind == Kind::same);
        const bool able = cell.kind == Kind::same || cell.kind == Kind::slower;
        return asked && able ? options_.n : 0;
    }
    switch (cell.kind) {
    case Kind::overhead:
        return 1; // its own program makes the pairs
    case Kind::fifty:
        return options_.n_fifty;
    case Kind::same:
    case Kind::slower:
        break;
    }
    return options_.n;
}

// Round by round over all cells, beginning with another method each round.
std::vector<Driver::Turn> Driver::missing() const {
    std::vector<Turn> turns;
    for (const Cell& cell : options_.cells) {
        for (const std::string method : {kAssay, kGoogleBenchmark}) {
            const auto made = std::ranges::count_if(records_, [&](const Record& record) {
                return record.cell == cell.name && record.method == method;
            });
            for (std::int64_t i = made; i < wanted(cell, method); ++i) {
                turns.push_back({&cell, method, i});
            }
        }
    }
    std::ranges::stable_sort(turns, [](const Turn& a, const Turn& b) { return a.index < b.index; });
    for (std::size_t i = 1; i < turns.size(); ++i) {
        Turn& before = turns[i - 1];
        Turn& after = turns[i];
        if (before.cell == after.cell && before.index == after.index && before.index % 2 == 1 &&
            before.method == kAssay) {
            std::swap(before.method, after.method);
        }
    }
    return turns;
}

double Driver::seconds_of(const Cell& cell, const std::string& method) const {
    std::vector<double> seconds;
    for (const Record& record : records_) {
        if (record.cell == cell.name && record.method == method) {
            seconds.push_back(record.seconds);
        }
    }
    if (!seconds.empty()) {
        return assay::statistics::mean(seconds);
    }
    if (cell.kind == Kind::overhead) {
        return kOverheadPairSeconds * static_cast<double>(options_.n);
    }
    return method == kGoogleBenchmark ? kPeerSeconds : cell.budget_s;
}

double Driver::seconds_left(const std::vector<Turn>& turns, std::size_t next) const {
    std::map<std::pair<const Cell*, std::string>, double> each;
    double sum = 0;
    for (std::size_t i = next; i < turns.size(); ++i) {
        const std::pair key{turns[i].cell, turns[i].method};
        if (!each.contains(key)) {
            each[key] = seconds_of(*turns[i].cell, turns[i].method);
        }
        sum += each[key];
    }
    return sum;
}

Record Driver::measure_overhead() const {
    Record record;
    record.cell = "overhead";
    record.method = kAssay;
    const auto begin = std::chrono::steady_clock::now();
    const integration::Ended ended = integration::run_program(
        {options_.overhead, std::to_string(std::max(options_.n, kOverheadPairsMin))},
        {.timeout = kOverheadMax});
    record.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    record.text = ended.out;
    record.passed = ended.exit_code == 0;
    if (ended.exit_code != 0 && ended.exit_code != 1) { // 1: a ratio is beyond its limit
        record.failure = options_.overhead + " ended with exit status " +
                         std::to_string(ended.exit_code) + ": " + ended.err;
    }
    return record;
}

Record Driver::make(const Turn& turn) const {
    const Cell& cell = *turn.cell;
    if (cell.kind == Kind::overhead) {
        return measure_overhead();
    }
    const Builds& builds = builds_.at(std::string(cell.name));
    if (turn.method == kGoogleBenchmark) {
        return compare_by_google_benchmark(
            cell, builds.old_program, builds.new_program, options_.out / "home");
    }
    return compare_by_assay(cell,
                            {.program = options_.assay,
                             .old_build = builds.old_plugin,
                             .new_build = builds.new_plugin,
                             .document = options_.out / "comparison.json",
                             .home = options_.out / "home",
                             .more_options = options_.more_options});
}

// The documents of comparisons that were wrong, for whoever wants to know why.
void Driver::keep_document(const Record& record) const {
    const Cell* cell = cell_named(record.cell);
    if (record.method != kAssay || cell == nullptr || cell->kind == Kind::overhead) {
        return;
    }
    const bool alarm = record.others.slower + record.others.faster > 0 ||
                       record.verdict == "faster" ||
                       (cell->kind == Kind::same && record.verdict == "slower");
    std::error_code ignored;
    if (alarm || !record.failure.empty()) {
        fs::create_directories(options_.out / "wrong", ignored);
        fs::rename(options_.out / "comparison.json",
                   options_.out / "wrong" /
                       (record.cell + "-" + std::to_string(record.index) + ".json"),
                   ignored);
    }
    fs::remove(options_.out / "comparison.json", ignored);
}

assay::Status Driver::run(const volatile std::sig_atomic_t& interrupted) {
    const std::vector<Turn> turns = missing();
    for (std::size_t i = 0; i < turns.size() && interrupted == 0; ++i) {
        const Turn& turn = turns[i];
        const Turnstile turnstile(options_.lock);
        const std::string started = utc_now();
        const double load = load_average().one;
        Record record = make(turn);
        if (interrupted != 0) {
            break; // cut short: no figure
        }
        record.index = turn.index;
        record.started = started;
        record.load = load;
        if (const auto kept = append_record(options_.out / "records.jsonl", record); !kept) {
            return kept.error();
        }
        keep_document(record);
        records_.push_back(record);
        std::fprintf(stderr,
                     "[%3zu/%zu] %s, %s, %lld: %s (%.1f s)   left: %s\n",
                     i + 1,
                     turns.size(),
                     record.cell.c_str(),
                     record.method.c_str(),
                     static_cast<long long>(record.index + 1),
                     outcome_text(record).c_str(),
                     record.seconds,
                     duration_text(seconds_left(turns, i + 1)).c_str());
    }
    return {};
}

} // namespace proof

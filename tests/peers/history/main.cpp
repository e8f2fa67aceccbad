// Measures the history on this machine and prints goal and figure side by side; see README.md.
#include "large_history.hpp"
#include "postgres_writers.hpp"
#include "python_peer.hpp"
#include "temporary_folder.hpp"
#include "writers.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

using namespace assay::history::measured;

namespace {

void row(const std::string& what, const std::string& figure, const std::string& goal, bool met) {
    fmt::print("{:<58} {:>16}   {:<16} {}\n", what, figure, goal, met ? "yes" : "NO");
    std::fflush(stdout);
}

void note(const std::string& what, const std::string& figure) {
    fmt::print("{:<58} {:>16}\n", what, figure);
    std::fflush(stdout);
}

std::string rate(double points_per_s) {
    return fmt::format("{:.0f} points/s", points_per_s);
}

std::string milliseconds(double seconds) {
    return fmt::format("{:.2f} ms", seconds * 1e3);
}

void measure_one_writer(bool with_peer) {
    const Rows rows{.batches = 20, .runs = 50, .points = 200};
    const BatchResult batches = write_in_batches(rows.batches, rows.runs, rows.points);
    row("one process, 50 runs a batch, samples",
        rate(batches.points_per_s),
        ">= 100000",
        batches.points_per_s >= 100'000);
    note("  per second of its own CPU time", rate(batches.points_per_cpu_s));
    if (with_peer) {
        const assay::test::TemporaryFolder folder;
        const auto python = python_writes(folder.file("python.db"), rows);
        note("  peer: bare rows of that size by Python's sqlite3",
             python ? rate(*python) : "not measured");
    }
}

void measure_writers(bool with_peer) {
    const WritersResult ours = write_at_once({});
    row("8 processes x 100 runs x 200 points, samples",
        rate(ours.points_per_s),
        ">= 15000",
        ours.points_per_s >= 15'000);
    row("  lost points", fmt::format("{}", ours.lost), "0", ours.lost == 0);
    row("  busy shown to a user", fmt::format("{}", ours.busy), "0", ours.busy == 0);
    note("  slowest run", milliseconds(ours.slowest_s));
    if (with_peer) {
        const WritersResult peer = write_at_once({.deferred = true});
        note("  peer: deferred transactions", rate(peer.points_per_s));
        note("  peer: busy, to be tried again", fmt::format("{}", peer.busy));
        const double ratio = ours.points_per_s / peer.points_per_s;
        row("  ours / peer", fmt::format("{:.2f}", ratio), ">= 2.5", ratio >= 2.5);
    }
    measure_one_writer(with_peer);
}

void measure_large(std::size_t runs) {
    const LargeResult large =
        read_large_history({.series = 500, .runs = runs, .assay = ASSAY_PROGRAM});
    note(fmt::format("{} points of 500 series, recorded", runs * 500), rate(large.points_per_s));
    note("  file", fmt::format("{:.2f} GB", large.gigabytes));
    row("  points and their indexes, per point",
        fmt::format("{:.1f} B", large.bytes_per_point),
        "<= 130",
        large.bytes_per_point <= 130);
    row("  every point of one series, store just opened",
        milliseconds(large.one_series_s),
        "< 50 ms",
        large.one_series_s < 0.05);
    if (large.trend_s && large.update_s) {
        row("  assay history trend, one series",
            milliseconds(*large.trend_s),
            "< 50 ms",
            *large.trend_s < 0.05);
        row("  assay baseline update --dry-run, 500 series",
            milliseconds(*large.update_s),
            "< 1 s",
            *large.update_s < 1);
    }
    row("  newest 20 points of 500 series",
        milliseconds(large.newest_s),
        "< 1 s",
        large.newest_s < 1);
    row("  last 500 points of 200 series",
        milliseconds(large.last_again_s),
        "<= 20 ms",
        large.last_again_s <= 0.02);
    if (large.python_s) {
        const double ratio = large.last_again_s / *large.python_s;
        note("    peer: the same four columns by Python's sqlite3", milliseconds(*large.python_s));
        row("    ours / peer", fmt::format("{:.2f}", ratio), "<= 0.35", ratio <= 0.35);
    } else {
        note("    peer: no python3 with sqlite3 here", "not measured");
    }
    note("    CPU time of that", milliseconds(large.last_cpu_s));
    note("    the first time", milliseconds(large.last_first_s));
    note("    with all that is known of each point", milliseconds(large.whole_s));
}

#ifdef ASSAY_HAS_POSTGRES
void measure_postgres() {
    if (const std::string why = why_no_postgres(); !why.empty()) {
        note("PostgreSQL: " + why, "not measured");
        return;
    }
    for (const bool durable : {true, false}) {
        const PostgresWriting figures = write_to_postgres({.durable = durable});
        note(durable ? "PostgreSQL, every commit on the disk" : "PostgreSQL, fsync off", "");
        note("  8 processes x 100 runs x 200 points, samples", rate(figures.at_once_per_s));
        row("  lost points", fmt::format("{}", figures.lost), "0", figures.lost == 0);
        note("  slowest run", milliseconds(figures.slowest_s));
        note("  one process, 50 runs a batch, samples", rate(figures.in_batches_per_s));
    }
}
#else
void measure_postgres() {
    note("PostgreSQL: this build has no libpq", "not measured");
}
#endif

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    const std::string_view part = words.empty() ? "all" : words[0];
    if (part != "all" && part != "writers" && part != "alone" && part != "large" &&
        part != "small" && part != "postgres") {
        fmt::print(stderr, "usage: measure_history [all|writers|alone|large|small|postgres]\n");
        return 2;
    }
    try {
        fmt::print("{:<58} {:>16}   {:<16} {}\n", "", "figure", "goal", "met");
        if (part == "all" || part == "writers" || part == "alone") {
            measure_writers(part != "alone");
        }
        if (part == "all" || part == "postgres") {
            measure_postgres();
        }
        if (part == "all" || part == "large") {
            measure_large(20'000);
        } else if (part == "small") {
            measure_large(2'000);
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "measure_history: {}\n", error.what());
        return 3;
    }
    return 0;
}

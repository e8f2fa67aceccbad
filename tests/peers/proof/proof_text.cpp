#include "proof_text.hpp"

#include "peer_method.hpp"
#include "support/text.hpp"
#include "wording.hpp"

#include <fmt/format.h>

namespace proof {

namespace json = assay::json;

namespace {

std::string share_text(const Share& share) {
    return fmt::format("{:>4} of {:<4} {:5.1f} % [{:.1f}, {:.1f}]",
                       share.k,
                       share.n,
                       100 * share.value(),
                       100 * share.interval.low,
                       100 * share.interval.high);
}

std::string seconds_text(const std::vector<double>& ascending) {
    return ascending.empty()
               ? std::string("     -      -")
               : fmt::format("{:6.1f} {:6.1f}", quantile(ascending, 0.5), quantile(ascending, 0.9));
}

std::string row_text(const Cell& cell, View view, const Tally& tally) {
    const Share share = cell.kind == Kind::same ? alarms(cell, tally) : found(tally);
    const Reached how = view == View::assay ? reached(cell, tally) : Reached::stated;
    return fmt::format("{:<20} {:<28} {:<31} {:>6} {:>6} {:>6} {:>6} {:>6}  {}  {}\n",
                       cell.name,
                       name_of(view),
                       share_text(share),
                       tally.slower,
                       tally.faster,
                       tally.same,
                       tally.undecided,
                       tally.failed,
                       seconds_text(tally.seconds),
                       name_of(how));
}

std::string assay_notes(const Cell& cell, const Tally& tally) {
    std::string notes = fmt::format(
        "{:<20}   --budget {:g}s --margin {:g}%", "", cell.budget_s, cell.margin_percent);
    if (const std::string goal = goal_text(cell); !goal.empty()) {
        notes += "; goal: " + goal;
    }
    if (cell.kind == Kind::fifty) {
        notes += "; alarms among the other 49: " + share_text(alarms(cell, tally));
    }
    if (tally.null_fired > 0) {
        notes += fmt::format("; null control fired {} times", tally.null_fired);
    }
    if (tally.positive_missed > 0) {
        notes += fmt::format("; positive control missed {} times", tally.positive_missed);
    }
    return notes + "\n";
}

std::string table(std::string_view title,
                  std::string_view counted,
                  Kind kind,
                  std::span<const Record> records) {
    std::string rows;
    for (const Cell& cell : all_cells()) {
        if (cell.kind != kind) {
            continue;
        }
        for (const View view : views_of(records, cell)) {
            const Tally tally = count(records, cell, view);
            rows += row_text(cell, view, tally);
            if (view == View::assay) {
                rows += assay_notes(cell, tally);
            }
        }
    }
    if (rows.empty()) {
        return {};
    }
    return fmt::format(
               "\n{}\n{:<20} {:<28} {:<31} {:>6} {:>6} {:>6} {:>6} {:>6}  {:>6} {:>6}  {}\n",
               title,
               "cell",
               "method",
               fmt::format("{} [95 %]", counted),
               "slower",
               "faster",
               "same",
               "undec.",
               "failed",
               "s med.",
               "s p90",
               "goal") +
           rows;
}

std::string overhead_text(std::span<const Record> records) {
    std::string text;
    for (const Record& record : records) {
        if (record.cell == "overhead") {
            text = "\n(a) What an iteration costs\n" +
                   (record.failure.empty() ? record.text : record.failure) + "\n";
        }
    }
    return text;
}

std::string calibration_text(const json::value& calibration) {
    std::string text;
    for (const char* body : {"alu", "allocating"}) {
        const json::value* links =
            assay::json_at(calibration, "/" + std::string(body) + "/links_per_percent");
        const json::value* check = assay::json_at(calibration, "/" + std::string(body) + "/check");
        if (links == nullptr || check == nullptr || !check->is_array()) {
            continue;
        }
        text += fmt::format("  {:<10} 1 % = {} links;", body, assay::write_json(*links));
        for (const json::value& read : check->get_array()) {
            const json::object& object = read.as_object();
            const json::value* low = assay::json_at(read, "/interval/0");
            const json::value* high = assay::json_at(read, "/interval/1");
            text += fmt::format(" +{} % reads {:+.2f}",
                                assay::json_int(object, "percent", 0),
                                100 * (assay::json_double(object, "ratio", 1) - 1));
            if (low != nullptr && high != nullptr) {
                text += fmt::format(" [{:.2f}, {:.2f}]",
                                    100 * (low->to_number<double>() - 1),
                                    100 * (high->to_number<double>() - 1));
            }
        }
        text += "\n";
    }
    return text;
}

std::string facts_text(const Facts& facts) {
    const json::value platform(facts.platform);
    const json::value* cpu = assay::json_at(platform, "/cpu/model");
    std::string text = fmt::format("{} (commit {}), Google Benchmark {}, {}\n{}, {}, kernel {}\n",
                                   facts.assay_version,
                                   facts.commit,
                                   facts.google_benchmark_version,
                                   facts.compiler,
                                   assay::json_string(facts.platform, "label", "unknown machine"),
                                   cpu != nullptr && cpu->is_string() ? cpu->as_string().c_str()
                                                                      : "unknown processor",
                                   assay::json_string(facts.environment, "kernel", "unknown"));
    for (const Session& session : facts.sessions) {
        text += fmt::format(
            "measured {} to {}, load average {:.2f} {:.2f} {:.2f} to {:.2f} {:.2f} {:.2f}",
            session.started,
            session.finished,
            session.load_begin.one,
            session.load_begin.five,
            session.load_begin.fifteen,
            session.load_end.one,
            session.load_end.five,
            session.load_end.fifteen);
        text += session.busy_processes > 0
                    ? fmt::format(", {} busy processes beside it\n", session.busy_processes)
                    : "\n";
    }
    text += "regressions are planted in time (median over fresh processes, 95 % interval):\n" +
            calibration_text(facts.calibration);
    if (!facts.more_options.empty()) {
        text += "assay compare was also given: " + assay::join(facts.more_options, " ") + "\n";
    }
    return text;
}

} // namespace

std::string proof_text(const Facts& facts, std::span<const Record> records) {
    return "The proof of the measurement\n" + facts_text(facts) + overhead_text(records) +
           table("(b) Identical builds: how often a difference is claimed",
                 "alarms",
                 Kind::same,
                 records) +
           table("(c) Builds that take more time: how often that is found. \"faster\" is the wrong "
                 "sign",
                 "found",
                 Kind::slower,
                 records) +
           table("(d) Fifty cases, one of them slower", "found", Kind::fifty, records) +
           fmt::format("\nSeconds are wall time of a whole comparison, everything included. Google "
                       "Benchmark: {} repetitions of its\nprogram of each build, one program after "
                       "the other, Mann-Whitney U two-sided, alpha {:g}, as its compare.py.\n",
                       kPeerRepetitions,
                       kPeerAlpha);
}

} // namespace proof

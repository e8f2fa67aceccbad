#include "tally.hpp"

#include "peer_method.hpp"

#include <algorithm>

namespace proof {

namespace {

constexpr double kLevel = 0.95;

Share share(std::uint64_t k, std::uint64_t n) {
    return {k, n, binomial_interval(k, n, kLevel)};
}

void count_assay(const Record& record, Tally& tally) {
    tally.slower += record.verdict == "slower" ? 1 : 0;
    tally.faster += record.verdict == "faster" ? 1 : 0;
    tally.same += record.verdict == "same" ? 1 : 0;
    tally.undecided += record.verdict == "undecided" ? 1 : 0;
    tally.others_alarmed += record.others.slower + record.others.faster > 0 ? 1 : 0;
    tally.null_fired += record.null_control == "fired" ? 1 : 0;
    tally.positive_missed += record.positive_control == "missed" ? 1 : 0;
}

void count_peer(const PeerFinding& finding, Tally& tally) {
    if (!(finding.p < kPeerAlpha)) {
        ++tally.undecided;
    } else {
        ++(finding.ratio > 1 ? tally.slower : tally.faster);
    }
}

} // namespace

Tally count(std::span<const Record> records, const Cell& cell, View view) {
    Tally tally;
    for (const Record& record : records) {
        const bool of_assay = record.method == kAssay;
        if (record.cell != cell.name || of_assay != (view == View::assay)) {
            continue;
        }
        ++tally.comparisons;
        const auto& finding = view == View::peer_real_time ? record.real_time : record.cpu_time;
        if (!record.failure.empty() || (!of_assay && !finding)) {
            ++tally.failed;
            continue;
        }
        tally.seconds.push_back(record.seconds);
        if (of_assay) {
            count_assay(record, tally);
        } else {
            count_peer(*finding, tally);
        }
    }
    std::ranges::sort(tally.seconds);
    return tally;
}

Share alarms(const Cell& cell, const Tally& tally) {
    const std::uint64_t judged = tally.comparisons - tally.failed;
    switch (cell.kind) {
    case Kind::same:
        return share(tally.slower + tally.faster, judged);
    case Kind::fifty:
        return share(tally.others_alarmed, judged);
    case Kind::slower:
    case Kind::overhead:
        break;
    }
    return share(tally.faster, judged); // the wrong sign
}

Share found(const Tally& tally) {
    return share(tally.slower, tally.comparisons);
}

Share same(const Tally& tally) {
    return share(tally.same, tally.comparisons);
}

Reached reached(const Cell& cell, const Tally& tally) {
    const Goal& goal = cell.goal;
    if (!goal.alarms_max && !goal.same_min && !goal.found_min) {
        return Reached::stated;
    }
    if (tally.comparisons < kComparisonsMin) {
        return Reached::too_few;
    }
    const Share alarm = alarms(cell, tally);
    const bool quiet = (!goal.alarms_max || alarm.value() <= *goal.alarms_max) &&
                       (!goal.alarms_high_max || alarm.interval.high <= *goal.alarms_high_max);
    const bool equal = !goal.same_min || same(tally).value() >= *goal.same_min;
    // Never the wrong sign.
    const bool sees =
        !goal.found_min || (found(tally).value() >= *goal.found_min && tally.faster == 0);
    const bool judged = tally.comparisons > tally.failed;
    return judged && quiet && equal && sees ? Reached::yes : Reached::no;
}

} // namespace proof

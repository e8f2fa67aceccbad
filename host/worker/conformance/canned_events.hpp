// Event streams as a run could send them, and some that no run should: what reporters are checked
// with. Built against the ABI alone; the JSON of each event has the schema assay.event/1.
//
//   for (const CannedEvent& event : every_status_stream()) reporter.send(event);
//
// Plain values; pure functions.
#pragma once

#include "support/json.hpp"
#include "worker/conformance/host_table.hpp"

#include <assay/plugin.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace assay::worker::conformance {

struct CannedStat {
    std::string key = "time", unit = "s";
    double median = 1e-6; // the other figures lie around it; NaN and infinities stay what they are
    std::uint64_t n = 6;  // 0: nothing was observed
};

struct CannedEvent {
    std::int32_t kind = ASSAY_EV_LOG;
    std::string suite, case_id, text;
    std::int32_t status = 0;
    std::vector<CannedStat> stats;
    json::object fields; // beside those that every event has
};

using Stream = std::vector<CannedEvent>;

Stream empty_stream();           // a run without a case
Stream every_status_stream();    // one case of every status
Stream large_stream();           // 10 000 cases
Stream hostile_stream();         // markup, newlines, escape sequences, odd Unicode in every text
Stream odd_figures_stream();     // NaN, infinities, nothing observed, no statistics at all
Stream unknown_stream();         // kinds and JSON keys of a later minor
Stream broken_off_stream();      // ends between a case's begin and its end
Stream aged_stream(HostAge age); // what a host of that age would send

// What the hostile stream puts into every text. A document that repeats the first without escaping
// it can be taken over.
inline constexpr std::string_view kHostileMarkup = "<script>alert(1)</script>";

// The event as the ABI passes it; borrows nothing from the canned one but its texts.
class AbiCannedEvent {
public:
    AbiCannedEvent(const CannedEvent& event, std::uint64_t sequence, HostAge age);

    [[nodiscard]] const assay_event* get() const noexcept;

private:
    void add(const CannedStat& stat, HostAge age);

    std::string json_;
    std::vector<std::vector<double>> samples_;
    std::vector<std::unique_ptr<Fenced<assay_stats>>> bare_stats_;
    std::vector<std::unique_ptr<Fenced<Wide<assay_stats>>>> wide_stats_;
    std::vector<std::unique_ptr<assay_stats>> plain_stats_;
    std::vector<const assay_stats*> stats_;
    assay_event plain_{};
    std::optional<Fenced<assay_event>> bare_;
    std::optional<Fenced<Wide<assay_event>>> wide_;
};

} // namespace assay::worker::conformance

// Where an importer puts what it has read: runs with their results, in the order of the file.
//
//   out.begin(run);              // once per run of the file; without it: one run without facts
//   out.add(row);
//   out.partial("the document ends in line 40");   // what was given so far holds nevertheless
//   out.unread("notes.txt");     // in a folder: not of this tool
//
// Every call may throw assay::failure: the host wants no more. One thread, during parse().
#pragma once

#include "detail/json_text.hpp"
#include "errors.hpp"
#include "imported.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class import_output {
public:
    import_output(const assay_host* host, assay_scope* scope, const assay_emit* to) noexcept
        : host_(host)
        , scope_(scope)
        , to_(to) {}

    // Ends the run before it.
    void begin(const imported_run& run) {
        end_run();
        open_ = true;
        assay_event event = event_of(ASSAY_EV_RUN_BEGIN);
        event.unix_ns = run.date && *run.date > 0 ? static_cast<std::uint64_t>(*run.date) : 0;
        detail::json_members facts;
        facts.add_unless_empty("commit", run.commit);
        facts.add_unless_empty("parent_commit", run.parent_commit);
        facts.add_unless_empty("branch", run.branch);
        facts.add_unless_empty("repository", run.repository);
        facts.add_unless_empty("tool", run.tool);
        facts.add_unless_empty("machine", run.machine);
        facts.add_if("dirty", run.dirty);
        facts.add_if("date", run.date);
        facts.add_if("commit_time", run.commit_time);
        if (!run.hardware.empty()) {
            facts.add("hardware", run.hardware);
        }
        if (!run.environment.empty()) {
            facts.add("environment", run.environment);
        }
        send(event, facts.str());
    }

    void add(const imported_case& row) {
        if (!open_) {
            begin({});
        }
        ++rows_;
        std::vector<assay_stats> stats;
        stats.reserve(row.metrics.size());
        detail::json_members more;
        if (!row.parameters.empty()) {
            more.add("parameters", row.parameters);
        }
        more.add_unless_empty("note", row.note);
        std::vector<std::string> units;
        std::vector<std::vector<std::uint64_t>> launches;
        for (const imported_metric& metric : row.metrics) {
            stats.push_back(stats_of(metric));
            units.push_back(metric.source_unit);
            launches.push_back(metric.launches);
        }
        more.add("source_units", units);
        more.add("launches", launches);
        std::vector<const assay_stats*> pointers;
        for (const assay_stats& one : stats) {
            pointers.push_back(&one);
        }
        assay_event event = event_of(ASSAY_EV_CASE_END);
        event.suite = as_abi(row.suite);
        event.case_id = as_abi(row.name);
        event.status = static_cast<std::int32_t>(row.status);
        event.text = as_abi(row.reason);
        event.n_stats = static_cast<std::uint32_t>(pointers.size());
        event.stats = pointers.data();
        send(event, more.str());
    }

    // The rest of the file cannot be read; `why` says where and what was expected. The results so
    // far stay, and the import is called partial.
    void partial(std::string_view why) {
        if (partial_.empty()) {
            partial_ = why;
        }
    }

    // A file of the folder that is none of the tool's own: the user is told that nobody read it.
    void unread(std::string_view name) {
        constexpr std::size_t named = 8; // as many as a line has room for
        if (unread_.size() < named) {
            unread_.emplace_back(name);
        }
        ++unread_count_;
    }

    void note(std::string_view text) const { host_->log(scope_, ASSAY_LOG_INFO, as_abi(text)); }

    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }

    // The layer calls it when parse() has returned.
    void finish() {
        if (!partial_.empty() && !open_) {
            begin({});
        }
        end_run();
    }

private:
    static assay_event event_of(std::int32_t kind) noexcept {
        assay_event event{};
        event.struct_size = sizeof event;
        event.kind = kind;
        return event;
    }

    static assay_stats stats_of(const imported_metric& metric) {
        assay_stats stats{};
        stats.struct_size = sizeof stats;
        stats.direction = static_cast<std::int32_t>(metric.better);
        stats.key = as_abi(metric.key);
        stats.unit = as_abi(metric.unit);
        stats.provenance = ASSAY_PROV_EXTERNAL;
        stats.clock = static_cast<std::int32_t>(metric.timer);
        stats.flags = metric.exact ? static_cast<std::uint32_t>(ASSAY_METRIC_EXACT) : 0U;
        stats.n = metric.samples.empty() ? metric.n : metric.samples.size();
        stats.iterations = metric.iterations;
        stats.n_launches = metric.launches.empty() ? 1 : metric.launches.size();
        stats.min = metric.min;
        stats.max = metric.max;
        stats.mean = metric.mean;
        stats.median = metric.median;
        stats.stddev = metric.stddev;
        stats.p25 = metric.p25;
        stats.p75 = metric.p75;
        stats.p95 = metric.p95;
        stats.p99 = metric.p99;
        stats.ci_lo = metric.ci_lo;
        stats.ci_hi = metric.ci_hi;
        stats.ci_level = metric.ci_level;
        stats.mad = stats.cv = stats.p05 = stats.p90 = stats.p999 = imported_metric::unknown;
        stats.samples = metric.samples.empty() ? nullptr : metric.samples.data();
        return stats;
    }

    void end_run() {
        if (!open_) {
            return;
        }
        open_ = false;
        assay_event event = event_of(ASSAY_EV_RUN_END);
        event.text = as_abi(partial_);
        detail::json_members said;
        said.add("partial", !partial_.empty());
        if (!unread_.empty()) {
            said.add("unread", unread_);
            said.add("unread_count", unread_count_);
            unread_.clear();
            unread_count_ = 0;
        }
        send(event, said.str());
        sequence_ = 0;
    }

    void send(assay_event& event, const std::string& json) {
        event.seq = ++sequence_;
        event.json = as_abi(json);
        if (const assay_status status = to_->event(to_->self, &event); status < 0) {
            throw failure(status, "the host takes no more of this file");
        }
    }

    const assay_host* host_;
    assay_scope* scope_;
    const assay_emit* to_;
    std::string partial_;
    std::vector<std::string> unread_; // the first of them
    std::int64_t unread_count_ = 0;
    std::uint64_t rows_ = 0, sequence_ = 0;
    bool open_ = false;
};

} // namespace assay

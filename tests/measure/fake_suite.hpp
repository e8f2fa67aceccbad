// A suite in the test's own memory, with every callback replaceable and every call written down.
//
//   FakeSuite fake;
//   fake.on_run = [](assay_batch* batch) { return burn(batch); };
//   LaunchRecord record = fake.launch();
//
// One at a time per process: the ABI's create() carries no pointer of ours.
#pragma once

#include "measure/launch.hpp"

#include <assay/plugin.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace assay::measure::test {

inline assay_str str(const char* text) {
    return assay_str{text, std::char_traits<char>::length(text)};
}

// A dependent chain: about a nanosecond per iteration, and it cannot be left out.
inline assay_status burn(assay_batch* batch, std::uint64_t factor = 8) {
    std::uint64_t x = batch->seed | 1;
    for (std::uint64_t i = 0; i < batch->iterations * factor; ++i) {
        x = x * 0x9E3779B97F4A7C15u + 1;
        asm volatile("" : "+r"(x));
    }
    batch->checksum = x | 1;
    return ASSAY_OK;
}

class RecordingObserver : public LaunchObserver {
public:
    std::vector<std::pair<LaunchPhase, std::uint32_t>> phases;
    std::vector<std::string> logs;
    std::vector<double> progress;
    int turns = 0, turns_over = 0;
    bool give_turn = true;
    std::function<void(LaunchPhase, std::uint32_t)> at_phase;

    void on_phase(LaunchPhase phase, std::uint32_t slice) override {
        phases.emplace_back(phase, slice);
        if (at_phase) {
            at_phase(phase, slice);
        }
    }

    bool wait_for_turn() override {
        ++turns;
        return give_turn;
    }

    void turn_is_over() override { ++turns_over; }

    void on_log(std::int32_t /*level*/, std::string_view text) override { logs.emplace_back(text); }

    void on_progress(double done, std::string_view /*what*/) override { progress.push_back(done); }
};

class FakeSuite {
public:
    // What the callbacks answer. An empty function answers ASSAY_OK.
    std::function<assay_status()> on_create, on_open, on_verify;
    std::function<assay_status(std::uint32_t)> on_lane_enter;
    std::function<assay_status(assay_batch*)> on_prepare, on_run, on_finish;
    std::function<void()> on_close;
    bool open_gives_null = false;

    assay_case_def def{};
    std::vector<assay_metric_def> metrics;
    std::vector<assay_axis> axes;
    assay_suite_v1 iface{};
    LaunchRequest request;
    RecordingObserver observer;
    CancelWord cancel{0};

    const assay_host* host = nullptr; // after create
    assay_scope* scope = nullptr;     // after open
    std::string case_id;              // as open() got it

    FakeSuite() {
        current() = this;
        def.struct_size = sizeof def;
        def.name = str("family");
        def.shape = ASSAY_SHAPE_CHAIN;
        iface = assay_suite_v1{};
        iface.struct_size = sizeof iface;
        iface.create = create;
        iface.destroy = [](assay_suite*) noexcept { current()->note("destroy"); };
        iface.case_at = case_at;
        iface.open = open;
        iface.verify = verify;
        iface.lane_enter = lane_enter;
        iface.prepare = prepare;
        iface.run = run;
        iface.finish = finish;
        iface.lane_leave = [](assay_case*, std::uint32_t) noexcept { current()->note("leave"); };
        iface.close = close;
        request.suite = "fake";
        request.case_id = "fake/family";
        request.slices = 3;
        request.warmup_slices_max = 2;
    }

    FakeSuite(const FakeSuite&) = delete;
    FakeSuite& operator=(const FakeSuite&) = delete;

    ~FakeSuite() { current() = nullptr; }

    LaunchRecord launch() {
        calls_.clear();
        return run_launch(iface, request, observer, cancel);
    }

    void add_metric(const char* key, std::int32_t aggregate) {
        assay_metric_def metric{};
        metric.struct_size = sizeof metric;
        metric.key = str(key);
        metric.unit = str("1");
        metric.provenance = ASSAY_PROV_MEASURED;
        metric.aggregate = aggregate;
        metrics.push_back(metric);
    }

    // The order of calls, e.g. "create open verify close destroy"; repeats of the batch's calls
    // are kept as they came.
    [[nodiscard]] std::string calls() const {
        std::string text;
        for (const std::string& call : calls_) {
            text += (text.empty() ? "" : " ") + call;
        }
        return text;
    }

    [[nodiscard]] std::size_t count(const std::string& call) const {
        return static_cast<std::size_t>(std::count(calls_.begin(), calls_.end(), call));
    }

    [[nodiscard]] std::vector<SliceRecord> recorded(const LaunchRecord& record) const {
        std::vector<SliceRecord> slices;
        for (const SliceRecord& slice : record.slices) {
            if (slice.flags == 0) {
                slices.push_back(slice);
            }
        }
        return slices;
    }

    void say_failed(const char* text) { host->fail(scope, ASSAY_E_FAIL, str(text)); }

private:
    static FakeSuite*& current() {
        static FakeSuite* suite = nullptr;
        return suite;
    }

    void note(const char* call) {
        const std::lock_guard lock(mutex_);
        calls_.emplace_back(call);
    }

    static assay_status create(const assay_host* host_given,
                               assay_scope* scope_given,
                               assay_str /*config*/,
                               assay_suite** out) noexcept {
        FakeSuite& self = *current();
        self.note("create");
        self.host = host_given;
        self.scope = scope_given;
        *out = reinterpret_cast<assay_suite*>(&self);
        return self.on_create ? self.on_create() : ASSAY_OK;
    }

    static const assay_case_def* case_at(assay_suite* /*suite*/, std::uint32_t index) noexcept {
        FakeSuite& self = *current();
        if (index > 0) {
            return nullptr;
        }
        self.metric_list_.clear();
        for (const assay_metric_def& metric : self.metrics) {
            self.metric_list_.push_back(&metric);
        }
        self.axis_list_.clear();
        for (const assay_axis& axis : self.axes) {
            self.axis_list_.push_back(&axis);
        }
        self.def.metrics = self.metric_list_.data();
        self.def.n_metrics = static_cast<std::uint32_t>(self.metric_list_.size());
        self.def.axes = self.axis_list_.data();
        self.def.n_axes = static_cast<std::uint32_t>(self.axis_list_.size());
        return &self.def;
    }

    static assay_status open(assay_suite* /*suite*/,
                             assay_scope* scope_given,
                             const assay_open_args* args,
                             assay_case** out) noexcept {
        FakeSuite& self = *current();
        self.note("open");
        self.scope = scope_given;
        self.case_id.assign(args->case_id.data, args->case_id.len);
        *out = self.open_gives_null ? nullptr : reinterpret_cast<assay_case*>(&self);
        return self.on_open ? self.on_open() : ASSAY_OK;
    }

    static assay_status verify(assay_case* /*c*/, assay_scope* /*scope*/) noexcept {
        FakeSuite& self = *current();
        self.note("verify");
        return self.on_verify ? self.on_verify() : ASSAY_OK;
    }

    static assay_status lane_enter(assay_case* /*c*/, std::uint32_t lane) noexcept {
        FakeSuite& self = *current();
        self.note("enter");
        return self.on_lane_enter ? self.on_lane_enter(lane) : ASSAY_OK;
    }

    static assay_status prepare(assay_case* /*c*/, assay_batch* batch) noexcept {
        FakeSuite& self = *current();
        self.note("prepare");
        return self.on_prepare ? self.on_prepare(batch) : ASSAY_OK;
    }

    static assay_status run(assay_case* /*c*/, assay_batch* batch) noexcept {
        FakeSuite& self = *current();
        self.note("run");
        return self.on_run ? self.on_run(batch) : burn(batch);
    }

    static assay_status finish(assay_case* /*c*/, assay_batch* batch) noexcept {
        FakeSuite& self = *current();
        self.note("finish");
        return self.on_finish ? self.on_finish(batch) : ASSAY_OK;
    }

    static void close(assay_case* /*c*/) noexcept {
        FakeSuite& self = *current();
        self.note("close");
        if (self.on_close) {
            self.on_close();
        }
    }

    std::mutex mutex_;
    std::vector<std::string> calls_;
    std::vector<const assay_metric_def*> metric_list_;
    std::vector<const assay_axis*> axis_list_;
};

inline bool has_note(const LaunchRecord& record, std::string_view part) {
    return std::any_of(record.notes.begin(), record.notes.end(), [part](const std::string& note) {
        return note.find(part) != std::string::npos;
    });
}

} // namespace assay::measure::test

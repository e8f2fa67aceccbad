#include "measure/batch.hpp"

#include "measure/abi_field.hpp"
#include "measure/allocation_counters.hpp"
#include "measure/clock.hpp"
#include "measure/counting.hpp"
#include "measure/handicap.hpp"
#include "measure/honesty.hpp"
#include "measure/instruction_counter.hpp"
#include "measure/os_counters.hpp"

#include <algorithm>
#include <cstring>

namespace assay::measure {
namespace {

constexpr unsigned char kGuardByte = 0xA5;
constexpr std::uint64_t kGuardWord = 0xA5A5A5A5A5A5A5A5u;
// A plugin may store any 64 bits, and no clock has run for a hundred years.
constexpr double kLatencyMax_ns = 3.2e18;

} // namespace

// Where one lane sits: its own cache lines, so that lanes do not disturb each other.
struct alignas(128) BatchRunner::Seat {
    // The batch with bytes behind it that nobody may touch: a plugin built against a larger struct,
    // or one that miscounts, shows there.
    struct {
        assay_batch batch;
        std::array<unsigned char, 64> guard;
    } guarded{};

    assay_batch given{};                // as it was handed over
    std::vector<std::uint64_t> latency; // room for every duration and one guard word
    SliceRecord record;
    std::uint64_t handicap_links = 0;
    Observed observed = Observed::times;
    std::optional<std::uint64_t> instructions;
    assay_status prepared = ASSAY_OK, ran = ASSAY_OK, finished = ASSAY_OK;
};

Failure failure_of(const char* step, assay_status status, ServiceDesk& desk, bool cancelled) {
    const std::string text = desk.take_failure();
    if (status == ASSAY_SKIP || status == ASSAY_UNAVAILABLE) {
        return {status == ASSAY_SKIP ? CaseStatus::skipped : CaseStatus::unavailable,
                text.empty() ? std::string(step) + " returned " + status_name(status) : text};
    }
    if (status == ASSAY_E_CANCELLED && cancelled) {
        return {CaseStatus::cancelled, "cancelled"};
    }
    return {status == ASSAY_E_VERIFY ? CaseStatus::wrong_result : CaseStatus::failed,
            text.empty()
                ? std::string(step) + " returned " + status_name(status) + " without saying why"
                : std::string(step) + ": " + text};
}

BatchRunner::BatchRunner(BatchCase measured, LaneCrew& crew, Ticks& ticks)
    : case_(measured)
    , crew_(crew)
    , ticks_(ticks) {
    for (std::uint32_t lane = 0; lane < crew_.lanes(); ++lane) {
        seats_.push_back(std::make_unique<Seat>());
    }
}

BatchRunner::~BatchRunner() = default;

BatchOutcome BatchRunner::take(const BatchPlan& plan) {
    for (std::uint32_t lane = 0; lane < crew_.lanes(); ++lane) {
        sit_down(*seats_[lane], lane, plan);
    }
    prepared_.store(true);
    AllocationCounters* const counters =
        plan.observed == Observed::allocations ? allocation_counters() : nullptr;
    if (counters != nullptr) {
        counters->reset();
    }
    crew_.on_all([this](std::uint32_t lane) { take_lane(*seats_[lane]); });
    BatchOutcome outcome;
    if (counters != nullptr) {
        outcome.memory =
            MemoryBatch{.iterations = 0,
                        .allocations = counters->allocations.load(),
                        .bytes = counters->bytes.load(),
                        .peak_live_bytes = static_cast<std::uint64_t>(counters->peak_live.load())};
    }
    judge(outcome, plan);
    return outcome;
}

void BatchRunner::sit_down(Seat& seat, std::uint32_t lane, const BatchPlan& plan) {
    assay_batch& batch = seat.guarded.batch;
    batch = assay_batch{};
    batch.struct_size = sizeof(assay_batch);
    batch.lane = lane;
    batch.iterations = plan.iterations;
    batch.seed = plan.seed;
    static_assert(sizeof(CancelWord) == sizeof(std::uint32_t) && CancelWord::is_always_lock_free);
    batch.cancel = reinterpret_cast<const std::uint32_t*>(&case_.cancel);
    batch.lanes = crew_.lanes();
    batch.warmup = plan.warmup ? 1 : 0;
    batch.done = plan.iterations;
    if (case_.family.shape == Shape::latency) {
        seat.latency.resize(plan.iterations + 1);
        seat.latency[plan.iterations] = kGuardWord;
        batch.latency = seat.latency.data();
        batch.latency_ticks = ticks_.offered();
    }
    seat.guarded.guard.fill(kGuardByte);
    seat.given = batch;
    seat.record = SliceRecord{};
    seat.handicap_links = plan.handicap_links;
    seat.observed = plan.observed;
    seat.instructions.reset();
    seat.prepared = seat.ran = seat.finished = ASSAY_OK;
}

// On the lane's own thread. All prepares end before the first run starts, and all runs before the
// first finish, so that no lane's untimed work disturbs another one's timed work. Where one prepare
// failed, the batch has no run and no finish on any lane.
void BatchRunner::take_lane(Seat& seat) {
    assay_batch* const batch = &seat.guarded.batch;
    if (case_.iface.prepare != nullptr) {
        seat.prepared = case_.iface.prepare(case_.handle, batch);
        if (stops(seat.prepared)) {
            prepared_.store(false);
        }
    }
    crew_.meet();
    const bool go = prepared_.load();
    if (go) {
        call_run(seat);
    }
    crew_.meet();
    if (go && case_.iface.finish != nullptr) {
        seat.finished = case_.iface.finish(case_.handle, batch);
    }
}

void BatchRunner::call_run(Seat& seat) noexcept {
    switch (seat.observed) {
    case Observed::times:
        return time_run(seat);
    case Observed::instructions:
        return count_run(seat);
    case Observed::allocations:
        return watch_run(seat);
    }
}

void BatchRunner::time_run(Seat& seat) noexcept {
    const auto run = case_.iface.run;
    assay_case* const handle = case_.handle;
    assay_batch* const batch = &seat.guarded.batch;
    const std::uint64_t handicap_links = seat.handicap_links;
    case_.desk.enter_run();
    const OsCounters counters = os_counters();
    const std::uint64_t process_before = process_cpu_ns();
    const std::uint64_t thread_before = thread_cpu_ns();
    const std::uint64_t wall_before = monotonic_ns();
    const assay_status status = run(handle, batch);
    if (handicap_links != 0) [[unlikely]] {
        multiply_chain(handicap_links);
    }
    const std::uint64_t wall_after = monotonic_ns();
    const std::uint64_t thread_after = thread_cpu_ns();
    const std::uint64_t process_after = process_cpu_ns();
    fill(seat.record, counters, os_counters());
    case_.desk.leave_run();
    seat.ran = status;
    seat.record.start_ns = wall_before;
    seat.record.wall_ns = wall_after - wall_before;
    seat.record.thread_cpu_ns = thread_after - thread_before;
    seat.record.process_cpu_ns = process_after - process_before;
}

// The kernel's counter follows the thread that opened it: the launch's own, which is the only lane
// of a counting launch. The clock is read for the checks alone.
void BatchRunner::count_run(Seat& seat) noexcept {
    const KernelCounter* const counter = armed_instruction_counter();
    case_.desk.enter_run();
    seat.record.start_ns = monotonic_ns();
    if (counter != nullptr) {
        counter->start();
    }
    seat.ran = assay_counted_run(case_.iface.run, case_.handle, &seat.guarded.batch);
    if (counter != nullptr) {
        seat.instructions = counter->stop();
    }
    seat.record.wall_ns = monotonic_ns() - seat.record.start_ns;
    case_.desk.leave_run();
}

// Every lane watches for itself, so that nothing of another lane's prepare or finish is counted;
// what is counted are the allocations of all threads meanwhile.
void BatchRunner::watch_run(Seat& seat) noexcept {
    AllocationCounters* const counters = allocation_counters();
    case_.desk.enter_run();
    seat.record.start_ns = monotonic_ns();
    if (counters != nullptr) {
        counters->watchers.fetch_add(1);
    }
    seat.ran = case_.iface.run(case_.handle, &seat.guarded.batch);
    if (counters != nullptr) {
        counters->watchers.fetch_sub(1);
    }
    seat.record.wall_ns = monotonic_ns() - seat.record.start_ns;
    case_.desk.leave_run();
}

void BatchRunner::judge(BatchOutcome& outcome, const BatchPlan& plan) {
    const bool cancelled = case_.cancel.load() != 0;
    for (const auto& seat : seats_) {
        if (seat->prepared == ASSAY_E_NOMEM && plan.iterations > 1) {
            outcome.out_of_memory = true;
            static_cast<void>(case_.desk.take_failure());
            return;
        }
        const std::pair<assay_status, const char*> steps[] = {
            {seat->prepared, "prepare"}, {seat->ran, "run"}, {seat->finished, "finish"}};
        for (const auto& [status, step] : steps) {
            if (stops(status)) {
                outcome.failure = failure_of(step, status, case_.desk, cancelled);
                return;
            }
        }
    }
    std::uint64_t first = UINT64_MAX;
    std::uint64_t last = 0;
    for (const auto& seat : seats_) {
        if (auto lie = find_lie(*seat, cancelled)) {
            outcome.failure = Failure{CaseStatus::failed, *std::move(lie)};
            return;
        }
        const SliceRecord& record = complete_record(*seat);
        first = std::min(first, record.start_ns);
        last = std::max(last, record.start_ns + record.wall_ns);
        outcome.slices.push_back(record);
    }
    outcome.instructions = seats_.front()->instructions;
    outcome.wall_s = static_cast<double>(last - first) * 1e-9;
    outcome.seconds = primary_seconds(outcome);
}

std::optional<std::string> BatchRunner::find_lie(const Seat& seat, bool cancelled) const {
    const assay_batch& batch = seat.guarded.batch;
    const auto untouched = [](unsigned char byte) { return byte == kGuardByte; };
    const auto& guard = seat.guarded.guard;
    if (!std::all_of(guard.begin(), guard.end(), untouched) ||
        (seat.given.latency != nullptr && seat.latency[seat.given.iterations] != kGuardWord)) {
        return "the plugin wrote behind the batch";
    }
    const BatchClaims claims{
        seat.given, batch, case_.family.shape, seat.record.wall_ns, crew_.lanes(), cancelled};
    if (auto lie = batch_lie(claims)) {
        return lie;
    }
    if (batch.n_latency > 0 && ticks_.ns_per_tick(batch.latency_ticks) == 0) {
        return "latency_ticks is " + std::to_string(batch.latency_ticks) +
               ", expected what the host offered (" + std::to_string(ticks_.offered()) +
               ") or 0 for nanoseconds";
    }
    return std::nullopt;
}

const SliceRecord& BatchRunner::complete_record(Seat& seat) {
    const assay_batch& batch = seat.guarded.batch;
    SliceRecord& record = seat.record;
    record.lane = batch.lane;
    record.iterations = batch.iterations;
    record.done = batch.done;
    record.seed = batch.seed;
    record.manual_ns = batch.manual_ns;
    record.items = batch.items;
    record.bytes = batch.bytes;
    record.checksum = batch.checksum;
    return record;
}

double BatchRunner::primary_seconds(const BatchOutcome& outcome) const {
    double thread_cpu = 0;
    double process_cpu = 0;
    double manual = 0;
    for (const SliceRecord& slice : outcome.slices) {
        thread_cpu += static_cast<double>(slice.thread_cpu_ns) * 1e-9;
        process_cpu = std::max(process_cpu, static_cast<double>(slice.process_cpu_ns) * 1e-9);
        manual = std::max(manual, static_cast<double>(slice.manual_ns) * 1e-9);
    }
    switch (case_.primary) {
    case Clock::thread_cpu: // of a lane, on the average
        return thread_cpu / static_cast<double>(outcome.slices.size());
    case Clock::process_cpu:
        return process_cpu;
    case Clock::manual:
        return manual;
    case Clock::automatic:
    case Clock::wall:
        break;
    }
    return outcome.wall_s;
}

void BatchRunner::record_latencies(LatencyHistogram& into) const {
    for (const auto& seat : seats_) {
        const assay_batch& batch = seat->guarded.batch;
        const double tick_ns = ticks_.ns_per_tick(batch.latency_ticks);
        for (std::uint64_t i = 0; i < batch.n_latency; ++i) {
            const double ns = static_cast<double>(seat->latency[i]) * tick_ns + 0.5;
            into.record(ns < kLatencyMax_ns ? static_cast<std::uint64_t>(ns)
                                            : static_cast<std::uint64_t>(kLatencyMax_ns));
        }
    }
}

} // namespace assay::measure

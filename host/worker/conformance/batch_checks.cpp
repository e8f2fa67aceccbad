// C7 to C10, C17: single batches of opened cases, and short launches.
#include "measure/abi_field.hpp"
#include "measure/honesty.hpp"
#include "worker/conformance/case_session.hpp"
#include "worker/conformance/checks.hpp"

#include <algorithm>

namespace assay::worker::conformance {
namespace {

using measure::Shape;
using std::chrono::milliseconds;

constexpr std::uint64_t kSomeIterations = 100;
constexpr milliseconds kLaunchPatience{5'000};
constexpr std::uint32_t kRepeats = 10;

std::uint64_t some_iterations(const CaseSession& session) {
    return std::min(kSomeIterations, session.iterations_max());
}

// A batch whose failure is a finding. Nothing: it failed, or took too long to say anything.
std::optional<Taken> take_or_tell(CheckContext& context, CaseSession& session, BatchWish wish) {
    Taken taken = session.take(wish);
    if (const std::string failure = taken.failure(); !failure.empty()) {
        if (taken.prepared != ASSAY_E_NOMEM && !taken.cancelled) {
            context.report.error(session.id() + ": " + failure);
        }
        return std::nullopt;
    }
    return taken.cancelled ? std::nullopt : std::optional(std::move(taken));
}

void compare_checksums(CheckContext& context, CaseSession& session, std::size_t& without) {
    const std::uint64_t n = some_iterations(session);
    const auto one = take_or_tell(context, session, {n, 7});
    const auto other = one ? take_or_tell(context, session, {n, 8}) : std::nullopt;
    const auto again = other ? take_or_tell(context, session, {n, 7}) : std::nullopt;
    if (!again) {
        return;
    }
    const std::uint64_t checksum = one->after.checksum;
    if (checksum != again->after.checksum) {
        context.report.error(session.id() + ": seed 7 gave the checksum " +
                             std::to_string(checksum) + " and later " +
                             std::to_string(again->after.checksum));
        return;
    }
    if (checksum == 0) {
        ++without;
        return;
    }
    context.report.facts["the checksum of " + session.id()] = std::to_string(checksum);
    if (checksum != other->after.checksum) {
        return;
    }
    // Inputs may come from the seed of open() alone.
    CaseSession elsewhere(
        context, session.suite(), session.point(), {.seed = context.seed + 1'000});
    const auto third =
        elsewhere.is_open() ? take_or_tell(context, elsewhere, {n, 9}) : std::nullopt;
    if (third && third->after.checksum == checksum) {
        context.report.warn(session.id() + ": the checksum is " + std::to_string(checksum) +
                            " whatever the seed: inputs never change, or the digest is constant");
    }
}

// A case whose single iteration takes longer than a batch may: a launch of it says nothing here.
bool is_slow(CheckContext& context, const SuiteUnderCheck& suite, const CasePoint& point) {
    CaseSession session(context, suite, point, {.seed = context.seed});
    return !session.is_open() || session.take({}).cancelled;
}

// Exactly as many iterations as asked for; 0 where the shape allows it.
void ask_for_iterations(CheckContext& context, CaseSession& session) {
    std::vector<std::uint64_t> wishes{1};
    if (session.family().shape != Shape::single) {
        wishes = {1, 0, 2, 1000};
    }
    for (const std::uint64_t n : wishes) {
        if (n > session.iterations_max()) {
            continue;
        }
        const auto taken = take_or_tell(context, session, {n, context.seed});
        if (!taken) {
            return;
        }
        if (taken->after.done != n) {
            context.report.error(
                session.id() + ": asked for " + std::to_string(n) +
                " iterations, run says done = " + std::to_string(taken->after.done));
        }
        if (n == 1 && taken->wall_ns > 900'000) {
            return; // a thousand of them would take a second
        }
    }
}

// A launch without the host around it; cancelled when it takes too long.
measure::LaunchRecord short_launch(CheckContext& context,
                                   const SuiteUnderCheck& suite,
                                   const CasePoint& point,
                                   measure::LaunchRequest request) {
    request.suite = suite.name;
    request.config_json = suite.config;
    request.family = point.family;
    request.params = point.params;
    request.case_id = point.id;
    request.seed = context.seed;
    request.launch = 1;
    measure::CancelWord cancel{0};
    Watchdog watchdog(cancel);
    watchdog.arm(kLaunchPatience);
    QuietObserver observer;
    return measure::run_launch(*suite.iface, request, observer, cancel);
}

bool says_something(const measure::LaunchRecord& record) noexcept {
    return record.status == measure::CaseStatus::failed ||
           record.status == measure::CaseStatus::wrong_result;
}

void compare_inputs(CheckContext& context, const CaseSession& session, const Taken& taken) {
    const assay_batch& given = taken.given;
    const assay_batch& after = taken.after;
    const std::pair<const char*, bool> fields[] = {
        {"struct_size", given.struct_size == after.struct_size},
        {"lane", given.lane == after.lane},
        {"iterations", given.iterations == after.iterations},
        {"seed", given.seed == after.seed},
        {"cancel", given.cancel == after.cancel},
        {"lanes", given.lanes == after.lanes},
        {"warmup", given.warmup == after.warmup},
        {"latency", given.latency == after.latency},
        {"reserved", given.reserved == after.reserved},
    };
    for (const auto& [field, same] : fields) {
        if (!same) {
            context.report.error(session.id() + ": changed batch->" + field +
                                 ", which it may only read");
        }
    }
    if (!taken.untouched_behind) {
        context.report.error(session.id() + ": wrote behind the batch or behind its latencies");
    }
}

void judge_manual_time(CheckContext& context, const CaseSession& session, const Taken& taken) {
    const std::uint64_t manual = taken.after.manual_ns;
    if (session.family().shape != Shape::manual) {
        if (manual != 0) {
            context.report.error(session.id() + ": sets manual_ns, but its shape is " +
                                 std::string(measure::name_of(session.family().shape)));
        }
    } else if (manual == 0 || manual > taken.wall_ns) {
        context.report.error(session.id() + ": manual_ns is " + std::to_string(manual) +
                             ", expected more than 0 and at most the " +
                             std::to_string(taken.wall_ns) + " ns that run took");
    }
}

void judge_latencies(CheckContext& context, const CaseSession& session, const Taken& taken) {
    const std::uint64_t stored = taken.after.n_latency;
    const bool expected = session.family().shape == Shape::latency;
    if (stored != (expected ? taken.after.done : 0)) {
        context.report.error(
            session.id() + ": n_latency is " + std::to_string(stored) + ", expected " +
            (expected
                 ? "one duration for each of " + std::to_string(taken.after.done) + " operations"
                 : "0 for the shape " + std::string(measure::name_of(session.family().shape))));
    }
    if (expected && taken.after.latency_ticks != taken.given.latency_ticks &&
        taken.after.latency_ticks != ASSAY_TICKS_NS) {
        context.report.error(session.id() + ": latency_ticks is " +
                             std::to_string(taken.after.latency_ticks) +
                             ", expected what was offered or 0 for nanoseconds");
    }
}

double iteration_ns(const measure::SliceRecord& slice, measure::Clock clock) {
    const std::uint64_t ns = clock == measure::Clock::thread_cpu    ? slice.thread_cpu_ns
                             : clock == measure::Clock::process_cpu ? slice.process_cpu_ns
                             : clock == measure::Clock::manual      ? slice.manual_ns
                                                                    : slice.wall_ns;
    return slice.done == 0 ? 0 : static_cast<double>(ns) / static_cast<double>(slice.done);
}

std::string tenths(double value) {
    const auto scaled = static_cast<std::uint64_t>(value * 10 + 0.5);
    return std::to_string(scaled / 10) + "." + std::to_string(scaled % 10);
}

} // namespace

void check_checksums(CheckContext& context) {
    std::size_t without = 0;
    for_each_case(
        context, {}, [&](CaseSession& session) { compare_checksums(context, session, without); });
    if (without > 0) {
        context.report.note(std::to_string(without) + " of the cases give no checksum");
    }
}

void check_iterations(CheckContext& context) {
    for_each_case(context, {}, [&](CaseSession& session) { ask_for_iterations(context, session); });
    if (!context.report.skipped.empty()) {
        return;
    }
    for (const SuiteUnderCheck& suite : suites_to_check(context)) {
        for (const CasePoint& point : sample_points(suite)) {
            if (is_slow(context, suite, point)) {
                continue;
            }
            measure::LaunchRequest request;
            request.scaling_check = true;
            request.warmup_slices_max = 0;
            const measure::LaunchRecord record = short_launch(context, suite, point, request);
            if (says_something(record)) {
                context.report.error(point.id + ": " + record.reason);
            }
        }
    }
}

void check_untouched(CheckContext& context) {
    for_each_case(context, {}, [&](CaseSession& session) {
        for (const std::uint64_t n : {std::uint64_t{1}, some_iterations(session)}) {
            if (const auto taken = take_or_tell(context, session, {n, context.seed + n})) {
                compare_inputs(context, session, *taken);
            }
        }
    });
}

void check_manual_times(CheckContext& context) {
    for_each_case(context, {}, [&](CaseSession& session) {
        const BatchWish wish{some_iterations(session), context.seed};
        if (const auto taken = take_or_tell(context, session, wish)) {
            judge_manual_time(context, session, *taken);
            judge_latencies(context, session, *taken);
        }
    });
}

void check_repeats(CheckContext& context) {
    std::optional<std::uint32_t> last_family;
    for (const SuiteUnderCheck& suite : suites_to_check(context)) {
        last_family.reset();
        for (const CasePoint& point : sample_points(suite)) {
            if (std::exchange(last_family, point.family) == point.family ||
                is_slow(context, suite, point)) {
                continue; // one case of a family is enough
            }
            measure::LaunchRequest request;
            request.slices = kRepeats;
            request.warmup_slices_max = 10;
            const measure::LaunchRecord record = short_launch(context, suite, point, request);
            if (record.status != measure::CaseStatus::passed || !record.calibration) {
                continue; // C8 and C13 say more
            }
            std::vector<double> times;
            for (const measure::SliceRecord& slice : record.slices) {
                if (slice.flags == 0) {
                    times.push_back(iteration_ns(slice, record.calibration->clock));
                }
            }
            const double median = measure::median_of(times);
            const auto [low, high] = std::ranges::minmax_element(times);
            if (median > 0) {
                context.report.note(point.id + ": median " + tenths(median) + " ns, from " +
                                    tenths(100 * (*low / median)) + " to " +
                                    tenths(100 * (*high / median)) + " % of it");
            }
        }
    }
}

} // namespace assay::worker::conformance

// C11 and C12: batches that are cancelled, and several lanes at once.
#include "measure/batch.hpp"
#include "measure/clock.hpp"
#include "worker/conformance/case_session.hpp"
#include "worker/conformance/checks.hpp"

#include <future>
#include <map>

namespace assay::worker::conformance {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kUntilCancelled{300};
constexpr milliseconds kUntilStopped{1'000};
// Never: these batches are cancelled by hand.
constexpr milliseconds kNoPatience{std::chrono::hours{24}};
// A batch that would take this long if nobody cancelled it.
constexpr double kLongBatchNs = 3e9;
constexpr double kLongestIterationNs = 1e9;
constexpr std::uint64_t kIterationsMax = std::uint64_t{1} << 40;
// What a batch may hold beside it: prepared inputs and latencies.
constexpr std::uint64_t kIterationsHeldMax = std::uint64_t{1} << 20;

constexpr std::uint32_t kLanesMax = 8;
constexpr int kRounds = 5;

// Everything that a thread uses which may never come back; kept alive by it.
struct Stage {
    measure::CheckReport report;
    CheckContext context;
    SuiteUnderCheck suite;
    CasePoint point;
    std::unique_ptr<CaseSession> session;
    Taken taken;
    std::promise<void> ended;

    Stage(const CheckContext& like, SuiteUnderCheck its_suite, CasePoint its_point)
        : context{like.path, like.seed, like.page, report}
        , suite(std::move(its_suite))
        , point(std::move(its_point)) {}
};

enum class Stop { was_short, in_time, never };

// One batch on a thread of its own, cancelled when it turns out to be long.
Stop run_and_cancel(const std::shared_ptr<Stage>& stage, std::uint64_t iterations) {
    stage->session = std::make_unique<CaseSession>(stage->context, stage->suite, stage->point);
    if (!stage->session->is_open()) {
        return Stop::was_short;
    }
    std::future<void> ended = stage->ended.get_future();
    std::thread([stage, iterations] {
        stage->taken = stage->session->take({iterations, 1, 0, kNoPatience});
        stage->session->close(); // lanes leave on their own thread
        stage->ended.set_value();
    }).detach();
    if (ended.wait_for(kUntilCancelled) == std::future_status::ready) {
        return Stop::was_short;
    }
    stage->session->cancel().store(1);
    return ended.wait_for(kUntilStopped) == std::future_status::ready ? Stop::in_time : Stop::never;
}

// How many iterations make a long batch of a case whose single iteration was timed; 0: none can.
std::uint64_t iterations_of_long_batch(const CaseSession& session, const Taken& one) {
    const double each = std::max(1.0, static_cast<double>(one.wall_ns));
    std::uint64_t most = std::min(session.iterations_max(), kIterationsMax);
    if (session.family().has_prepare || session.family().shape == measure::Shape::latency) {
        most = std::min(most, kIterationsHeldMax);
    }
    const double wanted = kLongBatchNs / each;
    if (each > kLongestIterationNs || wanted > static_cast<double>(most)) {
        return 0;
    }
    return static_cast<std::uint64_t>(wanted);
}

// False: a thread is still in run() and will stay there; nothing more can be checked here.
bool check_case(CheckContext& context, const SuiteUnderCheck& suite, const CasePoint& point) {
    const auto tell = [&] {
        context.report.warn(point.id + ": did not stop within 1 s of batch->cancel; run() has to "
                                       "read it every few milliseconds");
        return false;
    };
    const auto first = std::make_shared<Stage>(context, suite, point);
    const Stop one = run_and_cancel(first, 1);
    if (one == Stop::never) {
        return tell();
    }
    if (one == Stop::in_time || !first->taken.ok()) {
        return true;
    }
    const std::uint64_t many = iterations_of_long_batch(*first->session, first->taken);
    if (many <= 1) {
        return true;
    }
    const auto second = std::make_shared<Stage>(context, suite, point);
    return run_and_cancel(second, many) != Stop::never || tell();
}

// Rounds of one batch on every lane; equal seeds have to give equal checksums on each lane.
void stress(CheckContext& context, CaseSession& session, std::uint32_t lanes) {
    const assay_suite_v1& iface = *session.suite().iface;
    measure::LaneCrew crew(lanes);
    std::vector<assay_status> entered(lanes, ASSAY_OK);
    if (iface.lane_enter != nullptr) {
        crew.on_all(
            [&](std::uint32_t lane) { entered[lane] = iface.lane_enter(session.handle(), lane); });
    }
    measure::Ticks ticks(session.family().shape == measure::Shape::latency);
    Watchdog watchdog(session.cancel());
    watchdog.arm(kUntilStopped);
    {
        measure::BatchRunner runner({iface,
                                     session.handle(),
                                     session.family(),
                                     measure::resolve_clock(session.family(), lanes),
                                     session.desk(),
                                     session.cancel()},
                                    crew,
                                    ticks);
        std::map<std::uint32_t, std::uint64_t> checksums;
        const std::uint64_t iterations = std::min<std::uint64_t>(100, session.iterations_max());
        for (int round = 0; round < kRounds && session.cancel().load() == 0; ++round) {
            const measure::BatchOutcome outcome = runner.take({iterations, context.seed, false});
            if (outcome.failure && session.cancel().load() == 0) {
                context.report.error(session.id() + " with " + std::to_string(lanes) +
                                     " lanes: " + outcome.failure->reason);
                break;
            }
            for (const measure::SliceRecord& slice : outcome.slices) {
                const auto [known, is_new] = checksums.try_emplace(slice.lane, slice.checksum);
                if (!is_new && known->second != slice.checksum && slice.done == iterations) {
                    context.report.error(session.id() + ": the checksum of lane " +
                                         std::to_string(slice.lane) +
                                         " changes when lanes run at once");
                }
            }
        }
    }
    watchdog.disarm();
    if (iface.lane_leave != nullptr) {
        crew.on_all([&](std::uint32_t lane) {
            if (entered[lane] >= 0) {
                iface.lane_leave(session.handle(), lane);
            }
        });
    }
}

} // namespace

void check_cancel(CheckContext& context) {
    for (const SuiteUnderCheck& suite : suites_to_check(context)) {
        std::optional<std::uint32_t> last_family;
        for (const CasePoint& point : sample_points(suite)) {
            if (std::exchange(last_family, point.family) == point.family) {
                continue; // one case of a family is enough
            }
            if (!check_case(context, suite, point)) {
                return;
            }
        }
    }
}

void check_lanes(CheckContext& context) {
    bool any = false;
    for (const SuiteUnderCheck& suite : suites_to_check(context)) {
        for (const CasePoint& point : sample_points(suite)) {
            const measure::FamilyDescription& family = suite.description.families[point.family];
            if (family.max_lanes < 2) {
                continue;
            }
            if ((family.flags & ASSAY_CASE_THREADS) == 0) {
                context.report.warn(suite.name + "/" + family.name +
                                    ": max_lanes without the flag THREADS: never used");
                continue;
            }
            any = true;
            for (const std::uint32_t lanes : {2U, std::min(family.max_lanes, kLanesMax)}) {
                CaseSession session(context, suite, point, {.seed = context.seed, .lanes = lanes});
                if (session.is_open()) {
                    stress(context, session, lanes);
                }
            }
        }
    }
    if (!any) {
        context.report.skip("no family takes several lanes");
    }
}

} // namespace assay::worker::conformance

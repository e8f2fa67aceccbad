// C15, C18, C19, C20: what cases do beside their work.
#include "worker/conformance/case_session.hpp"
#include "worker/conformance/checks.hpp"
#include "worker/conformance/process_state.hpp"
#include "worker/conformance/write_fence.hpp"

#include <algorithm>
#include <map>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace assay::worker::conformance {
namespace {

constexpr std::uint64_t kFewIterations = 64;
constexpr std::uint64_t kManyIterations = 1024;
// What prepare holds besides inputs: a vector's growth, a list's nodes.
constexpr double kUndeclaredBytesMax = 64;

std::uint64_t at_most(std::uint64_t wanted, const CaseSession& session) {
    return std::min(wanted, session.iterations_max());
}

// What a launch does, once, with a few batches.
void live_through(CaseSession& session) {
    session.verify();
    for (std::uint64_t i = 1; i <= 3; ++i) {
        session.take({at_most(i * 10, session), i});
    }
    session.close();
}

// What fails of every sample case, by its id.
std::map<std::string, std::string> failures(CheckContext& context,
                                            const std::vector<SuiteUnderCheck>& suites) {
    std::map<std::string, std::string> found;
    for (const SuiteUnderCheck& suite : suites) {
        for (const CasePoint& point : sample_points(suite)) {
            CaseSession session(context, suite, point, {.seed = context.seed});
            if (!session.is_open()) {
                found[point.id] = session.why_not_open();
            } else if (session.verify() < 0) {
                found[point.id] = point.id + ": verify failed: " + session.text();
            } else if (const Taken taken = session.take({at_most(10, session), context.seed});
                       !taken.failure().empty()) {
                found[point.id] = point.id + ": " + taken.failure();
            }
        }
    }
    return found;
}

void look_for_children(CheckContext& context) {
    int status = 0;
    const pid_t child = ::waitpid(-1, &status, WNOHANG);
    if (child == 0) {
        context.report.error("a child process is still running after close");
    } else if (child > 0) {
        context.report.error("a child process ended and nobody waited for it");
    } // else: ECHILD
}

double held_bytes(CaseSession& session, std::uint64_t iterations) {
    std::uint64_t held = 0;
    const Taken taken =
        session.take({iterations, iterations}, [&] { held = memory_state().allocated_bytes; });
    return taken.ok() ? static_cast<double>(held) : 0;
}

void compare_held_memory(CheckContext& context, CaseSession& session) {
    const measure::FamilyDescription& family = session.family();
    const std::uint64_t many = at_most(kManyIterations, session);
    if (!family.has_prepare || many < 2 * kFewIterations) {
        return;
    }
    held_bytes(session, kFewIterations); // what is allocated once
    const double few = held_bytes(session, kFewIterations);
    const double more = held_bytes(session, many);
    if (few == 0 || more == 0) {
        return; // failed or too slow
    }
    double each = (more - few) / static_cast<double>(many - kFewIterations);
    if (family.shape == measure::Shape::latency) {
        each -= sizeof(std::uint64_t); // the host's own room for durations
    }
    const auto declared = static_cast<double>(family.bytes_per_iteration);
    const std::string seen = session.id() + ": prepare holds about " +
                             std::to_string(static_cast<std::uint64_t>(std::max(0.0, each))) +
                             " bytes per iteration, bytes_per_iteration says " +
                             std::to_string(family.bytes_per_iteration);
    const bool fits = declared == 0 ? each <= kUndeclaredBytesMax
                                    : each <= 2 * declared + kUndeclaredBytesMax &&
                                          each >= declared / 2 - kUndeclaredBytesMax;
    if (!fits) {
        context.report.warn(seen);
    }
}

} // namespace

void check_reported_metrics(CheckContext& context) {
    for_each_case(context, {}, [&](CaseSession& session) {
        const HeardCalls before = heard_calls();
        live_through(session);
        const HeardCalls after = heard_calls();
        if (after.metrics_out_of_range > before.metrics_out_of_range) {
            context.report.warn(session.id() + ": reports metric number " +
                                std::to_string(after.last_index_out_of_range) + ", declared are " +
                                std::to_string(session.family().metrics.size()) +
                                "; the host ignores it");
        }
        if (after.metrics_not_finite > before.metrics_not_finite) {
            context.report.warn(session.id() + ": reports NaN or an infinity; the host refuses it");
        }
    });
}

void check_surroundings(CheckContext& context) {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1); // grandchildren come to us
    const OutputCapture capture(OutputCapture::Streams::output);
    // Loaded and described before the fence, as anything else a check needs.
    const std::vector<SuiteUnderCheck> suites = suites_to_check(context);
    if (suites.empty()) {
        return;
    }
    const std::map<std::string, std::string> before = failures(context, suites);
    const bool fenced = forbid_writing_elsewhere();
    if (fenced) {
        for (const auto& [id, failure] : failures(context, suites)) {
            if (!before.contains(id)) {
                context.report.error(failure +
                                     " (where only its scratch folder can be written to)");
            }
        }
    }
    look_for_children(context);
    if (capture.bytes() > 0) {
        context.report.error("it printed '" + capture.text() + "'");
    }
    if (!fenced) {
        context.report.note("this system has no Landlock: files outside the scratch folder were "
                            "not looked for");
    }
}

void check_host_calls(CheckContext& context) {
    for_each_case(context, {}, [&](CaseSession& session) {
        live_through(session);
        for (const std::string& call : session.desk().calls_in_run()) {
            context.report.error(session.id() + ": " + call);
        }
    });
}

void check_held_memory(CheckContext& context) {
    for_each_case(
        context, {}, [&](CaseSession& session) { compare_held_memory(context, session); });
}

} // namespace assay::worker::conformance

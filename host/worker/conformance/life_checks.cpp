// C5, C6, C13, C16: cases from open to close.
#include "measure/abi_field.hpp"
#include "worker/conformance/case_session.hpp"
#include "worker/conformance/checks.hpp"
#include "worker/conformance/process_state.hpp"

namespace assay::worker::conformance {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kOpens = 100;
// Caches fill and pools grow in the first few.
constexpr std::size_t kOpensBefore = 10;
// A case that opens slowly is opened fewer times, but never fewer than this.
constexpr std::size_t kOpensLeast = 20;
constexpr std::chrono::seconds kTimePerCase{2};
// Per open: less than a leaked case of any use, more than a log buffer that grows now and then.
constexpr double kLeakedBytesMax = 256;
constexpr double kResidentBytesMax = 64 * 1024;

struct Usage {
    MemoryState memory;
    std::size_t descriptors = 0, threads = 0;
};

Usage usage() {
    return {memory_state(), open_descriptors().size(), thread_count()};
}

double growth(std::uint64_t before, std::uint64_t after, std::size_t opens) {
    return after <= before ? 0 : static_cast<double>(after - before) / static_cast<double>(opens);
}

std::string bytes_text(double bytes) {
    return std::to_string(static_cast<std::uint64_t>(bytes)) + " bytes";
}

// Grows in both halves: what is filled once does not.
void judge(CheckContext& context,
           const std::string& id,
           const std::array<Usage, 3>& at,
           std::size_t half) {
    const auto tell = [&](const std::string& what) {
        context.report.error(id + ": every open and close leaves " + what + " behind (" +
                             std::to_string(2 * half) + " times)");
    };
    const double first = growth(at[0].memory.allocated_bytes, at[1].memory.allocated_bytes, half);
    const double second = growth(at[1].memory.allocated_bytes, at[2].memory.allocated_bytes, half);
    const double resident_first =
        growth(at[0].memory.resident_bytes, at[1].memory.resident_bytes, half);
    const double resident_second =
        growth(at[1].memory.resident_bytes, at[2].memory.resident_bytes, half);
    if (std::min(first, second) > kLeakedBytesMax) {
        tell("about " + bytes_text(std::min(first, second)) + " of the heap");
    } else if (std::min(resident_first, resident_second) > kResidentBytesMax) {
        tell("about " + bytes_text(std::min(resident_first, resident_second)) +
             " of resident memory");
    }
    if (at[2].descriptors >= at[0].descriptors + half) {
        tell("a descriptor");
    }
    if (at[2].threads > at[0].threads) {
        context.report.error(id + ": " + std::to_string(at[2].threads - at[0].threads) +
                             " threads more run than before");
    }
}

void open_often(CheckContext& context, const SuiteUnderCheck& suite, const CasePoint& point) {
    std::size_t opens = 0;
    const auto open_once = [&] {
        CaseSession session(context, suite, point, {.seed = context.seed + opens});
        ++opens;
        if (!session.is_open() && session.status() != ASSAY_SKIP &&
            session.status() != ASSAY_UNAVAILABLE) {
            context.report.error(session.why_not_open());
        }
        return session.is_open();
    };
    const Clock::time_point start = Clock::now();
    std::size_t half = kOpens / 2;
    std::array<Usage, 3> at;
    for (std::size_t i = 0; i < kOpensBefore; ++i) {
        if (!open_once()) {
            return;
        }
        const auto spent = Clock::now() - start;
        if (spent * static_cast<long>(kOpens) / static_cast<long>(i + 1) > kTimePerCase) {
            half = kOpensLeast / 2;
        }
        if (spent > kTimePerCase) {
            break;
        }
    }
    for (std::size_t part = 0; part < at.size(); ++part) {
        at[part] = usage();
        for (std::size_t i = 0; part + 1 < at.size() && i < half; ++i) {
            if (!open_once()) {
                return;
            }
        }
    }
    judge(context, point.id, at, half);
}

// The ways through the state machine that end early. Each is legal; the last ones with the host's
// wish to stop already there.
void end_early(CheckContext& context, const SuiteUnderCheck& suite, const CasePoint& point) {
    const SessionOptions options{.seed = context.seed};
    if (!CaseSession(context, suite, point, options).is_open()) { // open, close
        return;
    }
    CaseSession(context, suite, point, options).verify(); // open, verify, close
    {
        CaseSession session(context, suite, point, options);
        session.enter(0); // open, enter, leave, close
    }
    CaseSession session(context, suite, point, options);
    session.cancel().store(1);
    session.verify();
    for (std::uint64_t i = 0; i < 2; ++i) { // a cancelled run is finished, left, closed, destroyed
        const Taken taken = session.take({session.iterations_max() == 1 ? 1U : 100U, i + 1});
        if (taken.ran >= 0 && taken.after.done > taken.given.iterations) {
            context.report.error(
                point.id + ": cancelled, run says done = " + std::to_string(taken.after.done) +
                " of " + std::to_string(taken.given.iterations) + " iterations");
        }
    }
    session.close();
}

} // namespace

void check_growth(CheckContext& context) {
    for (const SuiteUnderCheck& suite : suites_to_check(context)) {
        for (const CasePoint& point : sample_points(suite)) {
            open_often(context, suite, point);
        }
    }
}

void check_verify(CheckContext& context) {
    bool claims_nothing = false;
    std::size_t verified = 0;
    for_each_case(context, {}, [&](CaseSession& session) {
        const assay_status status = session.verify();
        if (status < 0) {
            context.report.error(session.id() + ": verify returned " +
                                 measure::status_name(status) +
                                 (session.text().empty() ? "" : ": " + session.text()));
        } else if (status == ASSAY_SKIP) {
            claims_nothing = true;
        } else {
            ++verified;
        }
    });
    if (!context.report.skipped.empty()) {
        return;
    }
    if (verified == 0 && claims_nothing) {
        context.report.warn("no case verifies its result: everything is shown as not verified");
    } else if (claims_nothing) {
        context.report.note("some cases do not verify their result");
    }
}

void check_reasons(CheckContext& context) {
    for (const SuiteUnderCheck& suite : suites_to_check(context)) {
        for (const CasePoint& point : sample_points(suite)) {
            CaseSession session(context, suite, point, {.seed = context.seed});
            if (!session.is_open() && session.text().empty()) {
                context.report.warn(session.why_not_open() + ", without a text");
                continue;
            }
            if (!session.is_open()) {
                continue;
            }
            const assay_status verified = session.verify();
            if (verified < 0 && session.text().empty()) {
                context.report.warn(point.id + ": verify returned " +
                                    measure::status_name(verified) + " without a text");
                continue;
            }
            const Taken taken = session.take({});
            if (!taken.failure().empty() && taken.text.empty()) {
                context.report.warn(point.id + ": " + taken.failure() + " without a text");
            }
        }
    }
}

void check_ends(CheckContext& context) {
    for (const SuiteUnderCheck& suite : suites_to_check(context)) {
        for (const CasePoint& point : sample_points(suite)) {
            end_early(context, suite, point);
        }
    }
}

} // namespace assay::worker::conformance

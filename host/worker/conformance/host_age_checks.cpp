// L7 to L10: the plugin under hosts that are not this one, and beside its own twin.
#include "measure/abi_field.hpp"
#include "support/plugin_library.hpp"
#include "worker/conformance/case_session.hpp"
#include "worker/conformance/checks.hpp"
#include "worker/conformance/reporter_session.hpp"

#include <filesystem>

namespace assay::worker::conformance {
namespace {

namespace fs = std::filesystem;

// A refusal with a reason is a way to cope with a host that lacks something.
void tell_failure(CheckContext& context, std::string failure, bool is_refusal) {
    if (is_refusal) {
        context.report.note(std::move(failure));
    } else {
        context.report.error(std::move(failure));
    }
}

// A few short batches.
void exercise(CheckContext& context, CaseSession& session, HostAge age) {
    if (!session.is_open()) {
        return; // C5 and C13 say more
    }
    session.verify();
    const bool may_refuse = age == HostAge::present; // L7: what needs a service may say so
    for (std::uint64_t i = 1; i <= 3; ++i) {
        const Taken taken = session.take({std::min<std::uint64_t>(i, session.iterations_max()), i});
        if (const std::string failure = taken.failure(); !failure.empty()) {
            tell_failure(context, session.id() + ": " + failure, may_refuse && !taken.text.empty());
        } else if (!taken.untouched_behind) {
            context.report.error(session.id() + ": wrote behind the fields that it knows");
        }
    }
}

// The same for every sample case, and an event stream through every reporter, with the
// structs of a host of that age. What goes wrong only there is the finding.
void exercise(CheckContext& context, HostAge age) {
    static const AgedHost host(age); // a plugin may keep the pointer until the process ends
    measure::CheckReport ignored;
    CheckContext loading{context.path, context.seed, context.page, ignored};
    const std::vector<SuiteUnderCheck> suites = suites_to_check(loading);
    const std::vector<Interface> reporters = interfaces(loading, ASSAY_KIND_REPORTER);
    // Now that it was described, the library hears of the other host; the last entry counts.
    const Result<EntryPoint> entry = open_entry(context.path);
    if (!entry || entry->call(host.table()) == nullptr) {
        context.report.error(entry ? "its entry function refuses such a host"
                                   : entry.error().message);
        return;
    }
    bool found_any = false;
    for (const SuiteUnderCheck& suite : suites) {
        for (const CasePoint& point : sample_points(suite)) {
            found_any = true;
            CaseSession session(
                context, suite, point, {.age = age, .host = host.table(), .seed = context.seed});
            exercise(context, session, age);
        }
    }
    for (const Interface& reporter : reporters) {
        found_any = true;
        ReporterSession session(*static_cast<const assay_reporter_v1*>(reporter.iface),
                                {.age = age, .host = host.table()});
        session.send_all(aged_stream(age));
        session.finish();
        if (!session.failure().empty()) {
            tell_failure(context,
                         reporter.name + ": " + session.failure(),
                         age == HostAge::present && !session.text().empty());
        }
    }
    if (!found_any) {
        context.report.skip(ignored.skipped.empty() ? "nothing to exercise" : ignored.skipped);
    }
}

// A second file with the same bytes is another library to the dynamic linker. What the plugin finds
// by $ORIGIN is found from there, too.
std::string make_twin(const std::string& path) {
    const fs::path original(path);
    const fs::path folder = fs::current_path() / "twin";
    fs::create_directory(folder);
    for (const auto& entry : fs::directory_iterator(original.parent_path())) {
        if (entry.path().filename() != original.filename()) {
            fs::create_symlink(entry.path(), folder / entry.path().filename());
        }
    }
    fs::copy_file(original, folder / original.filename());
    return (folder / original.filename()).string();
}

} // namespace

void check_unknown_service(CheckContext& context) {
    forget_services(); // an id that this host does not know, whichever the plugin asks for
    exercise(context, HostAge::present);
    if (context.report.findings.empty() && context.report.skipped.empty() &&
        heard_calls().unknown_services == 0) {
        context.report.note("the plugin asked for no service");
    }
}

void check_old_host(CheckContext& context) {
    exercise(context, HostAge::old);
}

void check_future_host(CheckContext& context) {
    exercise(context, HostAge::future);
}

void check_twins(CheckContext& context) {
    const std::string twin_path = make_twin(context.path);
    const Result<EntryPoint> first = open_entry(context.path);
    const Result<EntryPoint> second = open_entry(twin_path);
    if (!first || !second) {
        context.report.skip((first ? second : first).error().message);
        return;
    }
    const assay_plugin* const one = first->call(&checking_host());
    const assay_plugin* const other = second->call(&checking_host());
    if (one == nullptr || other == nullptr) {
        context.report.error("with its twin loaded the entry function returned NULL");
        return;
    }
    if (one == other) {
        context.report.error("two copies of the library returned one plugin: they share symbols, "
                             "link with -fno-gnu-unique and a version script");
        return;
    }
    CheckContext twin{twin_path, context.seed, context.page, context.report};
    for_each_case(context, {}, [&](CaseSession& session) { session.take({}); });
    for_each_case(twin, {}, [&](CaseSession& session) {
        if (const std::string failure = session.take({}).failure(); !failure.empty()) {
            context.report.error(session.id() + " of the twin: " + failure);
        }
    });
    context.report.skipped.clear(); // loading together is what counts
}

} // namespace assay::worker::conformance

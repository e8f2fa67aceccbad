#include "scripted_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

using namespace scripted;
using measure::CaseStatus;

namespace {

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// Answers as usual but for one case.
ScriptedLauncher::Script
except_for(std::string id,
           std::function<workers::LaunchOutcome(const measure::LaunchRequest&)> own) {
    return [id = std::move(id), own = std::move(own)](const measure::LaunchRequest& request) {
        return request.case_id == id ? own(request) : answer(request);
    };
}

} // namespace

TEST_CASE(
    "every case is verified before any is measured, and measured in the launches of its mode") {
    ScriptedLauncher launcher(answer);
    const Told told = run(plan_of(2), launcher);
    CHECK(launcher.launches() == std::vector<std::string>{"s/f[n=0] 0",
                                                          "s/f[n=1] 0",
                                                          "s/f[n=0] 1",
                                                          "s/f[n=0] 2",
                                                          "s/f[n=0] 3",
                                                          "s/f[n=0] 4",
                                                          "s/f[n=0] 5",
                                                          "s/f[n=0] 6",
                                                          "s/f[n=1] 1",
                                                          "s/f[n=1] 2",
                                                          "s/f[n=1] 3",
                                                          "s/f[n=1] 4",
                                                          "s/f[n=1] 5",
                                                          "s/f[n=1] 6"});
    CHECK(told.events == std::vector<std::string>{"suite_begin s",
                                                  "case_begin s/f[n=0]",
                                                  "case_end s/f[n=0]",
                                                  "case_begin s/f[n=1]",
                                                  "case_end s/f[n=1]",
                                                  "suite_end s"});
    CHECK(told.count(CaseStatus::passed) == 2);
    CHECK(told.of("s/f[n=0]").verified);
    CHECK(told.of("s/f[n=0]").metrics.front().summary.n == 36);
    CHECK(app::code_of(told.outcome, 2) == app::ExitCode::pass);
}

TEST_CASE("the launch that verifies times nothing, and only measuring launches take slices") {
    std::vector<measure::LaunchRequest> requests;
    ScriptedLauncher launcher([&](const measure::LaunchRequest& request) {
        requests.push_back(request);
        return answer(request);
    });
    static_cast<void>(run(plan_of(1), launcher));
    REQUIRE(requests.size() == 7);
    CHECK(requests[0].verify);
    CHECK(requests[0].first_iteration);
    CHECK(requests[0].scaling_check);
    CHECK(requests[0].slices == 0);
    CHECK(requests[0].warmup_slices_max == 0); // untimed and without a turn: nothing to warm up for
    CHECK_FALSE(requests[1].verify);
    CHECK_FALSE(requests[1].scaling_check);
    CHECK(requests[1].slices == 6);
    CHECK(requests[1].warmup_slices_max > 0);
}

TEST_CASE("a case that fails its verification is told and never measured") {
    ScriptedLauncher launcher(except_for("s/f[n=0]", [](const auto&) {
        return ended(CaseStatus::wrong_result, "verify: 3 is not 4");
    }));
    const Told told = run(plan_of(2), launcher);
    CHECK(told.of("s/f[n=0]").status == CaseStatus::wrong_result);
    CHECK(told.of("s/f[n=0]").reason == "verify: 3 is not 4");
    CHECK(told.of("s/f[n=0]").metrics.empty());
    CHECK(told.of("s/f[n=1]").status == CaseStatus::passed);
    CHECK(launcher.launches().size() == 1 + 1 + 6);
    CHECK(told.outcome.first_crash.empty()); // a debugger is no advice for a wrong result
    CHECK(app::code_of(told.outcome, 2) == app::ExitCode::failed);
}

TEST_CASE("a crash is tried once more, and the reason says whether it came back") {
    int crashes = 0;
    ScriptedLauncher launcher(except_for("s/f[n=0]", [&](const auto& request) {
        return request.launch == 2 && crashes++ == 0 ? ended(CaseStatus::crashed, "SIGSEGV")
                                                     : answer(request);
    }));
    const Told told = run(plan_of(1), launcher);
    CHECK(told.of("s/f[n=0]").status == CaseStatus::crashed);
    CHECK(told.of("s/f[n=0]").reason == "launch 2: SIGSEGV (tried once more: passed)");
    CHECK(told.outcome.first_crash == "s/f[n=0]");
    CHECK(launcher.launches().back() == "s/f[n=0] 2");
    CHECK(launcher.launches().size() == 1 + 3);
    CHECK(told.of("s/f[n=0]").metrics.front().summary.n == 6); // of the launch before
}

TEST_CASE("three crashed cases end their suite, and other suites go on") {
    plan::Plan plan = plan_of(6);
    plan.cases[5].id = "other/f[n=5]";
    plan.cases[5].suite = 1;
    ScriptedLauncher launcher([](const measure::LaunchRequest& request) {
        return request.suite == "s" ? ended(CaseStatus::crashed, "SIGABRT") : answer(request);
    });
    const Told told = run(plan, launcher);
    CHECK(told.count(CaseStatus::crashed) == 3);
    CHECK(told.count(CaseStatus::cancelled) == 2);
    CHECK(told.of("s/f[n=4]").reason == "its suite crashed three times");
    CHECK(told.of("other/f[n=5]").status == CaseStatus::passed);
    CHECK(app::code_of(told.outcome, 6) == app::ExitCode::failed);
    CHECK(summary_object(told.outcome, 6).at("partial").as_bool());
}

TEST_CASE("with fail-fast nothing is started after the first failure") {
    ScriptedLauncher launcher(except_for(
        "s/f[n=1]", [](const auto&) { return ended(CaseStatus::failed, "it does not scale"); }));
    app::SessionOptions options = options_of(plan::Mode::quick, 1);
    options.fail_fast = true;
    const Told told = run(plan_of(3), launcher, options);
    CHECK(launcher.launches() == std::vector<std::string>{"s/f[n=0] 0", "s/f[n=1] 0"});
    CHECK(told.of("s/f[n=0]").status == CaseStatus::cancelled);
    CHECK(told.of("s/f[n=2]").reason == "cancelled before verification");
    CHECK_FALSE(told.outcome.cancelled); // nobody pressed Ctrl-C
    CHECK(app::code_of(told.outcome, 3) == app::ExitCode::failed);
}

TEST_CASE("an interrupted run gives every case a result and keeps what was complete") {
    std::atomic<bool> interrupted{false};
    ScriptedLauncher launcher(except_for("s/f[n=1]", [&](const auto& request) {
        interrupted = interrupted || request.launch == 2;
        return answer(request);
    }));
    const Told told = run(
        plan_of(3), launcher, options_of(plan::Mode::quick, 1), [&] { return interrupted.load(); });
    CHECK(told.of("s/f[n=0]").status == CaseStatus::passed);
    CHECK(told.of("s/f[n=1]").status == CaseStatus::cancelled);
    CHECK(told.of("s/f[n=1]").reason == "cancelled after 2 of 6 launches");
    CHECK(told.of("s/f[n=1]").metrics.front().summary.n == 12);
    CHECK(told.of("s/f[n=2]").status == CaseStatus::cancelled);
    CHECK(told.of("s/f[n=2]").metrics.empty());
    CHECK(told.outcome.cancelled);
    CHECK(told.events.back() == "suite_end s");
    CHECK(app::code_of(told.outcome, 3) == app::ExitCode::interrupted);
}

TEST_CASE("a checksum that differs between launches is a wrong result") {
    ScriptedLauncher launcher([](const measure::LaunchRequest& request) {
        measure::SliceRecord one = slice(1000);
        one.seed = 7;
        one.checksum = request.launch == 3 ? 2 : 1;
        return passing(std::vector<measure::SliceRecord>(request.slices, one));
    });
    const Told told = run(plan_of(1), launcher);
    CHECK(told.of("s/f[n=0]").status == CaseStatus::wrong_result);
    CHECK(says(told.of("s/f[n=0]").reason, "checksum differs"));
    CHECK(launcher.launches().size() == 1 + 3);
}

TEST_CASE("fewer samples than the mode asks for are noted") {
    ScriptedLauncher launcher([](const measure::LaunchRequest& request) {
        return passing(std::vector<measure::SliceRecord>(request.slices > 0 ? 1 : 0, slice(1000)));
    });
    const Told told = run(plan_of(1), launcher, options_of(plan::Mode::standard, 1));
    CHECK(told.of("s/f[n=0]").status == CaseStatus::passed);
    CHECK(told.of("s/f[n=0]").notes == std::vector<std::string>{"few samples: 10 of at least 30"});
}

TEST_CASE("a launch that passes without a recorded slice measured nothing and fails its case") {
    ScriptedLauncher launcher([](const measure::LaunchRequest&) { return passing({}); });
    const Told told = run(plan_of(1), launcher);
    CHECK(told.of("s/f[n=0]").status == CaseStatus::failed);
    CHECK(says(told.of("s/f[n=0]").reason, "without a recorded slice"));
    CHECK(app::code_of(told.outcome, 1) == app::ExitCode::failed);
}

TEST_CASE("a case that is skipped only after it was verified was lost, which is a failure") {
    for (const CaseStatus status : {CaseStatus::skipped, CaseStatus::unavailable}) {
        ScriptedLauncher launcher(except_for("s/f[n=0]", [&](const auto& request) {
            return request.launch == 4 ? ended(status, "the server is gone") : answer(request);
        }));
        const Told told = run(plan_of(2), launcher);
        CHECK(told.of("s/f[n=0]").status == CaseStatus::failed);
        CHECK(says(told.of("s/f[n=0]").reason, "the server is gone"));
        CHECK(app::code_of(told.outcome, 2) == app::ExitCode::failed);
    }
}

TEST_CASE("a case that cannot run here is skipped and does not fail the others") {
    ScriptedLauncher launcher(except_for(
        "s/f[n=0]", [](const auto&) { return ended(CaseStatus::skipped, "too large"); }));
    const Told told = run(plan_of(2), launcher);
    CHECK(told.of("s/f[n=0]").status == CaseStatus::skipped);
    CHECK(app::code_of(told.outcome, 2) == app::ExitCode::pass);
}

TEST_CASE("an exception of the host costs one case and is told as its reason") {
    ScriptedLauncher launcher(except_for("s/f[n=0]", [](const auto&) -> workers::LaunchOutcome {
        throw std::runtime_error("no more descriptors");
    }));
    const Told told = run(plan_of(2), launcher);
    CHECK(told.of("s/f[n=0]").status == CaseStatus::failed);
    CHECK(says(told.of("s/f[n=0]").reason, "no more descriptors"));
    CHECK(told.of("s/f[n=1]").status == CaseStatus::passed);
}

TEST_CASE("what a case printed is shown up to a limit, and what was cut is counted") {
    ScriptedLauncher launcher([](const measure::LaunchRequest& request) {
        workers::LaunchOutcome outcome = answer(request);
        outcome.output = std::string(3000, 'x');
        outcome.output_bytes_dropped = 5;
        return outcome;
    });
    const Told told = run(plan_of(1), launcher);
    const json::object& extra = told.of("s/f[n=0]").extra;
    CHECK(extra.at("output").as_string().size() == 4096);
    CHECK(extra.at("output_bytes_dropped").to_number<int>() == 7 * 3005 - 4096);
}

TEST_CASE("lanes measure one at a time where cases share a domain, and all of them come home") {
    std::atomic<int> timing{0};
    std::atomic<int> most{0};
    ScriptedLauncher launcher([&](const measure::LaunchRequest& request) {
        if (request.slices > 0) {
            const int now = ++timing;
            most = std::max(most.load(), now);
            --timing;
        }
        return answer(request);
    });
    app::SessionOptions options = options_of(plan::Mode::quick, 1);
    options.lanes = 4;
    const Told told = run(plan_of(40), launcher, options);
    CHECK(told.count(CaseStatus::passed) == 40);
    CHECK(told.results.size() == 40);
    CHECK(most == 1);
}

// nightly.yml, its shell run outside of GitHub: night after night on one history.
#include "template_machine.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace nightly_test {

using namespace ci_templates;

namespace {

struct Night {
    JobEnd measured, published;
};

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

enum class When { night, week, by_hand };

// As the schedule makes it, but in mode quick; or as somebody started it.
Night night_of(const TemplateMachine& machine, When when = When::night) {
    std::filesystem::remove_all(machine.artifacts() / "assay-nightly");
    JobRequest request{.workflow = "nightly.yml", .job = "measure"};
    request.settings["MODE"] = "quick";
    if (when == When::by_hand) {
        request.event_name = "workflow_dispatch";
        request.inputs = {{"mode", "quick"}, {"filter", "paced/step"}, {"threshold", "15%"}};
        request.settings.erase("MODE");
    } else {
        request.event = {{"schedule", when == When::week ? "0 6 * * 0" : "0 2 * * 1-6"}};
    }
    Night night{.measured = machine.run(request), .published = {}};
    request.job = "publish";
    request.needs = {
        {"measure", {{"result", night.measured.result}, {"outputs", night.measured.outputs}}}};
    night.published = machine.run(request);
    return night;
}

std::size_t runs_kept(const TemplateMachine& machine) {
    const std::string files =
        machine.git({"ls-tree", "-r", "--name-only", "assay-history", "runs/"});
    std::size_t count = 0;
    for (auto at = files.find(".ndjson"); at != std::string::npos;
         at = files.find(".ndjson", at + 1)) {
        ++count;
    }
    return count;
}

// As a bundle of the history branch: `count` runs of another program, a day apart from `day` on.
void record_runs(const TemplateMachine& machine, int day, int count, const std::string& seconds) {
    for (int run = 0; run < count; ++run) {
        machine.box().write("figures.json",
                            fmt::format(R"({{"schema": "assay.record/1",
 "metrics": {{"query": {{"value": {}, "unit": "s", "direction": "lower"}}}},
 "metadata": {{"timestamp": "2026-01-{:02}T02:00:00Z", "git_branch": "main",
              "git_commit": "{:040x}", "dirty": false}}}})",
                                        seconds,
                                        day + run,
                                        day + run));
        integration::Surroundings around;
        around.folder = machine.box().folder() / "project";
        const integration::Ended ended =
            machine.box().assay({"history", "record", "../figures.json"}, around);
        REQUIRE_MESSAGE(ended.exit_code == 0, ended.out << ended.err);
    }
}

// What is recorded in the project's own folder, as the branch has it.
void keep_on_branch(const TemplateMachine& machine) {
    integration::Surroundings around;
    around.folder = machine.box().folder() / "project";
    const integration::Ended pushed =
        machine.box().assay({"history", "push", "../bundles"}, around);
    REQUIRE_MESSAGE(pushed.exit_code == 0, pushed.out << pushed.err);
    const std::string clone = (machine.box().folder() / "branch").string();
    machine.git({"worktree", "add", "--quiet", "--detach", clone});
    const bool is_new = machine.git({"branch", "--list", "assay-history"}).empty();
    is_new ? machine.git({"-C", clone, "switch", "--quiet", "--orphan", "assay-history"})
           : machine.git({"-C", clone, "switch", "--quiet", "assay-history"});
    std::filesystem::copy(machine.box().folder() / "bundles",
                          machine.box().folder() / "branch" / "runs",
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::skip_existing);
    machine.git({"-C", clone, "add", "-A"});
    machine.git({"-C", clone, "commit", "--quiet", "-m", "runs"});
    machine.git({"worktree", "remove", "--force", clone});
}

} // namespace

TEST_CASE("nightly template: the first night passes and records, the second finds the history "
          "(stand-in actions)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    const std::string first = machine.commit("paced");
    const Night one = night_of(machine);
    INFO(one.measured.log(), one.published.log());
    CHECK(one.measured.result == "success");
    CHECK(one.published.result == "success");
    CHECK(says(one.measured.step("Take the history").log, "this is the first run"));
    CHECK(runs_kept(machine) == 1);
    CHECK(machine.git({"show", "assay-history:good-night"}) == first);

    // A cache may be gone; the branch is not.
    std::filesystem::remove_all(machine.caches());
    std::filesystem::create_directories(machine.caches());
    const std::string second = machine.commit("paced");
    const Night two = night_of(machine);
    INFO(two.measured.log(), two.published.log());
    CHECK(two.measured.result == "success");
    CHECK(says(two.measured.step("Take the history").log, "1 run added"));
    CHECK(says(two.measured.step("Measure").log, "gate passed"));
    CHECK(runs_kept(machine) == 2);
    CHECK(machine.git({"show", "assay-history:good-night"}) == second);
    CHECK(machine.git({"show", "assay-history:good-week"}) == first);
    const auto report = machine.artifacts() / "assay-nightly" / "report";
    for (const char* const name :
         {"report.html", "dashboard.html", "history.md", "gate.json", "junit.xml"}) {
        CHECK_MESSAGE(std::filesystem::exists(report / name), name);
    }
    CHECK(machine.github().at("issues").as_array().empty());
}

TEST_CASE("nightly template: a slower night opens the issue, the next updates it, a good one "
          "closes it (fake gh)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    const std::string good = machine.commit("paced");
    CHECK(night_of(machine).measured.result == "success");
    (void)machine.commit("paced_slow");
    for (const When when : {When::night, When::by_hand}) {
        const Night slow = night_of(machine, when);
        INFO(slow.measured.log(), slow.published.log());
        CHECK(slow.measured.step("Decide").code == 1);
        CHECK(slow.published.result == "success");
    }
    CHECK(runs_kept(machine) == 3);
    CHECK(machine.git({"show", "assay-history:good-night"}) == good);
    const json::value open = machine.github();
    REQUIRE(open.at("issues").as_array().size() == 1);
    const json::object& issue = open.at("issues").as_array().front().as_object();
    CHECK(assay::json_string(issue, "state") == "open");
    CHECK(says(assay::json_string(issue, "title"), "paced/step"));
    CHECK(assay::json_string(issue, "body").starts_with("<!-- assay:nightly:issue:paced/step -->"));

    (void)machine.commit("paced");
    const Night mended = night_of(machine);
    INFO(mended.measured.log(), mended.published.log());
    CHECK(mended.measured.result == "success");
    // The database that was kept knows them already, and who was told of what.
    CHECK(says(mended.measured.step("Take the history").log, "0 runs added"));
    CHECK(machine.github().at("issues").at(0).at("state").as_string() == "closed");
}

TEST_CASE("nightly template: sustained improvement proposes the baseline, one better run does not "
          "(fake gh)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    (void)machine.commit("paced");
    integration::Surroundings around;
    around.folder = machine.box().folder() / "project";
    record_runs(machine, 1, 5, "0.100");
    const integration::Ended held = machine.box().assay(
        {"baseline", "update", "--auto-approve-improvements", "--branch", "main"}, around);
    REQUIRE_MESSAGE(held.exit_code == 0, held.out << held.err);
    (void)machine.commit("paced"); // with the first baseline

    record_runs(machine, 6, 1, "0.060");
    keep_on_branch(machine);
    const Night early = night_of(machine);
    INFO(early.measured.log(), early.published.log());
    CHECK(early.measured.step("Propose baselines").outcome == "success");
    CHECK(early.published.result == "success");
    CHECK(machine.git({"branch", "--list", "assay-baselines"}).empty());

    record_runs(machine, 7, 6, "0.060");
    keep_on_branch(machine);
    const Night later = night_of(machine);
    INFO(later.measured.log(), later.published.log());
    CHECK(later.published.result == "success");
    REQUIRE_FALSE(machine.git({"branch", "--list", "assay-baselines"}).empty());
    CHECK(says(machine.git({"show", "assay-baselines:.assay/baselines.json"}), "0.06"));
    CHECK_FALSE(says(machine.git({"show", "main:.assay/baselines.json"}), "0.06"));
    CHECK(machine.github().at("pulls").as_array().size() == 1);
}

TEST_CASE("nightly template: a week is held against the last good week, and moves that alone "
          "(stand-in actions)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    const std::string first = machine.commit("paced");
    CHECK(night_of(machine).measured.result == "success");
    const std::string second = machine.commit("paced");
    const Night week = night_of(machine, When::week);
    INFO(week.measured.log(), week.published.log());
    CHECK(week.measured.result == "success");
    CHECK(says(week.measured.step("Build the last good commit").log, first.substr(0, 7)));
    CHECK(machine.git({"show", "assay-history:good-week"}) == second);
    CHECK(machine.git({"show", "assay-history:good-night"}) == first);
}

TEST_CASE("nightly template: a run that was pushed in between is kept too (fake gh)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    (void)machine.commit("paced");
    (void)night_of(machine);
    // Both begin with one run kept; the other one is published first.
    JobRequest request{.workflow = "nightly.yml", .job = "measure"};
    request.settings["MODE"] = "quick";
    std::filesystem::remove_all(machine.artifacts() / "assay-nightly");
    const JobEnd measured = machine.run(request);
    CHECK(measured.result == "success");
    record_runs(machine, 1, 1, "0.100");
    keep_on_branch(machine);
    request.job = "publish";
    request.needs = {{"measure", {{"result", "success"}, {"outputs", measured.outputs}}}};
    const JobEnd published = machine.run(request);
    INFO(published.log());
    CHECK(published.result == "success");
    CHECK(runs_kept(machine) == 3);
}

} // namespace nightly_test

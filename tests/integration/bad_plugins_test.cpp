#include "results.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>

namespace bad_plugins_test {

using namespace integration;

namespace {

// A sin, what becomes of its case, and a word that the report must say about it.
struct Sin {
    const char* name;
    const char* status;
    const char* said;
};

// Each costs only its own case: the fine family beside it passes, the run goes on, exit 3.
constexpr std::array kCaseSins{
    Sin{"open_hangs", "timed_out", ""},
    Sin{"open_null", "failed", "open"},
    Sin{"verify_fails", "wrong_result", ""},
    Sin{"verify_crashes", "crashed", "verify"},
    Sin{"null_write", "crashed", "SIGSEGV"},
    Sin{"stack_overflow", "crashed", "SIGSEGV"},
    Sin{"aborts", "crashed", "SIGABRT"},
    Sin{"exits_zero", "crashed", ""},
    Sin{"exits_three", "crashed", ""},
    Sin{"kills_itself", "crashed", "memory"},
    Sin{"throws_through_noexcept", "crashed", "SIGABRT"},
    Sin{"endless_deaf", "timed_out", ""},
    Sin{"endless_polite", "timed_out", ""},
    Sin{"garbage_on_frames", "failed", "protocol"},
    Sin{"ignores_iterations", "failed", ""},
    Sin{"optimised_away", "failed", "optimised away"},
    Sin{"lies_about_done", "failed", "done"},
    Sin{"changing_checksum", "wrong_result", "checksum"},
    Sin{"absurd_manual_ns", "failed", "manual"},
};

// Refused before anything is measured, with the field or reason named; exit 3 when named
// explicitly.
constexpr std::array kRefusals{
    Sin{"entry_missing", "", "assay_plugin_entry_v1"},
    Sin{"entry_null", "", ""},
    Sin{"struct_size_zero", "", "struct_size"},
    Sin{"struct_size_three", "", "struct_size"},
    Sin{"provided_beyond_array", "", "provided"},
    Sin{"min_host_minor_99", "", "99"},
    Sin{"endless_families", "", "100000"},
    Sin{"duplicate_names", "", "fine"},
    Sin{"shape_zero", "", "shape"},
    Sin{"provenance_zero", "", "provenance"},
    Sin{"bad_axis_type", "", "type"},
    Sin{"constructor_crashes", "", "SIGSEGV"},
    Sin{"constructor_exits", "", ""},
};

Ended run_sin(const Sandbox& box, const std::string& sin) {
    return box.assay({"run",
                      "--mode",
                      "quick",
                      "--plugin",
                      bad_plugin(sin),
                      "--plugin",
                      sample_plugin(),
                      "--timeout",
                      "2s",
                      "bad_" + sin + "/",
                      "sample/multiply",
                      "--reporter",
                      "json=out.json"});
}

// A quick run of one good case, with another plugin named or found as well.
Ended beside_sample(const Sandbox& box, const std::vector<std::string>& other) {
    std::vector<std::string> line{"run", "--mode", "quick", "--plugin", sample_plugin()};
    line.insert(line.end(), other.begin(), other.end());
    line.insert(line.end(), {"sample/multiply", "--reporter", "json=out.json"});
    return box.assay(line);
}

bool leftovers(const Sandbox& box) {
    // Scratch folders live in TMPDIR, which is the sandbox itself.
    const auto is_scratch = [](const auto& entry) {
        return entry.path().filename().string().find("scratch") != std::string::npos;
    };
    return std::ranges::any_of(std::filesystem::directory_iterator(box.folder()), is_scratch);
}

void check_case_sin(const Sin& sin) {
    const Sandbox box;
    const Ended run = run_sin(box, sin.name);
    INFO(sin.name << ": " << run.err);
    CHECK(run.exit_code == 3);
    const auto results = parsed(box.read("out.json"));
    const std::string suite = std::string("bad_") + sin.name;
    CHECK(status_of(results, suite + "/sin") == sin.status);
    CHECK(status_of(results, suite + "/fine") == "passed");
    CHECK(status_of(results, "sample/multiply") == "passed");
    const auto& sinner = case_of(results, suite + "/sin");
    const std::string reason = assay::json_string(sinner, "reason");
    CHECK_FALSE(reason.empty());
    CHECK_MESSAGE(reason.find(sin.said) != std::string::npos, reason);
    CHECK(run.out.find("sin") != std::string::npos); // the table names it
    CHECK_FALSE(leftovers(box));
}

} // namespace

TEST_CASE("a plugin that hangs or crashes costs only its own case") {
    for (const Sin& sin : std::span(kCaseSins).first(13)) {
        check_case_sin(sin);
    }
}

TEST_CASE("a plugin that lies costs only its own case") {
    for (const Sin& sin : std::span(kCaseSins).subspan(13)) {
        check_case_sin(sin);
    }
}

TEST_CASE("a named plugin that breaks its descriptors ends the run before anything is measured") {
    for (const Sin& sin : kRefusals) {
        const Sandbox box;
        const Ended run = beside_sample(box, {"--plugin", bad_plugin(sin.name)});
        INFO(sin.name << ": " << run.err);
        CHECK(run.exit_code == 3);
        CHECK(run.err.find(std::string(sin.name) + ".assay.so") != std::string::npos);
        CHECK(run.err.find(sin.said) != std::string::npos);
        CHECK(run.err.find("nothing was measured") != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(box.folder() / "out.json"));
    }
}

TEST_CASE("a plugin of a folder that breaks its descriptors is told and the others run") {
    for (const Sin& sin : kRefusals) {
        const Sandbox box;
        const std::string file = std::string(sin.name) + ".assay.so";
        std::filesystem::create_directory(box.folder() / "more");
        std::filesystem::copy_file(bad_plugin(sin.name), box.folder() / "more" / file);
        const Ended run = beside_sample(box, {"--plugin-dir", "more"});
        INFO(sin.name << ": " << run.err);
        CHECK(run.err.find(file) != std::string::npos);
        CHECK(run.err.find(sin.said) != std::string::npos);
        CHECK(status_of(parsed(box.read("out.json")), "sample/multiply") == "passed");
    }
}

TEST_CASE("a flood on stdout is capped and told, and does not reach the documents") {
    const Sandbox box;
    const Ended run = box.assay({"run",
                                 "--mode",
                                 "quick",
                                 "--plugin",
                                 bad_plugin("floods_stdout"),
                                 "bad_floods_stdout/",
                                 "--format",
                                 "json"});
    INFO(run.err);
    const auto results = parsed(run.out);
    CHECK(run.out.size() < 1'000'000);
    CHECK(status_of(results, "bad_floods_stdout/fine") == "passed");
}

TEST_CASE("listing a plugin whose constructor hangs ends and shows the others") {
    const Sandbox box;
    const Ended list = box.assay({"list",
                                  "--plugin",
                                  bad_plugin("constructor_crashes"),
                                  "--plugin",
                                  sample_plugin(),
                                  "--cases"});
    CHECK(list.out.find("sample/multiply") != std::string::npos);
    CHECK(list.err.find("constructor_crashes") != std::string::npos);
}

TEST_CASE("where no plugin can be stored the run has failed, and the filter is not blamed") {
    const Sandbox box;
    const Ended run =
        box.assay({"run", "--mode", "quick", "--plugin", sample_plugin(), "sample/single"},
                  {.environment = {{"XDG_CACHE_HOME", "/proc/no/such/folder"}}});
    INFO(run.err);
    CHECK(run.exit_code == 3);
    CHECK(run.err.find("/proc/no/such/folder") != std::string::npos);
    CHECK(run.err.find("matches none") == std::string::npos);
}

TEST_CASE(
    "where no plugin can be stored a comparison says so, and not that its reporter is unknown") {
    const Sandbox box;
    const Ended run = box.assay({"compare", sample_plugin(), sample_plugin(), "sample/single"},
                                {.environment = {{"XDG_CACHE_HOME", "/proc/no/such/folder"}}});
    INFO(run.err);
    CHECK(run.exit_code == 3);
    CHECK(run.err.find("/proc/no/such/folder") != std::string::npos);
    CHECK(run.err.find("no reporter") == std::string::npos);
}

} // namespace bad_plugins_test

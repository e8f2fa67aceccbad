// The page in headless Chromium, where there is one: browser/check_page.mjs says what must hold.
#include "shown_project.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

namespace browser_test {

using namespace assay;
using namespace assay::test;

namespace fs = std::filesystem;

namespace {

// Says why and gives false where the machine has no browser; a build without uPlot has nothing to
// look at either.
bool can_look(const std::string& page) {
    const std::string_view chromium = ASSAY_CHROMIUM;
    const std::string_view node = ASSAY_NODE;
    if (chromium.empty() || node.empty()) {
        MESSAGE("skipped: " << (chromium.empty() ? "chromium" : "node")
                            << " is not installed (tools/install-packages test)");
        return false;
    }
    if (!contains(page, "<script>")) {
        MESSAGE("skipped: this build could not take uPlot from npm");
        return false;
    }
    return true;
}

void check_in_browser(const ShownProject& project,
                      const std::string& script,
                      const std::string& last_word) {
    const std::string folder = std::string(ASSAY_SOURCE_DIR) + "/tests/dashboard/browser/";
    integration::Surroundings around;
    around.environment["HOME"] = project.box().folder().string();
    around.timeout = std::chrono::seconds(240);
    const integration::Ended ended =
        integration::run_program({ASSAY_NODE,
                                  folder + script,
                                  ASSAY_CHROMIUM,
                                  project.file("assay-report/dashboard.html").string(),
                                  project.file("profile").string(),
                                  last_word},
                                 around);
    CHECK_MESSAGE(ended.exit_code == 0, ended.out << ended.err);
    CHECK_FALSE(contains(ended.out, "FAILED"));
    CHECK(contains(ended.out, "ok: "));
}

} // namespace

TEST_CASE("the page in a browser: no complaint, no request, charts drawn, search and zoom work") {
    const ShownProject project({.series = 12,
                                .runs = 60,
                                .platforms = 2,
                                .hostile = true,
                                .sampled = 9,
                                .unmeasured = true});
    if (can_look(project.page())) {
        const fs::path pictures = fs::path(ASSAY_BUILD_DIR) / "tests" / "dashboard-pictures";
        check_in_browser(project, "check_page.mjs", pictures.string());
        CHECK(fs::exists(pictures / "series.png"));
    }
}

TEST_CASE("ten thousand series are searched in a browser") {
    const ShownProject project({.series = 10000, .runs = 2});
    if (can_look(project.page())) {
        check_in_browser(project, "check_search.mjs", "10000");
    }
}

} // namespace browser_test

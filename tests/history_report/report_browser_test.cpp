// The page in headless Chromium, where there is one: check_report.mjs says what must hold.
#include "shown_project.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>

namespace report_browser_test {

using namespace assay;
using namespace assay::test;

TEST_CASE("the report in a browser: no complaint, no request, nothing clipped, at any width") {
    if (std::string_view(ASSAY_CHROMIUM).empty() || std::string_view(ASSAY_NODE).empty()) {
        MESSAGE("skipped: chromium or node is not installed (tools/install-packages test)");
        return;
    }
    const ShownProject project({.series = 12, .runs = 60, .platforms = 2, .hostile = true});
    const integration::Ended written = project.box().assay({"report", "--output", "page.html"});
    REQUIRE_MESSAGE(written.exit_code == 0, written.err);
    integration::Surroundings around;
    around.environment["HOME"] = project.box().folder().string();
    around.timeout = std::chrono::seconds(240);
    const integration::Ended ended = integration::run_program(
        {ASSAY_NODE,
         std::string(ASSAY_SOURCE_DIR) + "/tests/history_report/check_report.mjs",
         ASSAY_CHROMIUM,
         project.file("page.html").string(),
         project.file("profile").string(),
         (std::filesystem::path(ASSAY_BUILD_DIR) / "tests" / "report-pictures").string()},
        around);
    CHECK_MESSAGE(ended.exit_code == 0, ended.out << ended.err);
    CHECK_FALSE(contains(ended.out, "FAILED"));
    CHECK(contains(ended.out, "ok: "));
}

} // namespace report_browser_test

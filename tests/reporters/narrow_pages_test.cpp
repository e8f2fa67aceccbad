// The pages of reporters in headless Chromium at the width of a telephone, where there is one:
// ../dashboard/browser/narrow.mjs says what must hold.
#include "canned_gates.hpp"
#include "golden.hpp"
#include "program.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace narrow_pages_test {

using namespace assay;

namespace {

namespace fs = std::filesystem;

// The page of a reporter, for these events, as a file.
std::string
kept(const integration::Sandbox& box, const std::string& name, const std::string& page) {
    const fs::path file = box.folder() / (name + ".html");
    std::ofstream(file) << page;
    return file.string();
}

} // namespace

TEST_CASE("pages of runs, comparisons and gates are read at 400 pixels without moving them") {
    if (std::string_view(ASSAY_CHROMIUM).empty() || std::string_view(ASSAY_NODE).empty()) {
        MESSAGE("skipped: chromium or node is not installed (tools/install-packages test)");
        return;
    }
    const integration::Sandbox box;
    std::vector<std::string> words{
        ASSAY_NODE,
        std::string(ASSAY_SOURCE_DIR) + "/tests/dashboard/browser/check_narrow.mjs",
        ASSAY_CHROMIUM,
        (box.folder() / "profile").string(),
        (fs::path(ASSAY_BUILD_DIR) / "tests" / "page-pictures").string()};
    const std::vector<std::pair<std::string, canned::Events>> events{
        {"run", canned::ordinary_run()},
        {"every_status", canned::every_status_run()},
        {"magnitudes", canned::magnitudes_run()},
        {"hostile", canned::hostile_text_run()},
        {"comparison", canned::comparison_with_metrics()},
        {"gate", canned::gated_comparison()}};
    for (const auto& [name, of_it] : events) {
        words.push_back(kept(box, "html_" + name, written_by("html", of_it)));
        words.push_back(kept(box, "charts_" + name, written_by("charts", of_it, "files=false")));
    }
    integration::Surroundings around;
    around.environment["HOME"] = box.folder().string();
    around.timeout = std::chrono::seconds(240);
    const integration::Ended ended = integration::run_program(words, around);
    CHECK_MESSAGE(ended.exit_code == 0, ended.out << ended.err);
    CHECK(ended.out.find("ok: ") != std::string::npos);
}

} // namespace narrow_pages_test

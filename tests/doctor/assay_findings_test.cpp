#include "findings_of_tree.hpp"

namespace assay_findings_test {

using namespace assay::app;

namespace {

Readings good() {
    Readings readings;
    readings.build.version = "0.1.0";
    readings.build.compiler = "g++ 12";
    readings.build.plugin_folders = {"/usr/lib/assay/plugins"};
    readings.build.plugins = 4;
    readings.cache = {.path = "/home/me/.cache/assay", .writable = true, .available_bytes = 1};
    readings.git = {.name = "git", .path = "/usr/bin/git", .version = "git version 2"};
    return readings;
}

Finding of(const Readings& readings, const std::string& id) {
    const Findings findings = assay_findings(readings);
    check_words(findings);
    return finding_of(findings, id);
}

} // namespace

TEST_CASE("an installation as it should be is well") {
    const Findings findings = assay_findings(good());
    CHECK(count_of(findings, FindingState::ok) == findings.size());
    CHECK(finding_of(findings, "build").read == "0.1.0, g++ 12, optimised");
}

TEST_CASE("a debug build and a sanitized one are warnings") {
    Readings readings = good();
    readings.build.optimised = false;
    CHECK(of(readings, "build").state == FindingState::warn);
    readings = good();
    readings.build.sanitizer = "address";
    CHECK(of(readings, "build").state == FindingState::warn);
    CHECK(says(of(readings, "build").read, "address sanitizer"));
}

TEST_CASE("no plugins is a warning that says where they were looked for") {
    Readings readings = good();
    readings.build.plugins = 0;
    CHECK(says(of(readings, "plugins").read, "/usr/lib/assay/plugins"));
    readings.build.plugin_folders.clear();
    CHECK(of(readings, "plugins").state == FindingState::warn);
}

TEST_CASE("a cache folder that cannot be written to is bad, git may be missing") {
    Readings readings = good();
    readings.cache.writable = false;
    CHECK(of(readings, "cache").state == FindingState::bad);
    CHECK(says(of(readings, "cache").advice, "XDG_CACHE_HOME"));
    readings.git.path.clear();
    CHECK(of(readings, "git").state == FindingState::unavailable);
}

} // namespace assay_findings_test

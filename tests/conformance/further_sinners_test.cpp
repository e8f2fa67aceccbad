// Sins that a run survives, and that only `assay check` looks for: each is found by its check, and
// the same plugin without it passes.
#include "checked.hpp"

#include <doctest/doctest.h>

namespace conformance::further_sinners_test {

namespace {

struct Sin {
    const char* kind; // "suite" or "reporter"
    const char* name;
    const char* id;
    const char* word;
    const char* says;
};

void check_found(const Sin& sin) {
    CAPTURE(sin.name);
    const Checked checked =
        check(fixture(std::string("sinful_") + sin.kind + "_" + sin.name), {sin.id});
    CHECK_MESSAGE(checked.word_of(sin.id) == sin.word, checked.text_of(sin.id), checked.err);
    CHECK_MESSAGE(checked.text_of(sin.id).find(sin.says) != std::string::npos,
                  checked.text_of(sin.id));
    CHECK(check(fixture(std::string("sinful_") + sin.kind + "_none"), {sin.id}).exit_code == 0);
}

} // namespace

TEST_CASE("the fixtures without a sin break nothing") {
    const Checked suite = check(fixture("sinful_suite_none"));
    CHECK_MESSAGE(suite.exit_code == 0, suite.complaints());
    const Checked reporter = check(fixture("sinful_reporter_none"));
    CHECK_MESSAGE(reporter.complaints().empty(), reporter.complaints());
}

TEST_CASE("suites that describe or create badly are found") {
    check_found({"suite", "bad_schema", "C1", "failed", "minimun"});
    check_found({"suite", "trusts_config", "C2", "crashed", "SIGABRT"});
    check_found({"suite", "unknown_unit", "C4", "warning", "'hits'"});
    check_found({"suite", "malformed_unit", "C4", "failed", "'{hit'"});
    check_found({"suite", "sets_environment", "L2", "warning", "environment"});
    check_found({"suite", "reads_behind", "L8", "crashed", "SIGSEGV"});
}

TEST_CASE("suites whose cases behave badly are found") {
    check_found({"suite", "constant_digest", "C7", "warning", "whatever the seed"});
    check_found({"suite", "lanes_collide", "C12", "failed", "lane"});
    check_found({"suite", "skips_silently", "C13", "warning", "without a text"});
    check_found({"suite", "leaves_child", "C18", "failed", "child process"});
    check_found({"suite", "hoards", "C20", "warning", "bytes per iteration"});
}

TEST_CASE("a case that writes outside its scratch folder is found where the system can tell") {
    const Checked checked = check(fixture("sinful_suite_writes_elsewhere"), {"C18"});
    const bool no_landlock = checked.text_of("C18").find("no Landlock") != std::string::npos;
    if (no_landlock) {
        MESSAGE("skipped: this kernel has no Landlock");
        return;
    }
    CHECK(checked.word_of("C18") == "failed");
    CHECK(checked.text_of("C18").find("scratch folder") != std::string::npos);
}

TEST_CASE("reporters that break their contract are found") {
    check_found({"reporter", "strict_kinds", "R1", "failed", "unknown kinds"});
    check_found({"reporter", "raw_markup", "R2", "failed", "without escaping"});
    check_found({"reporter", "torn_picture", "R2", "failed", "chart.png: is no whole PNG"});
    check_found({"reporter", "deaf_to_sink", "R3", "failed", "returned success"});
    check_found({"reporter", "aborts_when_cut", "R4", "crashed", "SIGABRT"});
    check_found({"reporter", "shared_state", "R5", "failed", "two instances"});
    check_found({"reporter", "clock", "R6", "failed", "other bytes"});
    check_found({"reporter", "prints", "R7", "failed", "an event came"});
    check_found({"reporter", "reads_behind", "L8", "crashed", "SIGSEGV"});
}

} // namespace conformance::further_sinners_test

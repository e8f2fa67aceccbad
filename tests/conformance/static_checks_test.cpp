// What is found in a file that is no plugin, or not quite one, before anything is loaded.
#include "app/conformance/needed_libraries.hpp"
#include "app/conformance/static_checks.hpp"
#include "checked.hpp"
#include "program.hpp"

#include <doctest/doctest.h>

namespace conformance::static_checks_test {

TEST_CASE("a file that is no library fails S1 and everything else is skipped") {
    const integration::Sandbox sandbox;
    sandbox.write("demo.assay.so", "#!/bin/sh\necho hello\n");
    const Checked checked = check(sandbox.folder() / "demo.assay.so");
    CHECK(checked.exit_code == 3);
    CHECK(checked.word_of("S1") == "failed");
    for (const auto& [id, outcome] : checked.outcomes) {
        if (id != "S1") {
            CHECK_MESSAGE(outcome.word == "skipped", id);
        }
    }
}

TEST_CASE("a library without manifest or entry fails S2 and S3") {
    const assay::app::StaticChecks checks(integration::build_folder() / "tests" /
                                          "bad_plugins/entry_missing.assay.so");
    REQUIRE(checks.unreadable().empty());
    const auto entry = checks.run("S3");
    CHECK(assay::measure::outcome_of(entry) == assay::measure::CheckOutcome::failed);
    CHECK(assay::measure::outcome_of(checks.run("S2")) == assay::measure::CheckOutcome::success);
}

TEST_CASE("symbols beside the entry are named") {
    const Checked checked = check(fixture("talkative"), {"S3", "S4"});
    CHECK(checked.word_of("S3") == "failed");
    CHECK(checked.word_of("S4") == "warning");
    CHECK(checked.text_of("S4").find("everybody_may_call_this") != std::string::npos);
    CHECK(checked.text_of("S4").find("version script") != std::string::npos);
    CHECK(check(fixture("model_suite"), {"S4"}).word_of("S4") == "success");
}

TEST_CASE("a needed library that is nowhere is named") {
    assay::catalog::ElfDynamic dynamic;
    dynamic.needed = {"libc.so.6", "libassay-is-not-there.so.7"};
    dynamic.runpath = {"$ORIGIN"};
    const auto missing = assay::app::unresolved("/tmp/demo.assay.so", dynamic);
    REQUIRE(missing.size() == 1);
    CHECK(missing[0] == "libassay-is-not-there.so.7");
}

TEST_CASE("versions of libc above the reference system are told") {
    const std::vector<assay::catalog::ElfVersionNeed> needs{{"libc.so.6", "GLIBC_2.4"},
                                                            {"libc.so.6", "GLIBC_2.36"},
                                                            {"libc.so.6", "GLIBC_2.39"},
                                                            {"libstdc++.so.6", "GLIBCXX_3.4.32"}};
    CHECK(assay::app::versions_above_target(needs).size() == 2);
}

} // namespace conformance::static_checks_test

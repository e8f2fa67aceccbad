// Plugins that are wrong before anything can be measured.
#include "bad_plugin.hpp"

#include <doctest/doctest.h>

namespace assay::workers {

namespace {

using measure::CaseStatus;
using std::chrono::milliseconds;

void check_refused(const std::string& sin, const std::string& said) {
    CAPTURE(sin);
    const auto hello = testing::load(sin, testing::kUnhurried);
    REQUIRE_FALSE(hello);
    CHECK(hello.error().kind == ErrorKind::plugin);
    CHECK_MESSAGE(hello.error().message.find(said) != std::string::npos, hello.error().message);
    CHECK_MESSAGE(hello.error().message.find(sin) != std::string::npos, hello.error().message);
}

void check_not_describable(const std::string& sin, const std::string& said) {
    CAPTURE(sin);
    const auto description = testing::describe(sin);
    REQUIRE_FALSE(description);
    CHECK(description.error().kind == ErrorKind::plugin);
    CHECK_MESSAGE(description.error().message.find(said) != std::string::npos,
                  description.error().message);
}

} // namespace

TEST_CASE("a plugin without a sin loads, describes, measures and goes") {
    const auto description = testing::describe("innocent");
    REQUIRE_MESSAGE(description, description.error().message);
    REQUIRE(description->families.size() == 1);
    CHECK(description->families[0].name == "fine");
    const auto launched = testing::launch_fine("innocent");
    CHECK_MESSAGE(launched.outcome.record.status == CaseStatus::passed,
                  launched.outcome.record.reason);
    CHECK(launched.outcome.record.slices.size() >= 3);
    CHECK(launched.outcome.output.empty());
    CHECK_FALSE(launched.outcome.death);
    CHECK(launched.death.said_bye);
    CHECK(launched.death.exit_code == 0);
}

TEST_CASE("a constructor that prints is heard and does no harm") {
    const auto launched = testing::launch_fine("constructor_prints");
    CHECK(launched.outcome.record.status == CaseStatus::passed);
    CHECK(launched.outcome.output.find("a constructor was here") != std::string::npos);
}

TEST_CASE("a constructor that starts a thread does not outlive its worker") {
    CHECK(testing::launch_fine("constructor_starts_thread").outcome.record.status ==
          CaseStatus::passed);
}

TEST_CASE("a constructor that hangs is killed at the deadline") {
    const auto hello = testing::load("constructor_hangs", milliseconds(300));
    REQUIRE_FALSE(hello);
    CHECK(hello.error().message.find("300 ms") != std::string::npos);
    CHECK(hello.error().message.find("constructor_hangs") != std::string::npos);
}

TEST_CASE("constructors and entries that end the process are told as deaths while loading") {
    check_refused("constructor_crashes", "SIGSEGV at 0x0");
    check_refused("constructor_exits", "ended by itself (exit code 0)");
    check_refused("entry_throws", "SIGABRT");
}

TEST_CASE("plugins that break the contract of loading are refused with the field that is wrong") {
    check_refused("entry_missing", "assay_plugin_entry_v1");
    check_refused("entry_null", "the licence file of the vendor is missing");
    check_refused("struct_size_zero", "struct_size");
    check_refused("struct_size_three", "struct_size");
    check_refused("struct_size_huge", "struct_size");
    check_refused("min_host_minor_99", "99");
    check_refused("provided_beyond_array", "n_provided");
}

TEST_CASE("suites that break the contract of describing are refused with the field that is wrong") {
    check_not_describable("endless_families", "100000");
    check_not_describable("duplicate_names", "fine");
    check_not_describable("bad_axis_type", "type");
    check_not_describable("shape_zero", "shape");
    check_not_describable("provenance_zero", "provenance");
}

} // namespace assay::workers

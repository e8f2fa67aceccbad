#include "support/plugin_library.hpp"

#include <doctest/doctest.h>

using namespace assay;

namespace {

std::string said; // what plugins told the host in their entry

const assay_host& host() {
    static const assay_host services = [] {
        assay_host made{};
        made.struct_size = sizeof made;
        made.fail = [](assay_scope*, assay_status, assay_str text) noexcept { said += view(text); };
        return made;
    }();
    return services;
}

std::string fixture(const std::string& name) {
    return std::string(ASSAY_BUILD_DIR) + "/tests/fixtures/sample_" + name + ".assay.so";
}

Result<const assay_plugin*> load(const std::string& name) {
    said.clear();
    return load_plugin(fixture(name), host(), said);
}

void check_refused(const std::string& name, std::string_view words) {
    const auto plugin = load(name);
    REQUIRE_FALSE(plugin.ok());
    CAPTURE(plugin.error().message);
    CHECK(plugin.error().kind == ErrorKind::plugin);
    CHECK(plugin.error().message.find(fixture(name)) != std::string::npos);
    CHECK(plugin.error().message.find(words) != std::string::npos);
}

} // namespace

TEST_CASE(
    "a sound plugin loads, twice as the same, and its interfaces are found by kind and name") {
    const auto plugin = load("none");
    REQUIRE(plugin.ok());
    CHECK(view((*plugin)->id) == "org.example.sample");
    const auto again = load("none");
    REQUIRE(again.ok());
    CHECK(*again == *plugin);
    CHECK(find_provided(**plugin, ASSAY_KIND_SUITE, "sample") != nullptr);
    CHECK(find_provided(**plugin, "assay.future/7", "whatever") != nullptr);
    CHECK(find_provided(**plugin, ASSAY_KIND_SUITE, "other") == nullptr);
    CHECK(find_provided(**plugin, ASSAY_KIND_REPORTER, "sample") == nullptr);
}

TEST_CASE("a library without the entry names the major that this host speaks") {
    check_refused("no_entry", "no symbol assay_plugin_entry_v1");
}

TEST_CASE("a plugin that refuses is quoted, or its silence is") {
    check_refused("refuses", "it refused: needs AVX-512");
    check_refused("refuses_silently", "returned NULL without saying why");
}

TEST_CASE("wrong sizes and counts are refused by the name of the field") {
    check_refused("size_zero", "assay_plugin.struct_size is 0, expected 72");
    check_refused("size_huge", "assay_plugin.struct_size is 4294967295");
    check_refused("minor", "asks for ABI 1.99, this host speaks 1.0");
    check_refused("many", "assay_plugin.n_provided is 1000000, expected at most 256");
    check_refused("null_interface", "assay_plugin.provided[0].iface is NULL");
    check_refused("interface_size", "provided[0].iface->struct_size is 3, expected 112");
    check_refused("no_id", "assay_plugin.id is empty");
}

TEST_CASE("a file that is missing or no library says so") {
    const auto missing = load_plugin("/nonexistent/x.assay.so", host(), said);
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().message.find("No such file") != std::string::npos);
    const std::string source = std::string(ASSAY_SOURCE_DIR) + "/CMakeLists.txt";
    CHECK_FALSE(load_plugin(source, host(), said).ok());
}

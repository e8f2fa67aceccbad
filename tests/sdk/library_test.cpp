#include "fake_host.hpp"
#include "support/json.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace sdk_test;

TEST_CASE("the entry function returns the same description every time") {
    const FakeHost host;
    const assay_entry_fn enter = entry_of("demo");
    REQUIRE(static_cast<bool>(enter));
    const assay_plugin* first = enter(&host.services);
    REQUIRE(first != nullptr);
    CHECK(enter(&host.services) == first);
    CHECK(first->struct_size == sizeof(assay_plugin));
    CHECK(first->abi_minor == ASSAY_ABI_MINOR);
    CHECK(view(first->id) == "org.example.demo");
    CHECK(view(first->version) == "1.0.0");
}

TEST_CASE("the manifest is JSON with id, version, what is provided, and the author's additions") {
    const FakeHost host;
    const assay_plugin* plugin = load(host, "demo");
    const auto manifest = assay::parse_json(view(plugin->manifest));
    REQUIRE(manifest);
    const auto text = [&](std::string_view pointer) {
        const assay::json::value* found = assay::json_at(*manifest, pointer);
        return found == nullptr ? std::string("absent") : assay::write_json(*found);
    };
    CHECK(text("/assay") == "1");
    CHECK(text("/id") == "\"org.example.demo\"");
    CHECK(text("/version") == "\"1.0.0\"");
    CHECK(text("/license") == "\"Apache-2.0\"");
    CHECK(text("/provides") == R"([{"kind":"assay.suite/1","name":"demo"}])");
}

TEST_CASE("one library may provide several suites and a reporter") {
    const FakeHost host;
    const assay_plugin* plugin = load(host, "several");
    REQUIRE(plugin != nullptr);
    CHECK(plugin->n_provided == 3);
    const LoadedSuite plain(host, plugin, "plain");
    CHECK(plain.family_names() == std::vector<std::string>{"nothing"});
    CHECK_FALSE(static_cast<bool>(plain.iface->verify)); // no family claims a correct result
    CHECK(provided(plugin, ASSAY_KIND_REPORTER, "lines") != nullptr);
    CHECK(provided(plugin, ASSAY_KIND_REPORTER, "plain") == nullptr);
}

TEST_CASE("families may come from the configuration, each suite object with its own") {
    const FakeHost host;
    const assay_plugin* plugin = load(host, "several");
    const LoadedSuite two(
        host, plugin, "configured", R"({"depth":9,"mode":"quick","models":["small","large"]})");
    const LoadedSuite none(host, plugin, "configured", "{}");
    CHECK(two.family_names() == std::vector<std::string>{"fixed", "small", "large"});
    CHECK(none.family_names() == std::vector<std::string>{"fixed"});
    CHECK(view(two.iface->config_schema).starts_with("{\"type\":\"object\""));
    const auto c = two.open("large", {i64(2)});
    REQUIRE(c->status == ASSAY_OK);
    CHECK(c->said.log == std::vector<std::string>{"1: depth 9, mode quick"});
    const auto fixed = none.open("fixed");
    CHECK(fixed->said.log == std::vector<std::string>{"1: depth 3, mode none"});
}

TEST_CASE("a configuration that the suite does not like is a status with a text") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "several"), "configured", R"({"depth":-1})");
    CHECK(suite.status == ASSAY_E_CONFIG);
    CHECK(suite.said.last_failure() == "'/depth' is negative");
}

TEST_CASE("two families of one name from the configuration are refused") {
    const FakeHost host;
    const LoadedSuite suite(host, load(host, "several"), "configured", R"({"models":["fixed"]})");
    CHECK(suite.status == ASSAY_E_STATE);
    CHECK(suite.said.last_failure() == "two families are named 'fixed'");
}

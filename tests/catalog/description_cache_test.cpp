#include "catalog/description_cache.hpp"
#include "support/file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::catalog;
using namespace assay::test;

namespace {

namespace fs = std::filesystem;

const std::string kKey(64, 'a');

measure::SuiteDescription description() {
    measure::SuiteDescription suite;
    suite.name = "demo";
    suite.has_verify = true;
    measure::FamilyDescription family;
    family.name = "sum";
    measure::AxisDescription axis;
    axis.name = "n";
    axis.values = {std::int64_t{64}, std::int64_t{4096}};
    family.axes.push_back(axis);
    suite.families.push_back(family);
    return suite;
}

fs::path only_file(const fs::path& folder) {
    fs::path file;
    for (const auto& entry : fs::directory_iterator(folder)) {
        CHECK(file.empty());
        file = entry.path();
    }
    return file;
}

} // namespace

TEST_CASE("a description is found again for the same content, suite and configuration alone") {
    const TemporaryFolder folder;
    const DescriptionCache cache(folder.path() / "describe");
    CHECK_FALSE(cache.find(kKey, "demo", "{}").has_value());
    cache.keep(kKey, "demo", R"({"b":1,"a":2})", description());
    const auto found = cache.find(kKey, "demo", R"({ "a": 2, "b": 1 })");
    REQUIRE(found.has_value());
    CHECK(found->name == "demo");
    REQUIRE(found->families.size() == 1);
    CHECK(found->families[0].axes[0].values == description().families[0].axes[0].values);
    CHECK_FALSE(cache.find(kKey, "demo", "{}").has_value());
    CHECK_FALSE(cache.find(kKey, "other", R"({"b":1,"a":2})").has_value());
    CHECK_FALSE(cache.find(std::string(64, 'b'), "demo", R"({"b":1,"a":2})").has_value());
}

TEST_CASE("a damaged description is as good as absent") {
    const TemporaryFolder folder;
    const DescriptionCache cache(folder.path() / "describe");
    cache.keep(kKey, "demo", "{}", description());
    const fs::path file = only_file(folder.path() / "describe");
    const std::string whole = read_file(file.string()).value();
    for (const std::string& damaged : {std::string{},
                                       whole.substr(0, whole.size() / 2),
                                       std::string("{}"),
                                       std::string("[1]")}) {
        REQUIRE(write_file_atomically(file.string(), damaged).ok());
        CHECK_FALSE(cache.find(kKey, "demo", "{}").has_value());
    }
    // Another key's file under this name.
    REQUIRE(write_file_atomically(file.string(), whole).ok());
    fs::rename(file,
               file.parent_path() / (std::string(64, 'b') + file.filename().string().substr(64)));
    CHECK_FALSE(cache.find(std::string(64, 'b'), "demo", "{}").has_value());
}

TEST_CASE("a key that is no digest never becomes a path") {
    const TemporaryFolder folder;
    const DescriptionCache cache(folder.path() / "describe");
    cache.keep("../evil", "demo", "{}", description());
    cache.keep("", "demo", "{}", description());
    CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a cache that cannot be written is passed over") {
    const TemporaryFolder folder;
    const DescriptionCache cache(folder.write("file", "") / "describe");
    cache.keep(kKey, "demo", "{}", description());
    CHECK_FALSE(cache.find(kKey, "demo", "{}").has_value());
}

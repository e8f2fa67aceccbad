#include "app/listing.hpp"
#include "support/file.hpp"
#include "support/schema.hpp"

#include <assay/plugin.h>

#include <doctest/doctest.h>

#include <limits>

using namespace assay;
using namespace assay::app;

namespace {

LoadedPlugins sample_plugins() {
    LoadedPlugins loaded;
    LoadedPlugin plugin;
    plugin.entry.path = "/p/dot.assay.so";
    plugin.entry.sha256 = std::string(64, 'a');
    plugin.entry.manifest.id = "org.example.dot";
    plugin.entry.manifest.version = "1.0.0";
    plugin.entry.manifest.provides = {{ASSAY_KIND_SUITE, "dot"}, {ASSAY_KIND_REPORTER, "lines"}};
    loaded.plugins.push_back(plugin);
    LoadedPlugin refused;
    refused.entry.path = "/p/broken.assay.so";
    refused.entry.state = catalog::EntryState::refused;
    refused.entry.reason = "not an ELF file";
    loaded.plugins.push_back(refused);
    LoadedPlugin untrusted = plugin;
    untrusted.entry.manifest.id = "org.example.other";
    untrusted.entry.sha256.clear();
    untrusted.entry.state = catalog::EntryState::untrusted;
    loaded.plugins.push_back(untrusted);

    measure::FamilyDescription family;
    family.name = "product";
    family.help = "inner products";
    family.tags = {"fast"};
    measure::AxisDescription axis;
    axis.name = "n";
    axis.values = {std::int64_t{64}, std::int64_t{4096}};
    family.axes.push_back(axis);
    measure::MetricDescription metric;
    metric.key = "hits";
    metric.unit = "1";
    metric.direction = measure::Direction::higher;
    metric.provenance = measure::Provenance::measured;
    family.metrics.push_back(metric);
    LoadedSuite suite;
    suite.description.name = "dot";
    suite.description.families.push_back(family);
    suite.config_json = R"({"mode":"quick"})";
    loaded.suites.push_back(suite);
    return loaded;
}

plan::Plan sample_plan() {
    plan::Plan plan;
    for (const std::int64_t n : {64, 4096}) {
        plan::PlannedCase planned;
        planned.id = "dot/product[n=" + std::to_string(n) + "]";
        planned.params = {n};
        plan.cases.push_back(planned);
    }
    return plan;
}

} // namespace

TEST_CASE("the list document follows its schema") {
    const Result<std::string> text =
        read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/list.json");
    REQUIRE(text);
    const Result<Schema> schema = Schema::compile(*text, SchemaLevel::host);
    REQUIRE(schema);
    const json::value document = list_document(sample_plugins(), sample_plan());
    for (const SchemaProblem& problem : schema->validate(document)) {
        FAIL_CHECK(to_text(problem));
    }
    CHECK(document.at("plugins").get_array().size() == 2);
    CHECK(document.at("refused").at(0).at("reason") == "not an ELF file");
    CHECK(document.at("plugins").at(1).at("state") == "untrusted");
    CHECK(document.at("plugins").at(1).at("sha256").is_null());
    CHECK(document.at("reporters").get_array().size() == 1);
    const json::value& family = document.at("suites").at(0).at("families").at(0);
    CHECK(family.at("axes").at(0).at("values").get_array().size() == 2);
    const json::value& first = document.at("cases").at(0);
    CHECK(first.at("id") == "dot/product[n=64]");
    CHECK(first.at("params").at("n") == 64);
    CHECK(first.at("metrics").at(0).at("key") == "time");
    CHECK(first.at("metrics").at(1).at("direction") == "higher");
}

TEST_CASE("tables name what they list, refused plugins with their reason") {
    const LoadedPlugins loaded = sample_plugins();
    const plan::Plan plan = sample_plan();
    CHECK(plugins_table(loaded).aligned().find("refused: not an ELF file") != std::string::npos);
    CHECK(plugins_table(loaded).aligned().find("untrusted: run 'assay trust add'") !=
          std::string::npos);
    CHECK(reporters_table(loaded).csv() ==
          "reporter,plugin,version,description\nlines,org.example.dot,1.0.0,\n");
    CHECK(suites_table(loaded, plan).csv() ==
          "suite,families,cases,plugin,description\ndot,1,2,org.example.dot,\n");
    CHECK(cases_table(loaded, plan).csv() == "case,shape,metrics\n"
                                             "dot/product[n=64],independent,\"time,hits\"\n"
                                             "dot/product[n=4096],independent,\"time,hits\"\n");
    CHECK(families_table(loaded, plan).csv().find("\"n=64,4096\"") != std::string::npos);
    CHECK(families_text(loaded, plan) == "dot/product  2 cases  independent  tags fast\n"
                                         "    inner products\n"
                                         "    n = 64, 4096\n");
}

TEST_CASE("a suite without a selected case is not listed") {
    CHECK(suites_table(sample_plugins(), {}).empty());
    CHECK(families_table(sample_plugins(), {}).empty());
}

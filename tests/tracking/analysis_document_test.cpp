// An analysis as a document.
#include "support/file.hpp"
#include "support/schema.hpp"
#include "told_histories.hpp"
#include "tracking/analysis_document.hpp"

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::on_every_store;

namespace {

void check_schema(const json::object& document) {
    const auto read = read_file(std::string(ASSAY_SOURCE_DIR) + "/schemas/analysis.json");
    REQUIRE(read.ok());
    const auto schema = Schema::compile(*read, SchemaLevel::host);
    REQUIRE_MESSAGE(schema.ok(), schema.error().message);
    const auto parsed = parse_json(write_json(document));
    REQUIRE(parsed.ok());
    for (const SchemaProblem& problem : schema->validate(*parsed)) {
        FAIL_CHECK(to_text(problem));
    }
}

} // namespace

TEST_CASE("an analysis with alerts, drifts, shifts and notes fits its schema") {
    on_every_store([](history::Store& store) {
        for (int number = 1; number <= 60; ++number) {
            Figures figures;
            for (std::uint64_t k = 0; k < 10; ++k) {
                double level = number == 12 ? 1.3 : 1.0;
                level *= k == 1 && number > 20 ? 1.5 : 1;
                level *= k == 2 ? 1 + 0.004 * number : 1;
                level *= k == 3 && number > 30 ? 0.5 : 1;
                level *= k == 4 && number == 60 ? 2 : 1;
                const auto seed = static_cast<std::uint64_t>(number) * 100 + k;
                figures.emplace_back("f" + std::to_string(k), steady(1, level, seed)[0]);
            }
            tell(store, number, figures);
        }
        Shown shown = analysed(store);
        std::vector<ShownAnalysis> all;
        all.push_back({std::move(shown.analysis), std::move(shown.book)});
        const json::object document =
            analysis_document(all, {.where = store.where(), .kept = true});
        check_schema(document);
        const json::object& branch = document.at("branches").at(0).as_object();
        CHECK(branch.at("branch").as_string() == "main");
        CHECK(branch.at("alerts").as_array().size() == 1);
        CHECK(branch.at("alerts").at(0).at("state").as_string() == "open");
        CHECK(branch.at("alerts").at(0).at("new").as_bool());
        CHECK_FALSE(branch.at("drifts").as_array().empty());
        CHECK_FALSE(branch.at("shifts").as_array().empty());
        CHECK(branch.at("notes").at(0).at("kind").as_string() == "outlier");
        CHECK(calm_changes(all.front().analysis).size() == 1);
    });
}

TEST_CASE("a newest value that stands apart is told of a short line, too, and of a second one") {
    on_every_store([](history::Store& store) {
        for (int number = 1; number <= 9; ++number) {
            const auto seed = static_cast<std::uint64_t>(number);
            const double level = number == 9 ? 1.4 : 1.0;
            tell(store, number, {{"f", steady(1, level, seed)[0]}});
        }
        const auto notes_of_newest = [&store] {
            Shown shown = analysed(store);
            std::vector<ShownAnalysis> all;
            all.push_back({std::move(shown.analysis), std::move(shown.book)});
            const json::object document =
                analysis_document(all, {.where = store.where(), .kept = true});
            return document.at("branches").at(0).at("notes").as_array();
        };
        REQUIRE(notes_of_newest().size() == 1);
        CHECK(notes_of_newest().at(0).at("kind").as_string() == "outlier");
        tell(store, 10, {{"f", steady(1, 1.38, 10)[0]}});
        REQUIRE(notes_of_newest().size() == 1);
        tell(store, 11, {{"f", steady(1, 1.0, 11)[0]}});
        CHECK(notes_of_newest().empty());
    });
}

TEST_CASE("a step that mended another is told with what it mended") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8));
        tell(store, "add", steady(15, 10, 2), 21);
        tell(store, "add", steady(15, 8, 3), 36);
        const Shown shown = analysed(store);
        const auto calm = calm_changes(shown.analysis);
        REQUIRE(calm.size() == 2);
        CHECK(shown.analysis.findings[calm[0].first].changes[calm[0].second].worse);
        CHECK_FALSE(shown.analysis.findings[calm[1].first].changes[calm[1].second].worse);
    });
}

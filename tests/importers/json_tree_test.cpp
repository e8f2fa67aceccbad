// JSON as foreign tools write it, and documents that end too early.
#include "import_formats/json_tree.hpp"

#include <assay/importer.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace assay::import_formats;

TEST_CASE("a tree gives members in the order of the document") {
    const std::string text = "\xEF\xBB\xBF"
                             R"( {"b": [1, -2.5e3, "x\u00e9\n"], "a": true, "n": null} )";
    const JsonTree tree = JsonTree::read(text);
    REQUIRE_FALSE(tree.is_damaged());
    const JsonNode root = tree.root();
    CHECK(root.size() == 2 + 1);
    CHECK((*root.begin()).key() == "b");
    CHECK(root["a"].boolean() == true);
    CHECK(root["n"].is(JsonKind::null));
    CHECK_FALSE(root["missing"]);
    CHECK_FALSE(root["missing"]["deeper"]);
    std::string seen;
    for (const JsonNode item : root["b"]) {
        seen += std::string(item.source()) + ";";
    }
    CHECK(seen == R"(1;-2.5e3;"x\u00e9\n";)");
}

TEST_CASE("numbers are read to the last bit, and what is none is known for it") {
    const JsonTree tree = JsonTree::read(
        R"([2.1498980114547953e+02, NaN, -Infinity, 1e999, 1e-999, 9007199254740993])");
    std::vector<JsonNode> items;
    for (const JsonNode item : tree.root()) {
        items.push_back(item);
    }
    REQUIRE(items.size() == 6);
    CHECK(items[0].number() == 2.1498980114547953e+02);
    for (const std::size_t bad : {1U, 2U, 3U}) {
        CHECK(items[bad].non_finite());
        CHECK_FALSE(items[bad].number());
    }
    CHECK(items[4].number() == 0);
    CHECK_FALSE(items[5].integer());
}

TEST_CASE("what was read of a document that ends too early is kept, and marked") {
    const std::string text = R"({"rows": [{"v": 12}, {"v": 34}, {"v": 5)";
    const JsonTree tree = JsonTree::read(text);
    CHECK(tree.is_damaged());
    std::vector<double> whole;
    for (const JsonNode row : tree.root()["rows"]) {
        if (row.complete()) {
            whole.push_back(*row["v"].number());
        }
    }
    CHECK(whole == std::vector<double>{12, 34});
    CHECK_FALSE(tree.root().complete());
    CHECK_THROWS_AS(tree.check(text), assay::damaged);
}

TEST_CASE("every prefix of a document is damaged, and the whole is not") {
    const std::string text = R"({"a": [1, {"b": "c\\"}], "d": -1.5e-3, "e": false})";
    for (std::size_t length = 0; length < text.size(); ++length) {
        CAPTURE(length);
        CHECK(JsonTree::read(std::string_view(text).substr(0, length)).is_damaged());
    }
    CHECK_FALSE(JsonTree::read(text).is_damaged());
}

TEST_CASE("what no document may hold is refused by name") {
    CHECK(JsonTree::read(std::string(100, '[')).damage().find("nesting") != std::string::npos);
    CHECK(JsonTree::read("\"" + std::string(2 << 20, 'x') + "\"").damage().find("1 MiB") !=
          std::string::npos);
    CHECK(JsonTree::read("\"\xFF\xFE\"").damage().find("UTF-8") != std::string::npos);
    CHECK(JsonTree::read(R"(["\ud800"])").damage().find("surrogate") != std::string::npos);
    CHECK(JsonTree::read("{} {}").damage().find("behind") != std::string::npos);
    for (const char* const bad :
         {"01x ", "[1,]", "{\"a\"}", "{a: 1}", "+1 ", ".5 ", "tru ", "[1 2]"}) {
        CAPTURE(bad);
        CHECK(JsonTree::read(bad).is_damaged());
    }
}

TEST_CASE("one of several documents is read up to its end") {
    const std::string text = "{\"a\": 1}\n{\"a\": 2}\n";
    const JsonTree first = JsonTree::read_one(text, 0);
    CHECK_FALSE(first.is_damaged());
    const JsonTree second = JsonTree::read_one(text, first.end());
    CHECK(second.root()["a"].number() == 2);
    CHECK(assay::place_in(text, 10) == "line 2, column 2");
}

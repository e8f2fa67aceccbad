// I1 to I5 of `assay check`: a bundled importer passes, and each sin is found by its check.
#include "told_project.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;

namespace {

// The outcomes by id, of a check with one sample.
std::map<std::string, std::string> outcomes(const std::string& plugin, const std::string& sample) {
    const ToldProject project;
    project.box().write("sample.txt", sample);
    const auto ended = project.assay({"check",
                                      plugin,
                                      "--sample",
                                      "sample.txt",
                                      "--format",
                                      "json",
                                      "--only",
                                      "I1",
                                      "--only",
                                      "I2",
                                      "--only",
                                      "I3",
                                      "--only",
                                      "I4",
                                      "--only",
                                      "I5"});
    const json::object document = document_of(ended.out, "check.json");
    std::map<std::string, std::string> words;
    for (const json::value& check : document.at("checks").as_array()) {
        words[json_string(check.get_object(), "id")] = json_string(check.get_object(), "outcome");
    }
    return words;
}

std::string sinner(const std::string& sin) {
    return std::string(ASSAY_BUILD_DIR) + "/tests/importing/plugins/sinful_importer_" + sin +
           ".assay.so";
}

} // namespace

TEST_CASE("a bundled importer passes every check for importers") {
    const auto words = outcomes(
        std::string(ASSAY_BUILD_DIR) + "/lib/assay/plugins/import_hyperfine.assay.so",
        R"({"results": [{"command": "a", "mean": 1, "times": [1, 2], "exit_codes": [0, 0]}]})");
    REQUIRE(words.size() == 5);
    for (const auto& [id, word] : words) {
        CHECK_MESSAGE(word == "success", id);
    }
}

TEST_CASE("each sin of an importer is found by its check") {
    CHECK(outcomes(sinner("none"), "sinful")["I2"] == "success");
    CHECK(outcomes(sinner("crashes"), "sinful")["I2"] == "crashed");
    CHECK(outcomes(sinner("knows_all"), "sinful")["I3"] == "failed");
    CHECK(outcomes(sinner("no_unit"), "sinful")["I4"] == "failed");
    CHECK(outcomes(sinner("changes"), "sinful")["I5"] == "failed");
    CHECK(outcomes(sinner("none"), "no sample of its own")["I1"] == "failed");
}

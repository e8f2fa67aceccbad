#include "results.hpp"

#include <filesystem>

namespace doctor_test {

using namespace integration;

namespace {

// A copy of the program, without what should lie beside it.
std::filesystem::path lonely_program(const Sandbox& box) {
    const auto program = box.folder() / "bin" / "assay";
    std::filesystem::create_directories(program.parent_path());
    std::filesystem::copy(build_folder() / "bin" / "assay", program);
    return program;
}

} // namespace

TEST_CASE("doctor tells what this machine resolves, line by line, and exits 0") {
    const Sandbox box;
    const Ended ended = box.assay({"doctor"});
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(ended.err.empty());
    for (const char* const word : {"resolution\n",
                                   "processor\n",
                                   "load\n",
                                   "memory\n",
                                   "counters\n",
                                   "worker\n",
                                   "assay\n"}) {
        CHECK_MESSAGE(ended.out.find(word) != std::string::npos, word);
    }
    CHECK(ended.out.find("findings:") != std::string::npos);
    CHECK(ended.out.find('\x1b') == std::string::npos);
}

TEST_CASE("doctor's document fits its schema, and later runs use the resolution it measured") {
    const Sandbox box;
    const Ended ended = box.assay({"doctor", "--format", "json"});
    const auto document = parsed(ended.out);
    check_schema(document, "doctor.json");
    CHECK(document.at("summary").at("exit_code").to_number<int>() == ended.exit_code);
    CHECK(document.at("summary").at("findings").to_number<std::size_t>() ==
          document.at("findings").as_array().size());
    const Ended run = box.assay({"run",
                                 "--plugin",
                                 sample_plugin(),
                                 "--mode",
                                 "quick",
                                 "sample/single",
                                 "--reporter",
                                 "json=r.json"});
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("r.json"));
    check_schema(results, "results.json");
    const auto& resolution = results.at("run").at("resolution");
    CHECK(resolution.at("measured") == document.at("resolution").at("measured"));
    CHECK(resolution.at("pair_sd") == document.at("resolution").at("pair_sd"));
    CHECK(run.err.find("resolution: ") != std::string::npos);
}

TEST_CASE("a run follows what the machine's kept sample decides, and no run a word against it") {
    const Sandbox box;
    REQUIRE(box.assay({"doctor", "--format", "json"}).exit_code == 0);
    // As a machine would be whose CPU clock counts in ticks, and one of whose CPUs is taken.
    const std::string file = "cache/assay/resolution.json";
    auto kept = parsed(box.read(file));
    auto& resolution = kept.at("resolution").as_object();
    resolution.at("free").at("timeless_share") = 0.8;
    resolution["pinned"] = resolution.at("free");
    for (const char* const manner : {"free", "pinned"}) {
        resolution.at(manner).at("slices") = 192;
        resolution.at(manner).at("step_sd") = manner == std::string("free") ? 0.01 : 0.05;
    }
    box.write(file, assay::write_json(kept));
    const std::vector<std::string> words{"run",
                                         "--plugin",
                                         sample_plugin(),
                                         "--mode",
                                         "quick",
                                         "sample/single",
                                         "--reporter",
                                         "json=r.json"};
    const Ended run = box.assay(words);
    REQUIRE(run.exit_code == 0);
    const auto results = parsed(box.read("r.json"));
    check_schema(results, "results.json");
    const auto& decisions = results.at("run").at("resolution").at("decisions");
    CHECK_FALSE(decisions.at("pinning").at("kept").as_bool());
    CHECK(decisions.at("clock").at("open_cases").as_string() == "wall");
    CHECK(case_of(results, "sample/single").at("metrics").at(0).at("clock").as_string() == "wall");
    CHECK(run.err.find("workers are not pinned") != std::string::npos);
    CHECK(run.err.find("names no clock") != std::string::npos);
}

TEST_CASE("doctor measures anew each time it is asked") {
    const Sandbox box;
    const auto first = parsed(box.assay({"doctor", "--format", "json"}).out);
    const auto second = parsed(box.assay({"doctor", "--format", "json"}).out);
    CHECK(first.at("resolution").at("seconds") != second.at("resolution").at("seconds"));
}

TEST_CASE("where no worker can be started, doctor says so and exits 3") {
    const Sandbox box;
    const Ended ended = run_program({lonely_program(box).string(), "doctor", "--format", "json"},
                                    {.folder = box.folder(), .environment = box.environment()});
    CHECK(ended.exit_code == 3);
    const auto document = parsed(ended.out);
    check_schema(document, "doctor.json");
    CHECK(document.at("isolation").is_null());
    CHECK(document.at("summary").at("bad").to_number<int>() == 1);
}

TEST_CASE("a cache folder that cannot be made is bad, and so is a run") {
    const Sandbox box;
    box.write("file", "no folder");
    const std::string nowhere = box.folder() / "file";
    const Ended ended =
        box.assay({"doctor", "--quiet"}, {.environment = {{"XDG_CACHE_HOME", nowhere}}});
    CHECK(ended.exit_code == 3);
    CHECK(ended.out.find("XDG_CACHE_HOME") != std::string::npos);
    const Ended run =
        box.assay({"run", "--plugin", sample_plugin(), "--mode", "quick", "sample/single"},
                  {.environment = {{"XDG_CACHE_HOME", nowhere}}});
    CHECK(run.exit_code != 0);
}

TEST_CASE("an unknown format of doctor is exit 2") {
    const Sandbox box;
    CHECK(box.assay({"doctor", "--format", "xml"}).exit_code == 2);
    CHECK(box.assay({"doctor", "everything"}).exit_code == 2);
}

} // namespace doctor_test

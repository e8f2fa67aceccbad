// --memory as a user sees it: what known code allocates, that nothing timed is watched, and what is
// said where nothing can be counted.
#include "results.hpp"

#include <filesystem>

namespace memory_test {

using namespace integration;

namespace {

std::string allocating_plugin() {
    return build_folder() / "tests" / "fixtures" / "allocating.assay.so";
}

// False, and said so, where this build has no counter.
bool can_watch() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    MESSAGE("skipped: builds with a sanitizer have no counter of allocations");
    return false;
#else
    return true;
#endif
}

assay::json::value
run_of(const Sandbox& box, std::vector<std::string> words, std::string* printed = nullptr) {
    std::vector<std::string> all{
        "run", "--mode", "quick", "--plugin", allocating_plugin(), "--reporter", "json=o"};
    all.insert(all.end(), words.begin(), words.end());
    const Ended ended = box.assay(all);
    INFO(ended.err);
    INFO(ended.out);
    CHECK(ended.exit_code == 0);
    if (printed != nullptr) {
        *printed = ended.out;
    }
    auto document = parsed(box.read("o"));
    check_schema(document, "results.json");
    return document;
}

const assay::json::object&
figure(const assay::json::value& document, const std::string& family, std::string_view key) {
    const auto* metric = metric_of(case_of(document, "allocating/" + family), key);
    REQUIRE_MESSAGE(metric != nullptr, family << " has no " << std::string(key));
    return *metric;
}

// The figure, which must have been the same in every batch of every launch.
double
exactly(const assay::json::value& document, const std::string& family, std::string_view key) {
    const auto& metric = figure(document, family, key);
    CAPTURE(family);
    CAPTURE(std::string(key));
    CHECK((key == "peak_live_bytes" || metric.at("exact").as_bool()));
    CHECK(metric.at("direction").as_string() == "lower");
    CHECK(metric.at("provenance").as_string() == "malloc");
    CHECK(metric.at("launches").as_array().size() == 2);
    CHECK(metric.at("min") == metric.at("max"));
    REQUIRE_MESSAGE(metric.at("median").is_number(), assay::json_string(metric, "reason"));
    return metric.at("median").to_number<double>();
}

bool has_note(const assay::json::object& one, std::string_view part) {
    for (const assay::json::value& note : one.at("notes").as_array()) {
        if (std::string_view(note.as_string()).find(part) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

struct Known {
    std::string family;
    double allocations = 0, bytes = 0;
};

} // namespace

TEST_CASE("known allocations are counted exactly, by whichever function and on whichever thread") {
    if (!can_watch()) {
        return;
    }
    const Sandbox box;
    const auto document = run_of(box, {"--memory", "allocating/"});
    for (const Known& known : {Known{"nothing", 0, 0},
                               Known{"three", 3, 24 + 40 + 104},
                               Known{"new", 2, 24 + 64},
                               Known{"growing", 2, 24 + 1000},
                               Known{"aligned", 3, 128 + 64 + 40},
                               Known{"keeping", 1, 1000},
                               Known{"around", 0, 0},
                               Known{"crowd", 1, 24},
                               Known{"elsewhere", 2, 56 + 72},
                               Known{"once", 3, 24 + 40 + 104}}) {
        CAPTURE(known.family);
        CHECK(exactly(document, known.family, "allocations") == known.allocations);
        CHECK(exactly(document, known.family, "allocated_bytes") == known.bytes);
    }
    CHECK(figure(document, "three", "allocations").at("unit").as_string() == "{allocation}");
    CHECK(figure(document, "three", "allocations").at("scales").as_bool());
    CHECK(figure(document, "three", "allocated_bytes").at("unit").as_string() == "By");
    CHECK_FALSE(figure(document, "once", "allocations").contains("scales")); // one iteration alone
}

TEST_CASE("an allocator of the plugin's own is not counted, and a note says how much it mapped") {
    if (!can_watch()) {
        return;
    }
    const Sandbox box;
    const auto document = run_of(box, {"--memory", "allocating/(nothing|mapping)"});
    CHECK(exactly(document, "mapping", "allocations") == 0);
    CHECK(has_note(case_of(document, "allocating/mapping"), "bytes past malloc"));
    CHECK_FALSE(has_note(case_of(document, "allocating/nothing"), "past malloc"));
}

TEST_CASE("what is held at once is the peak and not the sum") {
    if (!can_watch()) {
        return;
    }
    const Sandbox box;
    const auto document = run_of(box, {"--memory", "allocating/(nothing|three|growing|keeping)"});
    CHECK(exactly(document, "nothing", "peak_live_bytes") == 0);
    CHECK(exactly(document, "three", "peak_live_bytes") == 24 + 40 + 104);
    CHECK(exactly(document, "growing", "peak_live_bytes") == 1000);
    // Kept over the whole batch, the larger of which has 2n iterations.
    const auto& kept = figure(document, "keeping", "peak_live_bytes");
    CHECK(exactly(document, "keeping", "peak_live_bytes") ==
          2000 * kept.at("iterations").to_number<double>());
    const auto& keeping = case_of(document, "allocating/keeping");
    CHECK(has_note(keeping, "keeps memory while it runs: 1000 bytes more per iteration"));
    CHECK_FALSE(has_note(case_of(document, "allocating/three"), "keeps memory"));
    CHECK(figure(document, "keeping", "memory_peak_rss").at("median").to_number<double>() >
          1024 * 1024);
}

TEST_CASE(
    "allocations that are not the same per iteration in n and 2n say that they do not scale") {
    if (!can_watch()) {
        return;
    }
    const Sandbox box;
    const auto document = run_of(box, {"--memory", "allocating/doubling"});
    const auto& metric = figure(document, "doubling", "allocations");
    CHECK_FALSE(metric.at("scales").as_bool());
    CHECK_FALSE(metric.at("exact").as_bool());
    CHECK(has_note(case_of(document, "allocating/doubling"), "allocations do not scale: "));
}

TEST_CASE("what is timed is not watched, and what a suite starts is not either") {
    const Sandbox box;
    const auto document = run_of(box, {"--memory", "allocating/watched"});
    const auto& watched = case_of(document, "allocating/watched");
    const auto* preloaded = metric_of(watched, "preloaded");
    REQUIRE(preloaded != nullptr);
    CHECK(preloaded->at("launches").as_array().size() == 6); // all that were timed
    CHECK(preloaded->at("max").to_number<double>() == 0);
    CHECK(metric_of(watched, "time")->at("launches").as_array().size() == 6);
    // The case's own metric stays, and the host's of that name is left out.
    CHECK(metric_of(watched, "allocated_bytes")->at("median").to_number<double>() == 7);
    CHECK(has_note(watched, "allocated_bytes is this case's own metric"));
    if (can_watch()) {
        CHECK(exactly(document, "watched", "allocations") == 0);
    }
}

TEST_CASE("without --memory there are no such figures, and a run of it prints them") {
    const Sandbox box;
    const auto plain = run_of(box, {"allocating/three"});
    CHECK(metric_of(case_of(plain, "allocating/three"), "allocations") == nullptr);
    CHECK(metric_of(case_of(plain, "allocating/three"), "memory_peak_rss") == nullptr);
    if (can_watch()) {
        std::string printed;
        run_of(box, {"--memory", "allocating/three"}, &printed);
        CHECK(printed.find("allocations 3") != std::string::npos);
        CHECK(printed.find("allocated_bytes 168") != std::string::npos);
    }
}

TEST_CASE("where allocations cannot be counted they are unavailable with the reason and never 0") {
    const Sandbox box;
    // An installation whose library folder lacks the counter.
    for (const char* folder : {"bin", "lib/assay"}) {
        std::filesystem::create_directories(box.folder() / folder);
    }
    for (const char* program : {"assay", "assay-worker"}) {
        std::filesystem::copy_file(build_folder() / "bin" / program,
                                   box.folder() / "bin" / program);
    }
    std::filesystem::create_directory_symlink(build_folder() / "lib/assay/plugins",
                                              box.folder() / "lib/assay/plugins");
    const auto unavailable = [&](const Ended& ended, const std::string& reason) {
        INFO(ended.err);
        CHECK(ended.exit_code == 0);
        CHECK(ended.out.find("allocations are not counted: ") != std::string::npos);
        const auto document = parsed(box.read("o"));
        check_schema(document, "results.json");
        for (const char* key :
             {"allocations", "allocated_bytes", "peak_live_bytes", "memory_peak_rss"}) {
            const auto& metric = figure(document, "three", key);
            CHECK(metric.at("n").to_number<int>() == 0);
            CHECK(metric.at("median").is_null());
            CHECK(assay::json_string(metric, "reason").find(reason) != std::string::npos);
        }
    };
    const std::vector<std::string> words{"run",
                                         "--mode",
                                         "quick",
                                         "--memory",
                                         "--plugin",
                                         allocating_plugin(),
                                         "--reporter",
                                         "json=o",
                                         "allocating/three"};
    std::vector<std::string> copied = words;
    copied.insert(copied.begin(), box.folder() / "bin/assay");
    unavailable(run_program(copied, {.folder = box.folder(), .environment = box.environment()}),
                "libassay-allocations.so, is not there");
    std::vector<std::string> in_process = words;
    in_process.insert(in_process.begin() + 1, "--in-process");
    unavailable(box.assay(in_process), "in workers alone");
}

} // namespace memory_test

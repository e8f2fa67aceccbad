#include "results.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace bad_input_test {

using namespace integration;

namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// A quick run of one good case, with another plugin named as well.
Ended beside_sample(const Sandbox& box, const std::string& plugin) {
    return box.assay({"run",
                      "--mode",
                      "quick",
                      "--plugin",
                      sample_plugin(),
                      "--plugin",
                      plugin,
                      "sample/multiply"});
}

} // namespace

TEST_CASE("unknown words end with exit 2 and the nearest match") {
    const Sandbox box;
    const Ended command = box.assay({"rnu"});
    CHECK(command.exit_code == 2);
    CHECK(has(command.err, "did you mean 'run'"));
    const Ended option = box.assay({"run", "--mdoe", "quick"});
    CHECK(option.exit_code == 2);
    CHECK(has(option.err, "--mode"));
    const Ended value = box.assay({"run", "--mode", "quik"});
    CHECK(value.exit_code == 2);
    CHECK(has(value.err, "quick"));
}

TEST_CASE("a filter that matches nothing ends with exit 2 and the nearest match") {
    const Sandbox box;
    const Ended run = box.assay({"run", "--plugin", sample_plugin(), "sample/smu"});
    CHECK(run.exit_code == 2);
    CHECK(has(run.err, "sample/sum"));
    const Ended broken = box.assay({"run", "--plugin", sample_plugin(), "sample/("});
    CHECK(broken.exit_code == 2);
}

TEST_CASE("a selection emptied by exclusion is nothing measured: exit 4") {
    const Sandbox box;
    CHECK(box.assay({"run", "--plugin", sample_plugin(), "sample/sum", "!sample/"}).exit_code == 4);
}

TEST_CASE("a plugin file that is missing is exit 2, one that is broken exit 3 with the reason") {
    const Sandbox box;
    const Ended missing = box.assay({"run", "--plugin", "no.assay.so"});
    CHECK(missing.exit_code == 2);
    CHECK(has(missing.err, "no.assay.so"));
    box.write("text.assay.so", "this is no library\n");
    const Ended text = beside_sample(box, "text.assay.so");
    CHECK(text.exit_code == 3);
    CHECK(has(text.err, "text.assay.so"));
    std::filesystem::copy_file(sample_plugin(), box.folder() / "cut.assay.so");
    std::filesystem::resize_file(box.folder() / "cut.assay.so", 5000);
    const Ended cut = beside_sample(box, "cut.assay.so");
    CHECK(cut.exit_code == 3);
    CHECK(has(cut.err, "cut.assay.so"));
}

TEST_CASE("where a named file is no plugin nothing is measured, and a plugin is explained") {
    const Sandbox box;
    box.write("gb.cpp", "int main() {}\n");
    const Ended run = beside_sample(box, "gb.cpp");
    INFO(run.err);
    CHECK(run.exit_code == 3);
    CHECK(run.out.empty());
    CHECK(has(run.err, "gb.cpp"));
    CHECK(has(run.err, "nothing was measured"));
    CHECK(has(run.err, "assay new suite"));
}

TEST_CASE("a file of a plugin folder that is no plugin costs itself alone") {
    const Sandbox box;
    std::filesystem::create_directory(box.folder() / "more");
    box.write("more/text.assay.so", "this is no library\n");
    const Ended run = box.assay({"run",
                                 "--mode",
                                 "quick",
                                 "--plugin",
                                 sample_plugin(),
                                 "--plugin-dir",
                                 "more",
                                 "sample/multiply"});
    INFO(run.err);
    CHECK(run.exit_code == 0);
    CHECK(has(run.err, "text.assay.so"));
}

TEST_CASE("two plugins with one id: the first is taken and both paths are named") {
    const Sandbox box;
    std::filesystem::create_directory(box.folder() / "more");
    std::filesystem::copy_file(sample_plugin(), box.folder() / "more" / "sample.assay.so");
    const Ended run = box.assay({"run",
                                 "--mode",
                                 "quick",
                                 "--plugin",
                                 sample_plugin(),
                                 "--plugin-dir",
                                 "more",
                                 "sample/multiply"});
    CHECK(run.exit_code == 0);
    CHECK(has(run.err, "more/sample.assay.so"));
}

TEST_CASE("an invalid configuration names the place and what was expected") {
    const Sandbox box;
    box.write("bad.json", R"({"suites":{"sample":{"level":"high"}}})");
    const Ended run =
        box.assay({"run", "--plugin", sample_plugin(), "--config", "bad.json", "sample/multiply"});
    CHECK(run.exit_code == 2);
    CHECK(has(run.err, "/suites/sample/level"));
    CHECK(has(run.err, "integer"));
    box.write("worse.json", R"({"lanes": )");
    CHECK(box.assay({"run", "--config", "worse.json", "sample/multiply"}).exit_code == 2);
    box.write("unknown.json", R"({"laness": 2})");
    const Ended unknown =
        box.assay({"run", "--plugin", sample_plugin(), "--config", "unknown.json"});
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown.err, "laness"));
    CHECK(box.assay({"run", "--config", "absent.json"}).exit_code == 2);
}

TEST_CASE("a full disk while reporting is exit 3 and leaves nothing half-written") {
    const Sandbox box;
    Surroundings around;
    around.out_fd = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(around.out_fd >= 0);
    const Ended run = box.assay({"run",
                                 "--mode",
                                 "quick",
                                 "--plugin",
                                 sample_plugin(),
                                 "sample/multiply",
                                 "--reporter",
                                 "json=out.json"},
                                around);
    ::close(around.out_fd);
    INFO(run.err);
    CHECK(run.exit_code == 3);
    CHECK(has(run.err, "No space left"));
    // The other reporter is complete.
    CHECK(parsed(box.read("out.json")).at("cases").as_array().size() == 1);
}

TEST_CASE("progress that cannot be told does not end the measurement") {
    const Sandbox box;
    Surroundings around;
    around.err_fd = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(around.err_fd >= 0);
    const Ended run = box.assay(
        {"run", "--mode", "quick", "--plugin", sample_plugin(), "sample/multiply"}, around);
    ::close(around.err_fd);
    CHECK(run.exit_code == 0);
    CHECK(has(run.out, "1 passed"));
}

TEST_CASE("two reporters cannot write to one place") {
    const Sandbox box;
    for (const char* other : {"csv=./out", "csv=sub/../out"}) {
        const Ended run = box.assay(
            {"run", "--plugin", sample_plugin(), "--reporter", "json=out", "--reporter", other});
        CHECK(run.exit_code == 2);
        CHECK(has(run.err, "both want to write"));
    }
    const std::vector<std::vector<std::string>> clashes{
        {"--format", "json", "--reporter", "console"},
        {"--reporter", "csv=-", "--reporter", "json=-"}};
    for (const std::vector<std::string>& words : clashes) {
        std::vector<std::string> line{"run", "--plugin", sample_plugin()};
        line.insert(line.end(), words.begin(), words.end());
        CHECK(box.assay(line).exit_code == 2);
    }
}

TEST_CASE("a closed pipe while reporting is exit 3, not a signal") {
    const Sandbox box;
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    ::close(ends[0]);
    Surroundings around;
    around.out_fd = ends[1];
    const Ended run = box.assay(
        {"run", "--mode", "quick", "--plugin", sample_plugin(), "sample/multiply"}, around);
    ::close(ends[1]);
    INFO(run.err);
    CHECK(run.signal == 0);
    CHECK(run.exit_code == 3);
}

TEST_CASE("an output that cannot be opened is said before anything is measured") {
    const Sandbox box;
    box.write("file", "x");
    const Ended run = box.assay({"run",
                                 "--mode",
                                 "quick",
                                 "--plugin",
                                 sample_plugin(),
                                 "sample/slow",
                                 "--reporter",
                                 "json=file/out.json"});
    CHECK(run.exit_code == 3);
    CHECK(has(run.err, "file/out.json"));
}

TEST_CASE("an unknown reporter or reporter option is exit 2 with the nearest match") {
    const Sandbox box;
    const Ended reporter = box.assay({"run", "--plugin", sample_plugin(), "--reporter", "jsno"});
    CHECK(reporter.exit_code == 2);
    CHECK(has(reporter.err, "json"));
    const Ended option =
        box.assay({"run", "--plugin", sample_plugin(), "--reporter", "json=x.json,indnet=2"});
    CHECK(option.exit_code == 2);
    CHECK(has(option.err, "indent"));
}

TEST_CASE("an unreadable plugin folder is named") {
    const Sandbox box;
    const Ended run = box.assay({"run", "--plugin-dir", "absent"});
    CHECK(run.exit_code == 2);
    CHECK(has(run.err, "absent"));
}

} // namespace bad_input_test

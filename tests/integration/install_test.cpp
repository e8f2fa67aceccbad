// What third parties do: install the package somewhere, move it, build their plugin against it,
// check it, run it.
#include "results.hpp"

#include <cstdlib>

namespace install_test {

using namespace integration;

namespace {

// Installs once for all tests of this process, into a place that is then moved: the package must be
// relocatable.
class Installed {
public:
    Installed() {
        const std::filesystem::path first = box_.folder() / "first";
        const Ended install =
            run_program({"cmake", "--install", build_folder(), "--prefix", first});
        REQUIRE_MESSAGE(install.exit_code == 0, install.err);
        std::filesystem::rename(first, prefix());
    }

    [[nodiscard]] std::filesystem::path prefix() const { return box_.folder() / "moved"; }

    [[nodiscard]] const Sandbox& box() const noexcept { return box_; }

    [[nodiscard]] Ended assay(std::vector<std::string> words) const {
        words.insert(words.begin(), prefix() / "bin" / "assay");
        return run_program(words, {.folder = box_.folder(), .environment = box_.environment()});
    }

    // Configures and builds the CMake project in `source`; the folder of its build.
    [[nodiscard]] std::filesystem::path build(const std::filesystem::path& source,
                                              const std::string& name) const {
        const std::filesystem::path folder = box_.folder() / ("build-" + name);
        const Surroundings around{.folder = box_.folder(), .environment = with_ccache()};
        const Ended configured = run_program({"cmake",
                                              "-G",
                                              "Ninja",
                                              "-S",
                                              source,
                                              "-B",
                                              folder,
                                              "-DCMAKE_BUILD_TYPE=Release",
                                              "-DCMAKE_PREFIX_PATH=" + prefix().string()},
                                             around);
        REQUIRE_MESSAGE(configured.exit_code == 0, configured.err << configured.out);
        const Ended built = run_program({"cmake", "--build", folder}, around);
        REQUIRE_MESSAGE(built.exit_code == 0, built.out);
        return folder;
    }

private:
    [[nodiscard]] std::map<std::string, std::string> with_ccache() const {
        return box_.environment();
    }

    Sandbox box_;
};

std::filesystem::path only_plugin_below(const std::filesystem::path& folder) {
    std::filesystem::path found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().string().ends_with(".assay.so")) {
            found = entry.path();
        }
    }
    REQUIRE_FALSE(found.empty());
    return found;
}

std::vector<std::string> bundled_suites(const Installed& installed) {
    const Ended list = installed.assay({"list", "--format", "json"});
    INFO(list.err);
    REQUIRE(list.exit_code == 0);
    const auto catalog = parsed(list.out); // outlives the loop over a part of it
    std::vector<std::string> names;
    for (const auto& suite : catalog.at("suites").as_array()) {
        names.emplace_back(suite.at("name").as_string());
    }
    return names;
}

// The whole life of a third party's suite: it is checked, then measured, and everything passes.
void check_and_run(const Installed& installed, const std::filesystem::path& plugin) {
    const Ended check = installed.assay({"check", plugin});
    INFO(check.out << check.err);
    CHECK(check.exit_code == 0);
    std::vector<std::string> words{
        "run", "--mode", "quick", "--plugin", plugin, "--reporter", "json=out.json"};
    for (const std::string& suite : bundled_suites(installed)) { // measured elsewhere
        words.push_back("!" + suite + "/");
    }
    const Ended run = installed.assay(words);
    INFO(run.out << run.err);
    CHECK(run.exit_code == 0);
    const auto results = parsed(installed.box().read("out.json"));
    CHECK(results.at("summary").at("passed").to_number<int>() > 0);
}

// A checkout of the sample project, built: its suite lies in its .assay/plugins.
std::filesystem::path built_project(const Installed& installed) {
    const std::filesystem::path project = installed.box().folder() / "project";
    std::filesystem::copy(source_folder() / "examples" / "project",
                          project,
                          std::filesystem::copy_options::recursive);
    static_cast<void>(installed.build(project, "project"));
    return project;
}

bool rust_is_new_enough() {
    const Ended version = run_program(
        {"sh",
         "-c",
         "cargo --version && rustc --version | grep -E '^rustc "
         "1\\.(8[5-9]|9[0-9]|[1-9][0-9]{2})\\.'"},
        {.environment = {{"HOME", std::getenv("HOME") != nullptr ? std::getenv("HOME") : "/"}}});
    return version.exit_code == 0;
}

} // namespace

TEST_CASE(
    "the examples in C and C++ build against the installed package, pass their checks and run") {
    const Installed installed;
    for (const char* language : {"c", "cpp"}) {
        INFO(language);
        check_and_run(
            installed,
            only_plugin_below(installed.build(source_folder() / "examples" / language, language)));
    }
}

TEST_CASE("the example reporter builds against the installed package and writes its report") {
    const Installed installed;
    const auto plugin =
        only_plugin_below(installed.build(source_folder() / "examples" / "reporter", "reporter"));
    const Ended check = installed.assay({"check", plugin});
    INFO(check.out << check.err);
    CHECK(check.exit_code == 0);
    const Ended list = installed.assay({"list", "--reporters", "--plugin", plugin});
    CHECK(list.exit_code == 0);
}

TEST_CASE("the sample project measures itself once its content is trusted") {
    const Installed installed;
    const std::filesystem::path project = built_project(installed);
    CHECK(installed.assay({"-C", project, "run", "word_count/"}).exit_code == 6);
    REQUIRE(installed.assay({"-C", project, "trust", "add"}).exit_code == 0);
    const Ended run = installed.assay({"-C", project, "run", "word_count/"});
    INFO(run.out << run.err);
    CHECK(run.exit_code == 0);
    const auto results = parsed(installed.box().read("project/assay-report/results.json"));
    CHECK(results.at("run").at("mode").as_string() == "quick"); // as its assay.json says
    CHECK(results.at("summary").at("passed").to_number<int>() > 0);
}

TEST_CASE("what assay new writes builds, passes its checks and runs") {
    const Installed installed;
    for (const char* language : {"c", "cpp"}) {
        const std::string name = std::string("mine_") + language;
        const Ended made = installed.assay({"new", "suite", name, "--lang", language});
        INFO(made.err);
        REQUIRE(made.exit_code == 0);
        check_and_run(installed,
                      only_plugin_below(installed.build(installed.box().folder() / name, name)));
    }
}

TEST_CASE("the example and the template in Rust build, pass their checks and run") {
    if (!rust_is_new_enough()) {
        MESSAGE("SKIPPED: no cargo and rustc 1.85 or later here; install cargo-web");
        return;
    }
    const Installed installed;
    const Ended made = installed.assay({"new", "suite", "mine_rust", "--lang", "rust"});
    REQUIRE_MESSAGE(made.exit_code == 0, made.err);
    const auto copy = installed.box().folder() / "example_rust";
    std::filesystem::copy(
        source_folder() / "examples" / "rust", copy, std::filesystem::copy_options::recursive);
    for (const auto& project : {copy, installed.box().folder() / "mine_rust"}) {
        auto environment = installed.box().environment();
        environment["HOME"] = std::getenv("HOME") != nullptr
                                  ? std::getenv("HOME")
                                  : "/"; // where rustup keeps its toolchain
        const Ended built = run_program({"make", "-C", project}, {.environment = environment});
        REQUIRE_MESSAGE(built.exit_code == 0, built.out << built.err);
        check_and_run(installed, only_plugin_below(project));
    }
}

} // namespace install_test

// What each program and plugin needs from the dynamic loader, no more and no less: a worker that
// drags oneTBB along starts half a millisecond later, and a library that nobody notices is one that
// users must install.
#include "source_tree.hpp"
#include "support/command.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>

namespace needed_libraries_test {

using namespace assay;
using namespace assay::guards;

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

struct Dynamic {
    Names needed; // beyond the C and C++ runtime
    std::vector<std::string> run_paths;
};

// The runtime of the compiler and of its sanitizers; which parts of it are needed is theirs to say.
bool is_runtime(std::string_view name) {
    for (const std::string_view prefix : {"libc.so",
                                          "libm.so",
                                          "libmvec.so",
                                          "libgcc_s.so",
                                          "libstdc++.so",
                                          "ld-linux",
                                          "libasan.so",
                                          "libubsan.so",
                                          "libtsan.so"}) {
        if (name.starts_with(prefix)) {
            return true;
        }
    }
    return false;
}

// " 0x... (NEEDED)  Shared library: [libtbb.so.12]" -> "libtbb.so.12"
std::string in_brackets(const std::string& line) {
    const std::size_t open = line.find('[');
    const std::size_t close = line.rfind(']');
    return open == std::string::npos || close < open ? "" : line.substr(open + 1, close - open - 1);
}

Dynamic dynamic_of(const fs::path& file) {
    REQUIRE_MESSAGE(fs::exists(file), file.string() << " is not built");
    const auto output = run_command({"readelf", "-dW", file.string()});
    REQUIRE(output.ok());
    REQUIRE(output->exit_code == 0);
    Dynamic dynamic;
    for (const std::string& line : split(output->text, '\n')) {
        if (line.find("(NEEDED)") != std::string::npos && !is_runtime(in_brackets(line))) {
            dynamic.needed.insert(in_brackets(line));
        } else if (line.find("(RUNPATH)") != std::string::npos ||
                   line.find("(RPATH)") != std::string::npos) {
            dynamic.run_paths.push_back(in_brackets(line));
        }
    }
    return dynamic;
}

fs::path program(const std::string& name) {
    return fs::path(ASSAY_BUILD_DIR) / "bin" / name;
}

const Names kNothing;

// What each bundled plugin needs; one that is not listed needs nothing beyond the runtime.
const std::map<std::string, Names> kPluginNeeds{
    {"cgl.assay.so",
     {"libfftw3.so.3", "libfftw3_threads.so.3", "libfftw3f.so.3", "libfftw3f_threads.so.3"}},
    {"dashboard.assay.so", {"libcrypto.so.3"}},
    {"report.assay.so", {"libcrypto.so.3"}},
    {"webhook.assay.so", {"libcrypto.so.3", "libssl.so.3"}},
    {"charts.assay.so", ASSAY_KNOWS_CAIRO ? Names{"libcairo.so.2"} : kNothing}};

std::vector<fs::path> bundled_plugins() {
    std::vector<fs::path> plugins;
    for (const auto& entry :
         fs::directory_iterator(fs::path(ASSAY_BUILD_DIR) / "lib/assay/plugins")) {
        if (entry.path().string().ends_with(".assay.so")) {
            plugins.push_back(entry.path());
        }
    }
    return plugins;
}

} // namespace

TEST_CASE("the host needs oneTBB, SQLite, libcrypto and fmt beyond the runtime, libpq if built") {
    Names needed{"libtbb.so.12", "libsqlite3.so.0", "libcrypto.so.3", "libfmt.so.9"};
    if (ASSAY_KNOWS_POSTGRES) {
        needed.insert("libpq.so.5");
    }
    CHECK(dynamic_of(program("assay")).needed == needed);
}

TEST_CASE("the worker needs nothing beyond the runtime") {
    CHECK(dynamic_of(program("assay-worker")).needed == kNothing);
}

TEST_CASE("the counter of allocations needs nothing that its worker does not have anyway") {
    const fs::path counter = fs::path(ASSAY_BUILD_DIR) / "lib/assay/libassay-allocations.so";
    if (!fs::exists(counter)) {
        MESSAGE("skipped: builds with a sanitizer have no counter of allocations");
        return;
    }
    CHECK(dynamic_of(counter).needed == kNothing);
}

TEST_CASE("plugins need what their field uses and nothing beyond it") {
    const auto plugins = bundled_plugins();
    REQUIRE_FALSE(plugins.empty());
    for (const fs::path& plugin : plugins) {
        CAPTURE(plugin.filename().string());
        const Dynamic dynamic = dynamic_of(plugin);
        const auto listed_needs = kPluginNeeds.find(plugin.filename().string());
        CHECK(dynamic.needed ==
              (listed_needs == kPluginNeeds.end() ? kNothing : listed_needs->second));
        for (const std::string& run_path : dynamic.run_paths) {
            for (const std::string& part : split(run_path, ':')) {
                CHECK_MESSAGE(part.starts_with("$ORIGIN"), run_path);
            }
        }
    }
}

} // namespace needed_libraries_test

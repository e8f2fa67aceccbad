// Includes point down only: app, then catalog, plan, lanes and report, then workers, measure and
// statistics, then support. Plugins see the SDK, the SDK sees nobody.
#include "dependence.hpp"
#include "source_tree.hpp"
#include "support/text.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace include_direction_test {

using namespace assay;
using namespace assay::guards;

namespace {

const std::vector<std::string_view> kCode{".hpp", ".cpp", ".h", ".c", ".hpp.in"};

std::string library_of(const std::string& path) {
    return split(path, '/').at(1); // "host/plan/plan.hpp" -> "plan"
}

std::string place(const std::string& path, const Include& include) {
    return path + ":" + std::to_string(include.line) + " includes " + include.target;
}

// Every complaint about one file of the host.
std::vector<std::string> complaints_of_host(const std::string& path, std::string_view text) {
    std::vector<std::string> complaints;
    const auto allowed = allowed_below().find(library_of(path));
    if (allowed == allowed_below().end()) {
        return {path + ": the folder is in no row of the table in tests/guards/dependence.hpp"};
    }
    for (const Include& include : includes_of(text)) {
        if (!include.quoted) {
            if (include.target.starts_with("assay/") && include.target != "assay/plugin.h" &&
                !include.target.starts_with("assay/abi/")) {
                complaints.push_back(place(path, include) + ": the host knows the C header only");
            }
            continue;
        }
        const std::string library = split(include.target, '/').front();
        if (include.target.find("..") != std::string::npos ||
            include.target.find('/') == std::string::npos) {
            complaints.push_back(place(path, include) + ": write \"<library>/<file>\"");
        } else if (!allowed->second.contains(library)) {
            complaints.push_back(place(path, include) + ": " + allowed->first + " must not know " +
                                 library);
        }
    }
    return complaints;
}

std::vector<std::string> complaints_of_plugin(const std::string& path, std::string_view text) {
    std::vector<std::string> complaints;
    for (const Include& include : includes_of(text)) {
        const std::string first = split(include.target, '/').front();
        const bool of_host = include.target.find('/') != std::string::npos &&
                             allowed_below().contains(first) && first != "assay";
        if (of_host || include.target.find("..") != std::string::npos) {
            complaints.push_back(place(path, include) + ": a plugin knows the SDK and its kernels");
        }
    }
    return complaints;
}

const std::set<std::string>& standard_headers() {
    static const std::set<std::string> headers{
        "algorithm",   "any",         "array",         "atomic",
        "bit",         "cassert",     "cctype",        "cerrno",
        "cfloat",      "charconv",    "chrono",        "cinttypes",
        "climits",     "cmath",       "compare",       "complex",
        "concepts",    "cstdarg",     "cstddef",       "cstdint",
        "cstdio",      "cstdlib",     "cstring",       "ctime",
        "deque",       "exception",   "functional",    "initializer_list",
        "iterator",    "limits",      "list",          "map",
        "memory",      "mutex",       "new",           "numbers",
        "numeric",     "optional",    "random",        "ranges",
        "ratio",       "set",         "span",          "stdexcept",
        "string",      "string_view", "thread",        "tuple",
        "type_traits", "typeinfo",    "unordered_map", "unordered_set",
        "utility",     "variant",     "vector",        "version",
        "assert.h",    "stddef.h",    "stdint.h",      "stdbool.h",
        "string.h",    "stdio.h",     "stdlib.h",      "math.h",
        "inttypes.h",  "limits.h",    "float.h",       "errno.h",
        "stdarg.h",    "time.h"};
    return headers;
}

// Quotes mean a file of the SDK itself, found from the file that includes it.
bool is_in_sdk(const std::string& path, const Include& include) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    const std::string target = (folder / include.target).lexically_normal().string();
    return target.starts_with("sdk/include/assay/") && exists_in_source(target);
}

std::vector<std::string> complaints_of_sdk(const std::string& path, std::string_view text) {
    std::vector<std::string> complaints;
    for (const Include& include : includes_of(text)) {
        const bool known = include.quoted ? is_in_sdk(path, include)
                                          : include.target.starts_with("assay/") ||
                                                standard_headers().contains(include.target);
        if (!known) {
            complaints.push_back(place(path, include) +
                                 ": the SDK includes the standard library and itself only");
        }
    }
    return complaints;
}

template <class Complaints>
std::vector<std::string> all_complaints(std::string_view folder, Complaints complaints_of) {
    std::vector<std::string> all;
    const auto files = files_under(folder, kCode);
    REQUIRE_FALSE(files.empty());
    for (const std::string& path : files) {
        for (std::string& complaint : complaints_of(path, read_source(path))) {
            all.push_back(std::move(complaint));
        }
    }
    return all;
}

} // namespace

TEST_CASE("the host's libraries include only what stands below them") {
    CHECK(listed(all_complaints("host", complaints_of_host)) == "");
}

TEST_CASE("plugins include no header of the host") {
    CHECK(listed(all_complaints("plugins", complaints_of_plugin)) == "");
}

TEST_CASE("the SDK includes the standard library and itself only") {
    CHECK(listed(all_complaints("sdk/include", complaints_of_sdk)) == "");
}

TEST_CASE("the guard over includes sees each kind of wrong arrow") {
    const auto wrong = [](const std::string& path, std::string_view text) {
        return complaints_of_host(path, text).size();
    };
    CHECK(wrong("host/plan/x.cpp", "#include \"catalog/store.hpp\"\n") == 1);
    CHECK(wrong("host/support/x.cpp", "#include \"measure/slice.hpp\"\n") == 1);
    CHECK(wrong("host/plan/x.cpp", "#  include \"../lanes/lanes.hpp\"\n") == 1);
    CHECK(wrong("host/plan/x.cpp", "#include \"plan.hpp\"\n") == 1);
    CHECK(wrong("host/plan/x.cpp", "#include \"active_inference/tensor.hpp\"\n") == 1);
    CHECK(wrong("host/plan/x.cpp", "#include <assay/suite.hpp>\n") == 1);
    CHECK(wrong("host/nobody/x.cpp", "") == 1);
    CHECK(wrong("host/plan/x.cpp", "#include \"support/text.hpp\"\n#include <vector>\n") == 0);
    CHECK(complaints_of_plugin("plugins/x.cpp", "#include \"support/text.hpp\"\n").size() == 1);
    CHECK(complaints_of_plugin("plugins/x.cpp", "#include \"../../host/a.hpp\"\n").size() == 1);
    CHECK(complaints_of_plugin("plugins/x.cpp", "#include <assay/suite.hpp>\n").empty());
    CHECK(complaints_of_sdk("sdk/x.hpp", "#include <boost/json.hpp>\n").size() == 1);
    CHECK(complaints_of_sdk("sdk/x.hpp", "#include \"../../../host/plan/plan.hpp\"\n").size() == 1);
    CHECK(complaints_of_sdk("sdk/include/assay/x.hpp", "#include \"plugin.h\"\n").empty());
    CHECK(complaints_of_sdk("sdk/x.hpp", "#include <vector>\n#include <assay/a.h>\n").empty());
}

} // namespace include_direction_test

// What nobody includes, with the reason beside each.
#include "source_tree.hpp"

#include <doctest/doctest.h>

#include <array>

namespace banned_includes_test {

using namespace assay::guards;

namespace {

struct Banned {
    std::string_view header; // or how it begins
    std::string_view reason;
};

constexpr std::array<Banned, 4> kBanned{{
    {"execution", "libstdc++'s <execution> needs oneTBB at link time"},
    {"boost/process", "it forks, and its wait_for and exit codes are wrong"},
    {"boost/math/statistics/univariate_statistics.hpp", "its MAD is wrong"},
    {"boost/filesystem", "std::filesystem is there"},
}};

bool is_banned(const std::string& target, std::string_view header) {
    return target == header ||
           (header.find('/') != std::string_view::npos && target.starts_with(header));
}

std::vector<std::string> complaints_of(const std::string& path, std::string_view text) {
    std::vector<std::string> complaints;
    for (const Include& include : includes_of(text)) {
        for (const Banned& banned : kBanned) {
            if (is_banned(include.target, banned.header)) {
                complaints.push_back(path + ":" + std::to_string(include.line) + " includes " +
                                     include.target + ": " + std::string(banned.reason));
            }
        }
        const bool of_tbb =
            include.target.starts_with("oneapi/tbb") || include.target.starts_with("tbb/");
        if (of_tbb && path.starts_with("host/") && path != "host/lanes/lanes.cpp" &&
            !path.starts_with("host/worker/parallel/")) {
            complaints.push_back(path + ":" + std::to_string(include.line) +
                                 " includes oneTBB: the lanes and assay.parallel/1 alone do");
        }
    }
    return complaints;
}

} // namespace

TEST_CASE("nobody includes a header that is known to be wrong or to drag oneTBB along") {
    std::vector<std::string> all;
    for (const std::string& path : files_under("", {".hpp", ".cpp", ".h", ".c"})) {
        for (std::string& complaint : complaints_of(path, read_source(path))) {
            all.push_back(std::move(complaint));
        }
    }
    CHECK(listed(all) == "");
}

TEST_CASE("the guard over banned headers sees each of them") {
    CHECK(complaints_of("a.cpp", "#include <execution>\n").size() == 1);
    CHECK(complaints_of("a.cpp", "#include <boost/process.hpp>\n").size() == 1);
    CHECK(complaints_of("a.cpp", "#include <boost/process/child.hpp>\n").size() == 1);
    CHECK(complaints_of("host/plan/a.cpp", "#include <oneapi/tbb/task_group.h>\n").size() == 1);
    CHECK(complaints_of("a.cpp", "#include \"execution_plan.hpp\"\n").empty());
}

} // namespace banned_includes_test

// Files of machines that differ by nothing but their names.
#include "app/importing/other_hosts.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace other_hosts_test {

using namespace assay;
using namespace assay::test;

namespace {

std::string google_of(const std::string& host, int day) {
    return R"({"context": {"date": "2026-11-0)" + std::to_string(day) +
           R"(T10:00:00Z", "num_cpus": 8, "executable": "./bench", "host_name": ")" + host +
           R"("}, "benchmarks": [{"name": "BM_Sort", "run_type": "iteration", "iterations": 10,
            "real_time": 100, "cpu_time": 100, "time_unit": "ns"}]})";
}

integration::Ended import_of(const ToldProject& project,
                             const std::string& host,
                             int day,
                             const std::vector<std::string>& more = {}) {
    const std::string file = host + std::to_string(day) + ".json";
    project.box().write(file, google_of(host, day));
    std::vector<std::string> words{"import", "auto", file};
    words.insert(words.end(), more.begin(), more.end());
    auto ended = project.assay(words);
    CHECK_MESSAGE(ended.exit_code == 0, ended.err);
    return ended;
}

} // namespace

TEST_CASE("files of two hosts that count as one machine are told with what keeps them apart") {
    const ToldProject project;
    CHECK_FALSE(has(import_of(project, "lab-a", 1).err, "host"));
    CHECK_FALSE(has(import_of(project, "lab-a", 2).err, "host"));
    const auto other = import_of(project, "lab-b", 3);
    CHECK(has(other.err, "host 'lab-b'"));
    CHECK(has(other.err, "of platform '8_cpus' here are of 'lab-a'"));
    CHECK(has(other.err, "--platform NAME"));
    CHECK_FALSE(has(import_of(project, "lab-b", 3).err, "lab-a")); // nothing was added
    CHECK(project.store()->platforms()->size() == 1);
}

TEST_CASE("who says which machine is meant hears nothing of host names") {
    const ToldProject project;
    import_of(project, "lab-a", 1, {"--platform", "lab"});
    CHECK_FALSE(has(import_of(project, "lab-b", 2, {"--platform", "lab"}).err, "lab-a"));
    CHECK_FALSE(has(import_of(project, "lab-c", 3).err, "lab-a")); // another platform
}

TEST_CASE("hosts of another project's runs are nobody's concern") {
    const ToldProject project;
    project.box().write(".assay/assay.json", R"({"project": "router"})");
    import_of(project, "lab-a", 1);
    project.box().write(".assay/assay.json", R"({"project": "rag"})");
    CHECK_FALSE(has(import_of(project, "lab-b", 2).err, "lab-a"));
}

TEST_CASE("a host stands under a name of each tool's own") {
    CHECK(app::host_named_in({{"host_name", "a"}}) == "a");
    CHECK(app::host_named_in({{"node", "b"}}) == "b");
    CHECK(app::host_named_in({{"hostname", "c"}}) == "c");
    CHECK(app::host_named_in({{"mhz_per_cpu", "2400"}}).empty());
}

} // namespace other_hosts_test

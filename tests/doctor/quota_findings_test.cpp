#include "findings_of_tree.hpp"

namespace quota_findings_test {

using namespace assay::app;

namespace {

const std::string kMount = "sys/fs/cgroup";

Findings findings_of(const std::map<std::string, std::string>& files) {
    const PreparedTree prepared(files);
    Findings findings = quota_findings(prepared.tree());
    check_words(findings);
    return findings;
}

} // namespace

TEST_CASE("without a control group there is nothing to tell") {
    const auto findings = findings_of({});
    CHECK(count_of(findings, FindingState::unavailable) == 2);
}

TEST_CASE("version 2 without a limit is well") {
    const auto findings = findings_of({{"proc/self/cgroup", "0::/user.slice\n"},
                                       {kMount + "/user.slice/cpu.max", "max 100000\n"},
                                       {kMount + "/user.slice/cpu.stat", "nr_throttled 0\n"}});
    CHECK(count_of(findings, FindingState::ok) == 2);
}

TEST_CASE("of nested groups the smallest quota counts") {
    const auto findings =
        findings_of({{"proc/self/cgroup", "0::/a/b\n"},
                     {kMount + "/a/cpu.max", "150000 100000\n"},
                     {kMount + "/a/b/cpu.max", "400000 100000\n"},
                     {kMount + "/a/cpu.stat", "usage_usec 1\nnr_periods 9\nnr_throttled 4\n"},
                     {kMount + "/a/b/cpu.stat", "nr_periods 9\nnr_throttled 1\n"}});
    const Finding& quota = finding_of(findings, "cpu_quota");
    CHECK(quota.state == FindingState::warn);
    CHECK(says(quota.read, "1.5 CPUs"));
    CHECK(says(finding_of(findings, "throttled").read, "4 times"));
}

TEST_CASE("in a container, whose path lies outside of the mount, the root of the mount answers") {
    const auto findings = findings_of(
        {{"proc/self/cgroup", "0::/../../elsewhere\n"}, {kMount + "/cpu.max", "50000 100000\n"}});
    CHECK(says(finding_of(findings, "cpu_quota").read, "0.5 CPUs"));
}

TEST_CASE("version 1 tells its quota in two files") {
    const std::string group = kMount + "/cpu,cpuacct/docker/1f";
    const std::map<std::string, std::string> files{
        {"proc/self/cgroup", "5:memory:/x\n4:cpu,cpuacct:/docker/1f\n0::/\n"},
        {group + "/cpu.cfs_quota_us", "200000\n"},
        {group + "/cpu.cfs_period_us", "100000\n"},
        {group + "/cpu.stat", "nr_periods 1\nnr_throttled 0\nthrottled_time 0\n"}};
    CHECK(says(finding_of(findings_of(files), "cpu_quota").read, "2 CPUs"));
    auto unlimited = files;
    unlimited[group + "/cpu.cfs_quota_us"] = "-1\n";
    CHECK(finding_of(findings_of(unlimited), "cpu_quota").state == FindingState::ok);
}

TEST_CASE("a quota that cannot be understood is quoted, not guessed") {
    for (const char* const text :
         {"lots", "100000", "0 100000", "100000 0", "1 2 3", "-5 100000"}) {
        const auto findings =
            findings_of({{"proc/self/cgroup", "0::/\n"}, {kMount + "/cpu.max", text}});
        const Finding& quota = finding_of(findings, "cpu_quota");
        CHECK(quota.state == FindingState::unavailable);
        CHECK(says(quota.read, std::string("'") + text + "'"));
    }
}

TEST_CASE("lines of /proc/self/cgroup that make no sense are passed over") {
    const auto findings =
        findings_of({{"proc/self/cgroup", "\nodd\n1:two\n:::\n0::\n0::relative\n"},
                     {kMount + "/cpu.max", "max 100000\n"}});
    CHECK(finding_of(findings, "cpu_quota").state == FindingState::ok);
}

} // namespace quota_findings_test

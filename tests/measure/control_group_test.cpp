#include "measure/control_group.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace control_group_test {

using namespace assay::measure;

namespace fs = std::filesystem;

namespace {

// A root with proc/self/cgroup and sys/fs/cgroup below it.
class Tree {
public:
    explicit Tree(const std::string& membership) { folder_.write("proc/self/cgroup", membership); }

    void group(const fs::path& group, const std::string& file, const std::string& text) const {
        folder_.write("sys/fs/cgroup" / group / file, text);
    }

    [[nodiscard]] const fs::path& root() const noexcept { return folder_.path(); }

    [[nodiscard]] CpuQuota quota() const { return cpu_quota(control_groups(root())); }

private:
    assay::test::TemporaryFolder folder_;
};

} // namespace

TEST_CASE("the process's group and every one above it are found, innermost first") {
    const Tree tree("0::/a/b\n");
    fs::create_directories(tree.root() / "sys/fs/cgroup/a/b");
    const fs::path base = tree.root() / "sys/fs/cgroup";
    CHECK(control_groups(tree.root()) == std::vector<fs::path>{base / "a/b", base / "a", base});
}

TEST_CASE("a mount that is a link to another counts once") {
    const Tree tree("4:cpu,cpuacct:/box\n");
    fs::create_directories(tree.root() / "sys/fs/cgroup/cpu,cpuacct/box");
    fs::create_directory_symlink("cpu,cpuacct", tree.root() / "sys/fs/cgroup/cpu");
    CHECK(control_groups(tree.root()).size() == 2);
}

TEST_CASE("the smallest limit up the tree of control groups counts") {
    const Tree tree("0::/a/b\n");
    tree.group("", "cpu.max", "max 100000\n");
    tree.group("a", "cpu.max", "150000 100000\n");
    tree.group("a/b", "cpu.max", "400000 100000\n");
    CHECK(tree.quota().cpus == 1.5);
    CHECK(tree.quota().is_known);
}

TEST_CASE("in a container, whose path lies outside of the mount, the root of the mount answers") {
    const Tree tree("0::/../elsewhere/of/the/host\n");
    tree.group("", "cpu.max", "50000 100000\n");
    CHECK(tree.quota().cpus == 0.5);
}

TEST_CASE("control groups of version 1 say it in two files, and -1 is no limit") {
    const Tree limited("9:name=systemd:/\n4:cpu,cpuacct:/box\n0::/\n");
    limited.group("cpu,cpuacct/box", "cpu.cfs_quota_us", "50000\n");
    limited.group("cpu,cpuacct/box", "cpu.cfs_period_us", "100000\n");
    CHECK(limited.quota().cpus == 0.5);
    const Tree free("4:cpu:/free\n");
    free.group("cpu/free", "cpu.cfs_quota_us", "-1\n");
    free.group("cpu/free", "cpu.cfs_period_us", "100000\n");
    CHECK(free.quota().is_known);
    CHECK_FALSE(free.quota().cpus);
}

TEST_CASE("what is no control group is passed over, and what is no number is quoted") {
    const Tree tree("garbage\n::\n1:two\n:::\n0::relative\n0::/x\n");
    CHECK_FALSE(tree.quota().is_known);
    tree.group("", "cpu.max", "a lot\n");
    CHECK_FALSE(tree.quota().is_known);
    CHECK(tree.quota().not_understood.find("says 'a lot'") != std::string::npos);
    const Tree none("");
    CHECK(control_groups(none.root()).empty());
}

} // namespace control_group_test

#include "findings_of_tree.hpp"

namespace memory_findings_test {

using namespace assay::app;

namespace {

const std::string kRandomize = "proc/sys/kernel/randomize_va_space";
const std::string kHuge = "sys/kernel/mm/transparent_hugepage/enabled";

Findings findings_of(const std::map<std::string, std::string>& files) {
    const PreparedTree prepared(files);
    Findings findings = memory_findings(prepared.tree());
    check_words(findings);
    return findings;
}

FindingState state_of(const std::map<std::string, std::string>& files, const std::string& id) {
    return finding_of(findings_of(files), id).state;
}

} // namespace

TEST_CASE("randomised addresses are right, and off for the machine or the process is told") {
    CHECK(state_of({{kRandomize, "2\n"}, {"proc/self/personality", "00000000\n"}}, "aslr") ==
          FindingState::ok);
    CHECK(state_of({{kRandomize, "2\n"}}, "aslr") == FindingState::ok);
    CHECK(state_of({{kRandomize, "0\n"}}, "aslr") == FindingState::warn);
    CHECK(state_of({{kRandomize, "1\n"}}, "aslr") == FindingState::warn);
    const auto findings =
        findings_of({{kRandomize, "2\n"}, {"proc/self/personality", "00040000\n"}});
    CHECK(finding_of(findings, "aslr").state == FindingState::warn);
    CHECK(says(finding_of(findings, "aslr").advice, "setarch"));
    CHECK(state_of({{kRandomize, "yes\n"}}, "aslr") == FindingState::unavailable);
}

TEST_CASE("huge pages for everybody are a warning") {
    CHECK(state_of({{kHuge, "[always] madvise never\n"}}, "huge_pages") == FindingState::warn);
    CHECK(state_of({{kHuge, "always [madvise] never\n"}}, "huge_pages") == FindingState::ok);
    CHECK(state_of({{kHuge, "always madvise [never]\n"}}, "huge_pages") == FindingState::ok);
    CHECK(state_of({{kHuge, "] odd [\n"}}, "huge_pages") == FindingState::unavailable);
}

TEST_CASE("little memory left and much of the swap used are warnings") {
    const std::string good = "MemTotal: 8388608 kB\nMemAvailable: 4194304 kB\n"
                             "SwapTotal: 1048576 kB\nSwapFree: 1048576 kB\n";
    const auto well = findings_of({{"proc/meminfo", good}});
    CHECK(finding_of(well, "free").read == "4.0 of 8.0 GiB");
    CHECK(finding_of(well, "swap").state == FindingState::ok);
    const std::string bad = "MemTotal: 8388608 kB\nMemAvailable: 104857 kB\n"
                            "SwapTotal: 1048576 kB\nSwapFree: 0 kB\n";
    CHECK(state_of({{"proc/meminfo", bad}}, "free") == FindingState::warn);
    CHECK(state_of({{"proc/meminfo", bad}}, "swap") == FindingState::warn);
    CHECK(finding_of(findings_of({{"proc/meminfo", "SwapTotal: 0 kB\nSwapFree: 0 kB\n"}}), "swap")
              .read == "none");
}

TEST_CASE("figures of memory that make no sense are unavailable") {
    for (const char* const text : {"",
                                   "MemTotal: many kB\nMemAvailable: 1 kB\n",
                                   "MemTotal: 0 kB\nMemAvailable: 0 kB\n",
                                   "MemTotal: 5 kB\nMemAvailable: -5 kB\n"}) {
        CHECK(state_of({{"proc/meminfo", text}}, "free") == FindingState::unavailable);
    }
    CHECK(state_of({{"proc/meminfo", "SwapTotal: 1 kB\nSwapFree: 2 kB\n"}}, "swap") ==
          FindingState::unavailable);
}

} // namespace memory_findings_test

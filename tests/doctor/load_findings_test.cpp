#include "findings_of_tree.hpp"

namespace load_findings_test {

using namespace assay::app;

namespace {

Findings findings_of(const std::map<std::string, std::string>& files,
                     std::optional<double> steal = std::nullopt) {
    const PreparedTree prepared(files);
    Findings findings = load_findings(prepared.tree(), 2, steal);
    check_words(findings);
    return findings;
}

} // namespace

TEST_CASE("a load of half the CPUs is a warning, and less is not") {
    CHECK(finding_of(findings_of({{"proc/loadavg", "0.99 0 0 1/1 1"}}), "load_average").state ==
          FindingState::ok);
    const auto busy = finding_of(findings_of({{"proc/loadavg", "1.00 0 0 1/1 1"}}), "load_average");
    CHECK(busy.state == FindingState::warn);
    CHECK(says(busy.read, "1.00"));
    CHECK(says(busy.read, "2 CPUs"));
}

TEST_CASE("pressure is that of the last ten seconds") {
    const std::string file = "proc/pressure/cpu";
    CHECK(finding_of(findings_of({{file, "some avg10=9.00 avg60=99.00 avg300=99.00 total=1\n"}}),
                     "pressure")
              .state == FindingState::ok);
    CHECK(finding_of(findings_of({{file, "some avg10=35.50 avg60=1.00 avg300=1.00 total=1\n"}}),
                     "pressure")
              .state == FindingState::warn);
}

TEST_CASE("steal is told for the sample and since boot, and the worse of them counts") {
    const std::map<std::string, std::string> files{{"proc/stat", "cpu 50 0 40 905 0 0 0 5 0 0\n"}};
    const auto quiet = finding_of(findings_of(files, 0.0), "steal");
    CHECK(quiet.state == FindingState::ok);
    CHECK(quiet.read == "0.0 % during the sample, 0.50 % since boot");
    CHECK(finding_of(findings_of(files, 0.04), "steal").state == FindingState::warn);
    CHECK(finding_of(findings_of({{"proc/stat", "cpu 50 0 40 800 0 0 0 110 0 0\n"}}), "steal")
              .state == FindingState::warn);
    CHECK(finding_of(findings_of({}, 0.002), "steal").read == "0.2 % during the sample");
}

TEST_CASE("files that are missing or make no sense are unavailable, never a figure") {
    for (const char* const text : {"", "x y z", "nan 0 0", "-1 0 0"}) {
        CHECK(finding_of(findings_of({{"proc/loadavg", text}}), "load_average").state ==
              FindingState::unavailable);
    }
    for (const char* const text : {"", "some avg10=\n", "some avg10=inf\n", "full avg10=50\n"}) {
        CHECK(finding_of(findings_of({{"proc/pressure/cpu", text}}), "pressure").state ==
              FindingState::unavailable);
    }
    for (const char* const text :
         {"", "cpu 1 2 3", "cpu a b c d e f g h", "intr 1 1 1 1 1 1 1 1", "cpu 0 0 0 0 0 0 0 0"}) {
        CHECK(finding_of(findings_of({{"proc/stat", text}}), "steal").state ==
              FindingState::unavailable);
    }
}

} // namespace load_findings_test

#include "workers/callgrind.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace assay;
using namespace assay::workers;

namespace {

std::string file_of(const std::string& events, const std::string& figures) {
    return "# callgrind format\nversion: 1\ncreator: callgrind-3.19.0\npid: 7\ncmd:  ./a\n\n"
           "positions: line\n" +
           events + figures;
}

std::string why_not(const std::string& text) {
    const auto read = instructions_in(text);
    return read ? "read " + std::to_string(*read) : read.error().message;
}

} // namespace

TEST_CASE("the total of a callgrind file is read from its head and its end") {
    const std::string events = "events: Ir\n";
    CHECK(*instructions_in(
              file_of(events, "summary: 4017\n\nfn=(1) f\n0 4017\n\ntotals: 4017\n")) == 4017);
    CHECK(*instructions_in(file_of(events, "summary: 4017\n")) == 4017);
    CHECK(*instructions_in(file_of(events, "totals: 4017\n")) == 4017);
}

TEST_CASE("the column of Ir is found among other events") {
    CHECK(*instructions_in(file_of("events: Dr Ir  Dw\n", "totals: 5 42 7\n")) == 42);
}

TEST_CASE("a callgrind file that says nothing useful is refused with the reason") {
    CHECK(why_not("").find("no total") != std::string::npos);
    CHECK(why_not(file_of("events: Ir\n", "")).find("cut off") != std::string::npos);
    CHECK(why_not(file_of("events: Dr Dw\n", "totals: 1 2\n")).find("no event Ir") !=
          std::string::npos);
    CHECK(why_not(file_of("events: Ir\n", "totals: many\n")).find("malformed") !=
          std::string::npos);
    CHECK(why_not(file_of("events: Ir\n", "totals: -4\n")).find("malformed") != std::string::npos);
    CHECK(why_not(file_of("events: Ir\n", "totals:\n")).find("malformed") != std::string::npos);
    CHECK(why_not("totals: 12\n").find("malformed") != std::string::npos);
    CHECK(why_not(file_of("events: Ir\n", "summary: 3\ntotals: 4\n")).find("contradicts") !=
          std::string::npos);
    CHECK(why_not(file_of("events: Ir\nevents: Ir\n", "totals: 4\n")).find("twice") !=
          std::string::npos);
}

TEST_CASE("nothing collected is not a count of 0") {
    CHECK(
        why_not(file_of("events: Ir\n", "summary: 0\ntotals: 0\n")).find("nothing was collected") !=
        std::string::npos);
}

TEST_CASE("what stands before the worker collects in the counted call alone") {
    const auto words = callgrind_command("/opt/bin/valgrind");
    CHECK(words.front() == "/opt/bin/valgrind");
    const auto has = [&](const std::string& word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    CHECK(has("--collect-atstart=no"));
    CHECK(has("--toggle-collect=assay_counted_run"));
    CHECK(words.back().ends_with("%p"));
    CHECK(callgrind_file(42).ends_with(".42"));
}

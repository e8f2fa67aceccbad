#include "canned_gates.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <memory>

namespace canned {

using namespace assay;

namespace {

struct Line {
    const char *rule, *kind, *case_id, *metric, *outcome, *unit, *limit, *reason;
    json::value figure, mde;
    std::int64_t line;
};

json::object line_object(const Line& line) {
    const bool change = std::string(line.kind) == "regression";
    return {{"rule", line.rule},
            {"kind", line.kind},
            {"case", line.case_id},
            {"metric", line.metric},
            {"outcome", line.outcome},
            {"severity", nullptr},
            {"figure", line.figure},
            {"unit", line.unit},
            {"limit", line.limit},
            {"statistic", change ? "" : "p95"},
            {"clock", nullptr},
            {"n", 23},
            {"evidence",
             json::object{{"from", change ? json::value("compare") : json::value(nullptr)},
                          {"verdict", nullptr},
                          {"baseline", nullptr},
                          {"interval", nullptr},
                          {"mde", line.mde},
                          {"fence", nullptr}}},
            {"file", line.line > 0 ? json::value(".assay/gates.json") : json::value(nullptr)},
            {"line", line.line > 0 ? json::value(line.line) : json::value(nullptr)},
            {"reason", line.reason}};
}

json::object
gate_object(const std::vector<Line>& lines, const json::array& unmatched, int exit_code) {
    json::array told;
    for (const Line& line : lines) {
        told.push_back(line_object(line));
    }
    return {{"schema", "assay.gate/1"},
            {"gates", ".assay/gates.json"},
            {"baseline", "@main"},
            {"lines", std::move(told)},
            {"unmatched", unmatched},
            {"notes",
             json::array{json::object{{"text", "2 of 4 cases were not asked about"},
                                      {"next", "\"metric\": \"*\" asks about all"}}}},
            {"summary", json::object{{"exit_code", exit_code}}}};
}

Events with_gate(Events events, json::object gate) {
    report::Event event;
    event.kind = report::EventKind::gate;
    event.unix_ns = events.back().unix_ns;
    event.fields["gate"] = std::move(gate);
    events.insert(events.end() - 1, std::move(event));
    return events;
}

// A line of rule "time" at line 4 of the gate file.
Line of_time(const char* case_id,
             const char* outcome,
             const char* reason,
             json::value figure,
             json::value mde) {
    return {"time",
            "regression",
            case_id,
            "time",
            outcome,
            "%",
            "at most 2 % worse",
            reason,
            std::move(figure),
            std::move(mde),
            4};
}

std::vector<Line> every_outcome() {
    return {
        of_time("router/slower", "FAIL", "", 5.25, 1.5),
        of_time("router/undecided", "UNDECIDED", "needs about 12 more pairs", 1.2, 3.25),
        of_time("router/same", "PASS", "", 0.0004, 0.75),
        of_time("router/broken", "BROKEN", "new build: SIGSEGV at 0x0 in run", nullptr, nullptr),
        {"api-p95",
         "limit",
         "router/slower",
         "time",
         "WARN",
         "s",
         "< 1.1 ms",
         "",
         1.05e-3,
         nullptr,
         7},
        {"host", "host", "", "noise", "PASS", "1", "< 0.05", "", 0.01, nullptr, 0}};
}

} // namespace

Events gated_comparison() {
    return with_gate(comparison_run(), gate_object(every_outcome(), {"hit-floor"}, 3));
}

Events passed_gate() {
    Events events = run_of({case_of("demo", "same", {metric("time", "s", {1e-3, 1e-3, 1e-3})})});
    return with_gate(std::move(events),
                     gate_object({{"time",
                                   "regression",
                                   "demo/same",
                                   "time",
                                   "PASS",
                                   "%",
                                   "at most 20 % worse",
                                   "",
                                   -0.0,
                                   0.75,
                                   0}},
                                 {},
                                 0));
}

Events hostile_gate() {
    return with_gate(hostile_text_run(),
                     gate_object({{"a|b`c\n::error::x",
                                   "limit",
                                   "s<script>/f",
                                   "m,x:y%",
                                   "FAIL",
                                   "By",
                                   "< 1 %\r\n",
                                   "@everyone see #12 [x](http://evil.example) ![y](z) :boom:",
                                   1e9,
                                   nullptr,
                                   3}},
                                 {"|<b>"},
                                 1));
}

Events gate_of_nothing() {
    return with_gate(empty_run(), gate_object({}, {"hit-floor"}, 4));
}

Events many_cases(int n) {
    const Events pattern = comparison_run();
    Events events{pattern.front()};
    for (int i = 0; i < n; ++i) {
        const bool slower = i % 10 == 0;
        report::Event event = pattern.at(slower ? 2 : 1); // its "slower" and its "same"
        report::CaseResult result = *event.result;
        result.id = "router/case[n=" + std::to_string(i) +
                    (i % 100 == 0 ? ",name=" + std::string(2000, 'x') : "") + "]";
        event.case_id = result.id;
        event.result = std::make_shared<const report::CaseResult>(std::move(result));
        events.push_back(std::move(event));
    }
    events.push_back(pattern.back());
    return events;
}

Events many_passed(int n) {
    std::vector<report::CaseResult> results;
    for (int i = 0; i < n; ++i) {
        results.push_back(case_of(
            "demo", "case" + std::to_string(i), {metric("time", "s", {1e-3, 0.9e-3, 1.1e-3})}));
    }
    return run_of(std::move(results));
}

Events broken_text_run() {
    return run_of({case_of("a|b", "c`d", {metric("time", "s", {1e-3, 1e-3, 1e-3})}),
                   case_of("a\nb",
                           "\xE2\x80\xAE"
                           "c",
                           {metric("time", "s", {1e-3, 1e-3, 1e-3})}),
                   case_of("<script>", "\xFF\x01", {metric("time", "s", {1e-3, 1e-3, 1e-3})})});
}

} // namespace canned

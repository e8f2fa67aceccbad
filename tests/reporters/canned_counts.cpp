#include "canned_counts.hpp"

#include <memory>

namespace canned {

using namespace assay;

namespace {

void add_counts(report::CaseResult& result, double old_count, double new_count, const char* words) {
    json::object& compared = result.extra["comparison"].as_object();
    compared["statement"] = words;
    compared["evidence"].as_object()["counts"] = json::object{{"old", old_count},
                                                              {"new", new_count},
                                                              {"change", new_count / old_count - 1},
                                                              {"deterministic", true},
                                                              {"iterations", 1000},
                                                              {"source", "callgrind"}};
}

} // namespace

Events counted_comparison() {
    Events events = comparison_run();
    for (report::Event& event : events) {
        if (event.result == nullptr) {
            continue;
        }
        report::CaseResult result = *event.result;
        if (result.family == "slower") {
            add_counts(result, 512, 538, "slower, confirmed by counts (+5.08 % instructions)");
        } else if (result.family == "undecided") {
            add_counts(result, 1000, 1015, "undecided, likely slower: work +1.5 %");
        } else if (result.family == "same") {
            add_counts(result, 1000, 1000, "same");
        }
        event.result = std::make_shared<const report::CaseResult>(std::move(result));
    }
    return events;
}

Events fitted_run() {
    Events events = run_of({case_of("demo", "sort", {metric("time", "s", {1e-3, 0.99e-3, 1e-3})})});
    const auto fit = [](const char* family, const char* at) {
        return json::object{{"suite", "demo"},
                            {"family", family},
                            {"axis", "n"},
                            {"params", json::object{}},
                            {"at", at},
                            {"metric", "time"},
                            {"points", 5}};
    };
    json::object sort = fit("sort", "[dtype=f32]");
    sort["class"] = "O(n log n)";
    sort["fits"] = true;
    sort["coefficient"] = 1.3215e-9;
    sort["ci"] = json::array{1.3125e-9, 1.3305e-9};
    sort["ci_level"] = 0.95;
    sort["runner_up"] = "O(n)";
    sort["error"] = 0.015625;
    sort["runner_up_error"] = 0.125;
    sort["rms"] = 0.0078125;
    sort["stability"] = 1;
    json::object lookup = fit("lookup", "");
    lookup["class"] = "O(1)";
    lookup["fits"] = true;
    lookup["coefficient"] = 12.5e-9;
    lookup["ci"] = nullptr;
    lookup["runner_up"] = "O(log n)";
    lookup["error"] = 0.0625;
    json::object none = fit("load", "");
    none["class"] = nullptr;
    none["fits"] = false;
    none["reason"] = "the axis has values below 1, where growth means nothing";
    json::object worthless = fit("hash", "");
    worthless["class"] = "O(n log n)";
    worthless["fits"] = false;
    worthless["error"] = 1.26;
    events.back().fields["complexity"] = json::array{sort, lookup, none, worthless};
    return events;
}

} // namespace canned

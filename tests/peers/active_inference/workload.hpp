// A computation that another program does too: the model it is done on, as a document, what comes
// out, and how to do it once more.
//
//   for (const Workload& one : workloads()) { one.document(); one.run(); one.results(); }
//
// One thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace peers {

struct Workload {
    std::string name;                             // "fpi 20x20"
    std::function<std::string()> document;        // JSON: kind, model, inputs
    std::function<void()> run;                    // once
    std::function<std::vector<double>()> results; // of the last run
};

std::vector<Workload> workloads();

} // namespace peers

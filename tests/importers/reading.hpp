// A bundled importer, loaded as a worker loads it, and what it makes of some bytes.
//
//   const Reading read = read_with("hyperfine", "two.json", bytes);
//   CHECK(read.cases()[0].metrics[0].samples.size() == 28);
//
// One thread.
#pragma once

#include "bundled_importer.hpp"
#include "measure/importing.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::test {

struct Reading {
    assay_status status = ASSAY_OK;
    std::string text;   // why it failed
    std::string broken; // an event that is not as agreed
    std::vector<measure::ImportedEvent> events = {};

    [[nodiscard]] std::vector<measure::ImportedRun> runs() const;
    [[nodiscard]] std::vector<measure::ImportedCase> cases() const;
    [[nodiscard]] std::string partial() const;
    // All events as text: equal readings have equal texts.
    [[nodiscard]] std::string lines() const;
    // The metric of the first case of that name; fails the test where there is none.
    [[nodiscard]] measure::ImportedMetric metric(const std::string& name,
                                                 const std::string& key = "time") const;
    // Samples of all cases of that name, one behind the other.
    [[nodiscard]] std::vector<double> samples(const std::string& name,
                                              const std::string& key = "time") const;
};

std::int32_t
probe_with(const std::string& importer, const std::string& name, const std::string& bytes);
Reading read_with(const std::string& importer, const std::string& name, const std::string& bytes);

// A file below ../shared/data/imports; nothing, told with MESSAGE, where the samples are not there.
std::optional<std::string> sample(const std::string& relative);
// Every one of them.
std::vector<std::string> all_samples();

} // namespace assay::test

// Runs checks one after the other: those of the file here, every other one in a worker process of
// its own, so that a crash or a hang costs one check and is told as what it is.
//
//   CheckDriver driver(supervisor, "demo.assay.so", seed);
//   CheckResult result = driver.run(*find_check("C7"));
//
// One thread.
#pragma once

#include "app/conformance/static_checks.hpp"
#include "measure/conformance.hpp"
#include "workers/worker.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

class CheckDriver {
public:
    // `loadable`: asked once, when the first check needs the plugin loaded: its copy in the content
    // store. Errors make those checks skipped. `timeout`: of every check, instead of its own
    // deadline.
    CheckDriver(workers::Supervisor& supervisor,
                std::string path,
                std::uint64_t seed,
                std::function<Result<std::string>()> loadable,
                std::optional<std::chrono::milliseconds> timeout = std::nullopt,
                std::vector<std::string> samples = {});

    [[nodiscard]] measure::CheckResult run(const measure::CheckSpec& check);

private:
    workers::CheckAnswer ask_worker(const measure::CheckSpec& check);
    workers::CheckAnswer answer(const measure::CheckSpec& check);
    void compare_manifest(measure::CheckReport& report) const;
    // Why checks in workers make no sense any more.
    [[nodiscard]] std::string hopeless() const;

    workers::Supervisor& supervisor_;
    StaticChecks static_;
    std::uint64_t seed_;
    std::function<Result<std::string>()> find_loadable_;
    std::optional<std::chrono::milliseconds> timeout_;
    std::vector<std::string> samples_; // for importers
    std::optional<Result<std::string>> loadable_;
    std::string cannot_load_; // what L1 found
    int timed_out_ = 0;
};

} // namespace assay::app

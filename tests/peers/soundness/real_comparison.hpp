// One comparison of two plugin files with real workers, and the fault that it is to withstand.
//
//   const RealComparison comparison(old_plugin, new_plugin);
//   app::ComparedCase compared = comparison.run({.seed = 7, .slow_worker_0 = 0.03});
//
// One thread.
#pragma once

#include "app/comparison/comparison_session.hpp"

#include <chrono>
#include <filesystem>

namespace soundness {

struct Trial {
    std::uint64_t seed = 1;
    std::chrono::milliseconds budget{5000};
    double slow_worker_0 = 0; // whoever is worker 0 takes so much longer
    bool random_roles = true;
};

class RealComparison {
public:
    // Copies both files, so that equal builds are two files. Throws std::runtime_error.
    RealComparison(const std::filesystem::path& old_plugin,
                   const std::filesystem::path& new_plugin);
    RealComparison(const RealComparison&) = delete;
    RealComparison& operator=(const RealComparison&) = delete;
    ~RealComparison();

    [[nodiscard]] assay::app::ComparedCase run(const Trial& trial) const;

private:
    std::filesystem::path folder_;
    assay::app::Side old_side_, new_side_;
};

} // namespace soundness

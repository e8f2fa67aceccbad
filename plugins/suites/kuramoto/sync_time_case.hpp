// The family `sync_time`: until oscillators of Lorentzian frequencies have come to 0.9 of the order
// they end at. The order of the calls and their threads are those of a case class of
// assay/suite.hpp.
//
//   add_sync_time(suite);
#pragma once

#include "case_inputs.hpp"
#include "solver.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace assay::kuramoto_suite {

void add_sync_time(assay::suite& suite);

class SyncTimeCase {
public:
    explicit SyncTimeCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    // Simulated; nothing where it took too long.
    [[nodiscard]] std::optional<double> synchronise();

    double strength_;
    Inputs inputs_;
    std::unique_ptr<Solver> solver_;
    std::optional<double> reached_;
};

} // namespace assay::kuramoto_suite

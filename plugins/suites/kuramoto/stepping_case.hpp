// What the cases that step one solver share: verification, batches, counts, digest.
//
//   class StepCase : public SteppingCase { explicit StepCase(const assay::params& p) :
//   SteppingCase(...) };
//
// A batch starts from the phases of the seed and goes back to them every kHorizon seconds of the
// model: work stays the same however long it lasts, and chaos does not reach the digest. The order
// of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "case_inputs.hpp"
#include "solver.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <memory>

namespace assay::kuramoto_suite {

inline constexpr double kHorizon = 5; // s

struct Stepping {
    Inputs inputs;
    SolverChoice choice;
    std::uint64_t steps_per_iteration = 1;
};

class SteppingCase {
public:
    SteppingCase(const assay::params& params, Stepping stepping);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

    [[nodiscard]] double items() const { // of one iteration
        return static_cast<double>(stepping_.inputs.start.size() * stepping_.steps_per_iteration);
    }

protected:
    [[nodiscard]] const Stepping& stepping() const noexcept { return stepping_; }

private:
    Stepping stepping_;
    assay::context* host_;
    std::unique_ptr<Solver> solver_;
    std::uint64_t steps_until_restart_;
    std::uint64_t stages_before_ = 0, busy_ns_ = 0;
};

} // namespace assay::kuramoto_suite

// One case of the family `ensemble`: independent fields over the host's threads. One iteration =
// one step of every field. The result does not depend on the number of threads.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "step_subject.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace assay::cgl {

void add_ensemble(assay::suite& suite);

class EnsembleCase {
public:
    explicit EnsembleCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

    [[nodiscard]] double items() const { return static_cast<double>(fields_.size()); }

private:
    // Seconds of one step of one field, alone on this thread.
    [[nodiscard]] double seconds_alone(std::uint64_t steps);

    assay::context& host_;
    SubjectOptions options_;
    std::vector<std::unique_ptr<StepSubject>> fields_;
    double elapsed_ = 0; // seconds of the last run
};

} // namespace assay::cgl

// One case of the family `turbulence`: a long run from noise, watched. One iteration = the run with
// all that is seen on the way; what counts are statistics, since trajectories are chaotic.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "step_subject.hpp"

#include <assay/suite.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace assay::cgl {

void add_turbulence(assay::suite& suite);

// Means over what was seen after a first fifth of the time.
struct FieldStatistics {
    double mean_norm = 0;      // mean |A|^2
    double defect_density = 0; // defects per area
    double largest = 0;        // largest |A|
};

// How the mean of |A|^2 changes over four further steps, beside what the equation says of the field
// between them (norm_change): |difference| / (2 mean |A|^2). The difference over time is of fourth
// order, so what is seen is the method's.
[[nodiscard]] double balance_error(StepSubject& subject, const SubjectOptions& options);

// From its warm field on; `duration` and dt in units of the equation's time, seen once a unit.
// Empty where `stop` said so on the way.
[[nodiscard]] std::optional<FieldStatistics> watch(StepSubject& subject,
                                                   const SubjectOptions& options,
                                                   double duration,
                                                   const std::function<bool()>& stop);

class TurbulenceCase {
public:
    explicit TurbulenceCase(const assay::params& params);

    void verify(assay::context& host);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    double duration_;
    SubjectOptions options_;
    std::unique_ptr<StepSubject> subject_;
    std::optional<FieldStatistics> seen_;
};

} // namespace assay::cgl

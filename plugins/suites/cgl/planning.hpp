// How FFTW plans, as the suite's configuration says, and the subjects of cases with such plans.
//
//   {"suites": {"cgl": {"plan": "patient", "wisdom": ".assay/fftw.wisdom"}}}
//
//   s.config_schema(planning_schema()).config<PlanSettings>();
//   subject_(planned_subject(params, options_))             // in a case; options_.plans is set
//
// Plans are made in constructors of cases, outside of all that is timed.
#pragma once

#include "step_subject.hpp"
#include "wisdom_file.hpp"

#include <assay/suite.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay::cgl {

[[nodiscard]] std::string_view planning_schema() noexcept;

// Immutable; any thread.
class PlanSettings {
public:
    // Throws assay::config_error.
    explicit PlanSettings(const assay::document& config);

    [[nodiscard]] PlanEffort effort() const noexcept { return effort_; }

    // Empty: wisdom is not kept.
    [[nodiscard]] const std::string& wisdom() const noexcept { return wisdom_; }

private:
    PlanEffort effort_ = PlanEffort::measure;
    std::string wisdom_;
};

// From before the first plan of a case to after the last: takes wisdom, and keeps what is new.
class Planning {
public:
    explicit Planning(const assay::params& params);

    [[nodiscard]] PlanOptions options(int threads = 1) const noexcept;

    void done() const;

private:
    const PlanSettings* settings_;
    std::optional<WisdomFile> file_;
    assay::context* host_;
};

// make_subject() between both; sets the effort of options.plans.
[[nodiscard]] std::unique_ptr<StepSubject> planned_subject(const assay::params& params,
                                                           SubjectOptions& options);

} // namespace assay::cgl

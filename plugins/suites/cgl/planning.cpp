#include "planning.hpp"

namespace assay::cgl {
namespace {

PlanEffort effort_from(const std::string& name) {
    if (name == "estimate") {
        return PlanEffort::estimate;
    }
    return name == "patient" ? PlanEffort::patient : PlanEffort::measure;
}

} // namespace

std::string_view planning_schema() noexcept {
    return R"({"type": "object", "additionalProperties": false, "properties": {
  "plan": {
    "type": "string",
    "enum": ["estimate", "measure", "patient"],
    "default": "measure",
    "description": "How long FFTW looks for a plan: not at all, by measuring some, or many."
  },
  "wisdom": {
    "type": "string",
    "minLength": 1,
    "description": "A file that keeps what FFTW measured, so that later runs take the same plans."
  }
}})";
}

PlanSettings::PlanSettings(const assay::document& config)
    : effort_(effort_from(config.str("/plan", "measure")))
    , wisdom_(config.str("/wisdom", "")) {}

Planning::Planning(const assay::params& params)
    : settings_(&params.config<PlanSettings>())
    , host_(&params.context()) {
    if (settings_->wisdom().empty()) {
        return;
    }
    file_.emplace(settings_->wisdom());
    if (const auto why = file_->take()) {
        host_->warn(*why);
    }
}

PlanOptions Planning::options(int threads) const noexcept {
    return {.effort = settings_->effort(), .threads = threads};
}

void Planning::done() const {
    if (!file_) {
        return;
    }
    if (const auto why = file_->keep()) {
        host_->warn(*why);
    }
}

std::unique_ptr<StepSubject> planned_subject(const assay::params& params, SubjectOptions& options) {
    const Planning planning(params);
    options.plans.effort = planning.options().effort;
    auto subject = make_subject(options);
    planning.done();
    return subject;
}

} // namespace assay::cgl

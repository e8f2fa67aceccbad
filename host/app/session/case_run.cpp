#include "app/session/case_run.hpp"

#include "app/session/launch_request.hpp"
#include "app/session/warnings.hpp"

#include <algorithm>
#include <iterator>

namespace assay::app {
namespace {

using measure::CaseStatus;
using measure::Shape;

constexpr std::size_t kShownOutputMax = 4096; // of what a plugin printed, in the document

// Domain tokens around the timed slices of one launch, and its news passed on.
class CaseTurns final : public workers::LaunchTurns {
public:
    CaseTurns(const CaseContext& context,
              const measure::FamilyDescription& family,
              const std::string& case_id)
        : context_(context)
        , family_(family)
        , case_id_(case_id) {}

    void acquire() override {
        const bool exclusive = (family_.flags & ASSAY_CASE_EXCLUSIVE) != 0;
        held_.emplace(family_.max_lanes > 1 && !exclusive
                          ? context_.tokens.acquire_all(family_.domains)
                          : context_.tokens.acquire(family_.domains, exclusive));
        before_ = measure::withheld_cpu();
    }

    void release() override {
        if (held_) {
            withheld_ = measure::withheld_between(before_, measure::withheld_cpu());
            held_.reset();
        }
    }

    // While the tokens were held last.
    [[nodiscard]] const measure::WithheldCpu& withheld() const noexcept { return withheld_; }

    void on_log(std::int32_t level, std::string_view text) override {
        context_.on_log(case_id_, level, text);
    }

    void on_phase(measure::LaunchPhase, std::uint32_t) override {}

private:
    const CaseContext& context_;
    const measure::FamilyDescription& family_;
    const std::string& case_id_;
    std::optional<lanes::DomainTokens::Held> held_;
    measure::WithheldCpu before_, withheld_;
};

} // namespace

CaseRun::CaseRun(const SessionSuite& suite,
                 const plan::PlannedCase& planned,
                 const CaseContext& context)
    : suite_(suite)
    , planned_(planned)
    , context_(context)
    , figures_(family()) {}

const measure::FamilyDescription& CaseRun::family() const noexcept {
    return suite_.description.families[planned_.family];
}

measure::LaunchRequest CaseRun::request(std::uint32_t launch) const {
    if (launch == 0) {
        return verifying_request(suite_, planned_, context_.options);
    }
    const LaunchPlan plan = launch_plan(context_.options.mode);
    measure::LaunchRequest request = launch_request(suite_, planned_, context_.options);
    request.launch = launch;
    // Repeated in every launch where it is cheap: its figure is then a median of launches too.
    request.first_iteration = family().shape != Shape::single;
    const std::uint32_t for_samples = (plan.samples_min + plan.launches - 1) / plan.launches;
    request.slices = std::max(family().shape == Shape::single ? 1u : plan.slices, for_samples);
    return request;
}

workers::LaunchOutcome CaseRun::run_launch(const measure::LaunchRequest& request,
                                           std::uint32_t lane) {
    CaseTurns turns(context_, family(), planned_.id);
    workers::LaunchOutcome outcome = context_.launcher.launch(
        suite_, request, turns, launch_deadline(family(), context_.options), lane);
    turns.release();
    outcome.withheld = turns.withheld();
    const std::size_t shown = std::min(outcome.output.size(), kShownOutputMax - output_.size());
    output_.append(outcome.output, 0, shown);
    output_bytes_dropped_ += outcome.output_bytes_dropped + (outcome.output.size() - shown);
    if (stack_.empty()) {
        stack_ = outcome.stack;
    }
    return outcome;
}

bool CaseRun::take_failure(const workers::LaunchOutcome& outcome, std::uint32_t launch) {
    const measure::LaunchRecord& record = outcome.record;
    if (record.status == CaseStatus::passed) {
        return false;
    }
    if (launch == 0) {
        end(record.status, record.reason);
        return true;
    }
    // A case that ran once and then says that it makes no sense here, or that its server is gone,
    // was lost on the way: no quiet skip, which alone would not fail the run.
    const bool lost =
        record.status == CaseStatus::skipped || record.status == CaseStatus::unavailable;
    end(lost ? CaseStatus::failed : record.status,
        "launch " + std::to_string(launch) + ": " +
            (lost ? std::string(name_of(record.status)) + " after it was verified: " : "") +
            record.reason);
    return true;
}

// A crash is tried once more, so that the report can say whether it comes back.
void CaseRun::try_once_more(const measure::LaunchRequest& request, std::uint32_t lane) {
    if (status_ != CaseStatus::crashed || context_.stopping()) {
        return;
    }
    const workers::LaunchOutcome again = run_launch(request, lane);
    reason_ += again.record.status == CaseStatus::passed
                   ? " (tried once more: passed)"
                   : " (tried once more: " + std::string(name_of(again.record.status)) + ")";
}

bool CaseRun::verify(std::uint32_t lane) {
    const measure::LaunchRequest first = request(0);
    const workers::LaunchOutcome outcome = run_launch(first, lane);
    verified_ = outcome.record.verified;
    if (take_failure(outcome, 0)) {
        try_once_more(first, lane);
        context_.launcher.case_is_over(lane);
        return false;
    }
    figures_.add_verifying(outcome);
    count(outcome.record);
    context_.launcher.case_is_over(lane);
    return true;
}

// While everything is verified nothing is timed anywhere, so that nothing is disturbed.
void CaseRun::count(const measure::LaunchRecord& verified) {
    if (!verified.calibration) {
        return;
    }
    const CountWish wish{.suite = suite_,
                         .planned = planned_,
                         .options = context_.options,
                         .slice_iterations = verified.calibration->iterations};
    if (context_.options.counts && !context_.stopping()) {
        counted_ = context_.launcher.count(wish);
    }
    if (context_.options.memory && !context_.stopping()) {
        memory_ = context_.launcher.memory(wish);
    }
}

void CaseRun::measure(std::uint32_t lane) {
    const LaunchPlan plan = launch_plan(context_.options.mode);
    for (std::uint32_t launch = 1; launch <= plan.launches; ++launch) {
        if (context_.stopping()) {
            end(CaseStatus::cancelled,
                "cancelled after " + std::to_string(launch - 1) + " of " +
                    std::to_string(plan.launches) + " launches");
            break;
        }
        context_.on_launch(planned_.id, launch, plan.launches);
        const measure::LaunchRequest next = request(launch);
        const workers::LaunchOutcome outcome = run_launch(next, lane);
        if (take_failure(outcome, launch)) {
            try_once_more(next, lane);
            break;
        }
        figures_.add(outcome);
        if (!figures_.checksum_conflict().empty()) {
            end(CaseStatus::wrong_result, figures_.checksum_conflict());
            break;
        }
        if (!figures_.last_has_time()) {
            end(CaseStatus::failed,
                "launch " + std::to_string(launch) + " passed without a recorded slice");
            break;
        }
    }
    if (status_ == CaseStatus::passed && figures_.samples() < plan.samples_min) {
        notes_.push_back("few samples: " + std::to_string(figures_.samples()) + " of at least " +
                         std::to_string(plan.samples_min));
    }
    context_.launcher.case_is_over(lane);
}

void CaseRun::end(CaseStatus status, std::string reason) {
    status_ = status;
    reason_ = std::move(reason);
}

std::vector<std::pair<std::string, measure::ParameterValue>> CaseRun::named_params() const {
    std::vector<std::pair<std::string, measure::ParameterValue>> params;
    for (std::size_t i = 0; i < planned_.params.size(); ++i) {
        params.emplace_back(family().axes[i].name, planned_.params[i]);
    }
    return params;
}

void CaseRun::add_counts(report::CaseResult& result) const {
    if (counted_ && !result.metrics.empty()) {
        result.metrics.push_back(counts_metric(*counted_));
        std::ranges::move(count_notes(*counted_), std::back_inserter(result.notes));
    }
    if (memory_ && !result.metrics.empty()) {
        add_memory(*memory_, result);
    }
}

report::CaseResult CaseRun::result() const {
    report::CaseResult result;
    result.id = planned_.id;
    result.suite = suite_.description.name;
    result.family = family().name;
    result.params = named_params();
    result.shape = family().shape;
    result.status = status_;
    result.reason = reason_;
    result.verified = verified_;
    if (figures_.launches() > 0) {
        result.metrics = figures_.metrics();
    }
    result.notes = figures_.notes();
    result.notes.insert(result.notes.end(), notes_.begin(), notes_.end());
    if (!result.metrics.empty()) {
        if (auto noise = noise_note(result.metrics.front().summary)) {
            result.notes.push_back(*std::move(noise));
        }
    }
    add_counts(result);
    result.extra = figures_.extra();
    result.extra["isolation"] = std::string(name_of(context_.options.isolation));
    if (!output_.empty()) {
        result.extra["output"] = output_;
        result.extra["output_bytes_dropped"] = json_count(output_bytes_dropped_);
    }
    if (!stack_.empty()) {
        result.extra["stack"] = stack_;
    }
    return result;
}

} // namespace assay::app

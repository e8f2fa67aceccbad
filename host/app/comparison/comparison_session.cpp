#include "app/comparison/comparison_session.hpp"

#include "app/comparison/compared_metrics.hpp"
#include "app/session/launch_request.hpp"
#include "lanes/lanes.hpp"
#include "measure/slice_time.hpp"
#include "statistics/summary.hpp"
#include "verdict/slices_per_pair.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace assay::app {
namespace {

using measure::CaseStatus;
using workers::LaunchOutcome;

constexpr std::uint32_t kSlicesPerPair = 12;
constexpr std::uint32_t kSlicesPerPairMin = 2; // both orders occur
// The slices of one side of a pair take about this long where an iteration is longer than a slice.
constexpr double kLongSide_s = 0.2;
constexpr double kHandicapMargins = 3; // of the positive control
constexpr std::size_t kFailedPairsMax = 3;
// A control for every tenth case, one at least.
constexpr std::size_t kCasesPerControl = 10;

// Checks, never claims: the new build is told first, for it is the one that changed.
const LaunchOutcome* first_failure(const PairAnswer& answer, const char*& side) {
    const auto own_fault = [](const LaunchOutcome& outcome) {
        return outcome.record.status != CaseStatus::passed &&
               outcome.record.status != CaseStatus::cancelled;
    };
    side = "new build";
    if (own_fault(answer.new_side)) {
        return &answer.new_side;
    }
    side = "old build";
    if (own_fault(answer.old_side)) {
        return &answer.old_side;
    }
    side = "pair";
    if (answer.new_side.record.status != CaseStatus::passed) {
        return &answer.new_side;
    }
    return answer.old_side.record.status != CaseStatus::passed ? &answer.old_side : nullptr;
}

// ln(new / old), slice by slice, of a pair that has its figures.
std::vector<double> log_ratios(const PairRecord& pair) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < pair.old_times.size(); ++i) {
        ratios.push_back(std::log(pair.new_times[i] / pair.old_times[i]));
    }
    return ratios;
}

// What the pairs of a case cost beside their slices, and each pair of slices: medians, since a pair
// may have waited for the machine.
verdict::PairCosts costs_of(const std::vector<PairRecord>& pairs, std::uint64_t iterations) {
    std::vector<double> whole;
    std::vector<double> slice;
    for (const PairRecord& pair : pairs) {
        whole.push_back(pair.seconds);
        slice.push_back(statistics::median(pair.old_times) + statistics::median(pair.new_times));
    }
    const double slice_s = static_cast<double>(iterations) * statistics::median(slice);
    const double slices = static_cast<double>(pairs.front().new_times.size());
    return {.pair_s = statistics::median(whole) - slice_s * slices, .slice_s = slice_s};
}

// Of a pair; 0 of none.
double mean_seconds(const std::vector<PairRecord>& pairs) {
    double sum = 0;
    for (const PairRecord& pair : pairs) {
        sum += pair.seconds;
    }
    return pairs.empty() ? 0 : sum / static_cast<double>(pairs.size());
}

// Roles and orders are drawn from a stream of their own: the verdict's choices come from the same
// seed, and must say nothing about them.
std::uint64_t stream_seed(std::uint64_t seed) {
    constexpr std::uint64_t kRoles = 0x5851F42D4C957F2D;
    return seed ^ kRoles;
}

std::uint32_t slices_for(double iteration_s) {
    if (!(iteration_s > kLongSide_s / kSlicesPerPair)) {
        return kSlicesPerPair;
    }
    return std::max(kSlicesPerPairMin, static_cast<std::uint32_t>(kLongSide_s / iteration_s));
}

} // namespace

struct ComparisonSession::Running {
    explicit Running(const measure::FamilyDescription& family)
        : old_figures(family)
        , new_figures(family) {}

    CaseFigures old_figures, new_figures;
    std::optional<std::uint64_t> iterations; // the smaller of both calibrations
    double iteration_s = 0;                  // the first one, as a hint at long cases
    std::optional<std::uint32_t> slices;     // of a pair, once the first pairs have told
    bool old_verified = false, new_verified = false;
};

ComparisonSession::ComparisonSession(std::vector<MatchedCase> cases,
                                     const ComparisonOptions& options,
                                     Launcher& launcher,
                                     PairLauncher& pairs,
                                     Progress& progress)
    : options_(options)
    , launcher_(launcher)
    , pairs_(pairs)
    , progress_(progress)
    , random_(stream_seed(options.session.order_seed)) {
    for (MatchedCase& matched : cases) {
        ComparedCase& compared = outcome_.cases.emplace_back();
        compared.matched = std::move(matched);
        compared.reason = compared.matched.reason;
    }
    running_.resize(outcome_.cases.size());
}

ComparisonSession::~ComparisonSession() = default;

ComparisonOutcome ComparisonSession::run(const std::function<bool()>& interrupted) {
    interrupted_ = interrupted;
    started_ = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < outcome_.cases.size(); ++i) {
        if (outcome_.cases[i].matched.fate == CaseFate::compared) {
            running_[i] = std::make_unique<Running>(outcome_.cases[i].matched.family());
            plans_.push_back({.index = i, .role = Role::real, .control_pairs = {}});
        }
    }
    outcome_.budget_s = budget_seconds(options_, plans_.size());
    if (!plans_.empty()) {
        progress_.begin(plans_.size(), 0);
        verify_all();
        measure_all();
        progress_.end();
    }
    finish();
    return std::move(outcome_);
}

double ComparisonSession::seconds_left() const {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - started_;
    return outcome_.budget_s - spent.count();
}

bool ComparisonSession::coin() {
    return (random_() & 1u) != 0;
}

// Both builds of every case before any is timed: a broken one shows in seconds.
void ComparisonSession::verify_all() {
    const lanes::Lanes lanes(options_.session.lanes);
    std::atomic<std::size_t> done{0};
    lanes.run(plans_.size(), [&](std::size_t job, std::uint32_t lane) {
        verify(plans_[job].index, lane);
        progress_.verifying(done.fetch_add(1) + 1, plans_.size());
    });
}

void ComparisonSession::verify(std::size_t index, std::uint32_t lane) {
    // The new build first: if only that one fails, it is what there is to say.
    if (!interrupted_() && verify_side(index, true, lane)) {
        verify_side(index, false, lane);
    }
}

bool ComparisonSession::verify_side(std::size_t index, bool new_side, std::uint32_t lane) {
    ComparedCase& compared = outcome_.cases[index];
    Running& running = *running_[index];
    const MatchedCase& matched = compared.matched;
    const SessionSuite& suite = new_side ? *matched.new_suite : *matched.old_suite;
    const plan::PlannedCase& planned = new_side ? *matched.new_case : *matched.old_case;

    struct NoTurns final : workers::LaunchTurns {
        void acquire() override {}

        void release() override {}

        void on_log(std::int32_t, std::string_view) override {}

        void on_phase(measure::LaunchPhase, std::uint32_t) override {}
    } turns;

    const LaunchOutcome outcome =
        launcher_.launch(suite,
                         verifying_request(suite, planned, options_.session),
                         turns,
                         launch_deadline(matched.family(), options_.session),
                         lane);
    launcher_.case_is_over(lane);
    const measure::LaunchRecord& record = outcome.record;
    if (record.status == CaseStatus::cancelled && interrupted_()) {
        return false; // no fault of the case: it has no pairs, and is undecided for that
    }
    if (record.status != CaseStatus::passed || !record.calibration) {
        end(index,
            record.status == CaseStatus::passed ? CaseStatus::failed : record.status,
            std::string(new_side ? "new" : "old") + " build: " + record.reason);
        return false;
    }
    (new_side ? running.new_figures : running.old_figures).add_verifying(outcome);
    (new_side ? running.new_verified : running.old_verified) = record.verified;
    const std::uint64_t n = record.calibration->iterations;
    running.iterations = running.iterations ? std::min(*running.iterations, n) : n;
    running.iteration_s = std::max(running.iteration_s, record.first_iteration_s.value_or(0));
    compared.clock = record.calibration->clock;
    return true;
}

// A seeded tenth of the cases, one at least, measured old against old.
void ComparisonSession::enter_controls() {
    if (!options_.controls) {
        return;
    }
    std::vector<std::size_t> usable;
    for (const SeriesPlan& plan : plans_) {
        // A handicap on the host's side does not show in the time that a plugin states itself.
        const ComparedCase& compared = outcome_.cases[plan.index];
        if (compared.matched.fate == CaseFate::compared &&
            compared.clock != measure::Clock::manual) {
            usable.push_back(plan.index);
        }
    }
    std::ranges::shuffle(usable, random_);
    usable.resize(
        std::min(usable.size(), (plans_.size() + kCasesPerControl - 1) / kCasesPerControl));
    for (const std::size_t index : usable) {
        comparison_->add_null_control();
        plans_.push_back({.index = index, .role = Role::null_control, .control_pairs = {}});
        comparison_->add_positive_control();
        plans_.push_back({.index = index, .role = Role::positive_control, .control_pairs = {}});
    }
}

void ComparisonSession::measure_all() {
    const std::size_t cases = plans_.size();
    comparison_.emplace(verdict::ComparisonRules{.margin = options_.margin,
                                                 .alpha = options_.alpha,
                                                 .method = options_.method,
                                                 .seed = options_.session.order_seed},
                        cases);
    std::vector<const MatchedCase*> entered;
    for (const SeriesPlan& plan : plans_) {
        entered.push_back(&outcome_.cases[plan.index].matched);
    }
    asked_.emplace(entered, options_);
    enter_controls();
    for (std::size_t series = 0; series < cases; ++series) {
        if (entered[series]->fate != CaseFate::compared) {
            drop(series);
        }
    }
    while (!interrupted_()) {
        const std::optional<std::size_t> series = comparison_->next_series(seconds_left());
        if (!series) {
            break;
        }
        take_pair(*series);
        ++outcome_.pairs;
        progress_.pair(outcome_.cases[plans_[*series].index].matched.id,
                       outcome_.pairs,
                       std::max(0.0, seconds_left()));
    }
}

void ComparisonSession::drop(std::size_t series) {
    comparison_->drop(series);
    asked_->drop(series);
}

// What one case shows moves the thresholds of all.
void ComparisonSession::ask_for_more() {
    std::vector<double> affordable;
    for (const SeriesPlan& plan : plans_) {
        if (plan.role == Role::real) {
            const double pair_s = mean_seconds(outcome_.cases[plan.index].pairs);
            affordable.push_back(pair_s > 0 ? seconds_left() / pair_s : HUGE_VAL);
        }
    }
    const std::vector<verdict::WantedPairs> wanted = asked_->wanted(affordable);
    for (std::size_t series = 0; series < wanted.size(); ++series) {
        comparison_->want(series, wanted[series]);
    }
}

PairWish ComparisonSession::wish_for(std::size_t series) {
    const SeriesPlan& plan = plans_[series];
    const Running& running = *running_[plan.index];
    const MatchedCase& matched = outcome_.cases[plan.index].matched;
    const bool real = plan.role == Role::real;
    const SessionSuite& new_suite = real ? *matched.new_suite : *matched.old_suite;
    const plan::PlannedCase& new_case = real ? *matched.new_case : *matched.old_case;
    PairWish wish{
        .old_suite = *matched.old_suite,
        .new_suite = new_suite,
        .old_request = launch_request(*matched.old_suite, *matched.old_case, options_.session),
        .new_request = launch_request(new_suite, new_case, options_.session),
        .new_is_worker_1 = coin() && options_.random_roles,
        .new_goes_first = coin(),
        .deadline = launch_deadline(matched.family(), options_.session),
    };
    for (measure::LaunchRequest* request : {&wish.old_request, &wish.new_request}) {
        request->launch = static_cast<std::uint32_t>(comparison_->finding(series).pairs) + 1;
        request->iterations = *running.iterations;
        request->slices = running.slices.value_or(slices_for(running.iteration_s));
    }
    if (plan.role == Role::positive_control) {
        wish.new_request.handicap = kHandicapMargins * options_.margin;
    }
    return wish;
}

void ComparisonSession::take_pair(std::size_t series) {
    const PairWish wish = wish_for(series);
    const PairAnswer answer = pairs_.run(wish);
    if (interrupted_()) {
        return; // cut short by the user: neither a figure nor a fault
    }
    if (is_broken(series, answer)) {
        return;
    }
    PairRecord pair;
    pair.number = outcome_.pairs;
    pair.new_is_worker_1 = wish.new_is_worker_1;
    pair.new_goes_first = wish.new_goes_first;
    pair.seconds = answer.seconds;
    pair.steal_ticks = answer.steal_ticks;
    const measure::Clock clock = outcome_.cases[plans_[series].index].clock;
    pair.old_times = measure::iteration_times(answer.old_side.record.slices, clock);
    pair.new_times = measure::iteration_times(answer.new_side.record.slices, clock);
    pair.old_slices = SliceColumns(answer.old_side.record.slices, clock);
    pair.new_slices = SliceColumns(answer.new_side.record.slices, clock);
    take_in(series, answer, std::move(pair));
}

// A pair without a figure. Three of them end a real case, and a wrong result at once.
bool ComparisonSession::is_broken(std::size_t series, const PairAnswer& answer) {
    const char* side = "";
    const LaunchOutcome* const failure = first_failure(answer, side);
    if (failure == nullptr) {
        return false;
    }
    comparison_->add_failed_pair(series);
    if (plans_[series].role != Role::real) {
        return true;
    }
    const std::size_t failed = comparison_->finding(series).failed_pairs;
    const CaseStatus status = failure->record.status;
    if (status == CaseStatus::wrong_result || failed >= kFailedPairsMax) {
        end(plans_[series].index,
            status,
            std::string(side) + ": " + failure->record.reason + " (" + std::to_string(failed) +
                (failed == 1 ? " pair" : " pairs") + " failed)");
        drop(series);
    }
    return true;
}

void ComparisonSession::take_in(std::size_t series, const PairAnswer& answer, PairRecord pair) {
    SeriesPlan& plan = plans_[series];
    const auto figures = verdict::pair_figures(pair.old_times, pair.new_times);
    if (!figures) {
        comparison_->add_failed_pair(series);
        if (plan.role == Role::real &&
            comparison_->finding(series).failed_pairs >= kFailedPairsMax) {
            end(plan.index, CaseStatus::failed, "pairs without a time in every slice");
            drop(series);
        }
        return;
    }
    pair.figures = *figures;
    comparison_->add_pair(series,
                          {.x = pair.figures.x,
                           .quiet = pair.figures.quiet,
                           .new_is_worker_1 = pair.new_is_worker_1,
                           .seconds = pair.seconds});
    if (plan.role != Role::real) {
        plan.control_pairs.push_back(std::move(pair));
        return;
    }
    Running& running = *running_[plan.index];
    running.old_figures.add(answer.old_side);
    running.new_figures.add(answer.new_side);
    compare_results(plan.index, answer);
    outcome_.cases[plan.index].pairs.push_back(std::move(pair));
    settle_slices(plan.index);
    for (const auto& [launches, side] : {std::pair{&running.new_figures, "new build: "},
                                         std::pair{&running.old_figures, "old build: "}}) {
        if (!launches->checksum_conflict().empty()) {
            end(plan.index, CaseStatus::wrong_result, side + launches->checksum_conflict());
            drop(series);
            return;
        }
    }
    std::vector<double> x;
    std::ranges::transform(outcome_.cases[plan.index].pairs,
                           std::back_inserter(x),
                           [](const PairRecord& one) { return one.figures.x; });
    asked_->tell(series, x, running.old_figures, running.new_figures);
    ask_for_more();
}

// Many short pairs beat few long ones, unless it is the starting of a pair that takes the time:
// then the first pairs say how many slices are worth taking once both processes stand.
void ComparisonSession::settle_slices(std::size_t index) {
    constexpr std::size_t kPairsThatTell = 4;
    constexpr double kStartingIsDear = 2; // times the slices of a pair
    const std::vector<PairRecord>& pairs = outcome_.cases[index].pairs;
    Running& running = *running_[index];
    if (pairs.size() != kPairsThatTell) {
        return;
    }
    const verdict::PairCosts costs = costs_of(pairs, *running.iterations);
    const auto slices = static_cast<double>(pairs.front().new_times.size());
    if (costs.pair_s <= kStartingIsDear * slices * costs.slice_s) {
        return;
    }
    std::vector<std::vector<double>> ratios;
    std::ranges::transform(pairs, std::back_inserter(ratios), log_ratios);
    running.slices =
        std::max(slices_for(running.iteration_s), verdict::slices_per_pair(costs, ratios));
}

// Equal inputs: slice i of both sides has the same seed and the same n.
void ComparisonSession::compare_results(std::size_t index, const PairAnswer& answer) {
    std::map<std::tuple<std::uint32_t, std::uint64_t, std::uint64_t>, std::uint64_t> old_sums;
    for (const measure::SliceRecord& slice : answer.old_side.record.slices) {
        old_sums.emplace(std::tuple{slice.lane, slice.iterations, slice.seed}, slice.checksum);
    }
    for (const measure::SliceRecord& slice : answer.new_side.record.slices) {
        const auto found = old_sums.find({slice.lane, slice.iterations, slice.seed});
        if (found != old_sums.end() && found->second != slice.checksum) {
            outcome_.cases[index].results_differ = true;
        }
    }
}

void ComparisonSession::end(std::size_t index, CaseStatus status, std::string reason) {
    ComparedCase& compared = outcome_.cases[index];
    compared.matched.fate = CaseFate::failed;
    compared.status = status;
    compared.reason = std::move(reason);
}

void ComparisonSession::finish() {
    for (std::size_t series = 0; series < plans_.size() && comparison_; ++series) {
        SeriesPlan& plan = plans_[series];
        verdict::Finding finding = comparison_->finding(series);
        if (plan.role != Role::real) {
            const bool null = plan.role == Role::null_control;
            (null ? outcome_.null_findings : outcome_.positive_findings)
                .push_back(std::move(finding));
            (null ? outcome_.null_records : outcome_.positive_records)
                .push_back({.case_id = outcome_.cases[plan.index].matched.id,
                            .pairs = std::move(plan.control_pairs)});
            continue;
        }
        ComparedCase& compared = outcome_.cases[plan.index];
        const Running& running = *running_[plan.index];
        compared.finding = std::move(finding);
        compared.iterations = running.iterations.value_or(0);
        compared.slices = running.slices.value_or(slices_for(running.iteration_s));
        compared.verified = running.old_verified && running.new_verified;
        if (options_.require_same_results && compared.results_differ &&
            compared.matched.fate == CaseFate::compared) {
            end(plan.index,
                CaseStatus::wrong_result,
                "new build: its results differ from the old build's (--require-same-results)");
        }
        if (running.new_figures.launches() > 0) {
            compared.old_metrics = running.old_figures.metrics();
            compared.new_metrics = running.new_figures.metrics();
            compared.notes = running.new_figures.notes();
        }
    }
    if (comparison_) {
        outcome_.null_control = comparison_->null_control();
        outcome_.positive_control = comparison_->positive_control();
    }
    judge_metrics(outcome_, options_);
    outcome_.cancelled = interrupted_();
    outcome_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
}

} // namespace assay::app

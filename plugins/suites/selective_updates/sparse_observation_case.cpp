#include "sparse_observation_case.hpp"

#include "active_inference/hierarchy/belief_change.hpp"
#include "active_inference/number_text.hpp"
#include "active_inference/random_model.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace assay::selective_updates {

namespace ai = active_inference;

using ai::number_text;

namespace {

constexpr std::size_t kSparseFactors = 3, kSparseModalities = 3;
constexpr std::uint32_t kSparseOutcomes = 5;
// As many as steps to a rebase: a pass has at most one.
constexpr std::size_t kSparsePositions = ai::kRebaseSteps;
constexpr std::uint64_t kSparseModelSeed = 1, kSparseStreamSeed = 2;
constexpr std::size_t kSweepsMax = 10000;
constexpr double kTolerance = 1e-12;                         // of the free energy
constexpr std::size_t kModelBytesMax = std::size_t{1} << 30; // per launch

std::size_t states_of(const assay::params& params) {
    const std::size_t states = size_between(params, "states", {.least = 2, .most = 512});
    // Every likelihood, and its logarithm four times: both paths and the verification keep them.
    const std::size_t bytes =
        states * states * states * (5 * kSparseOutcomes * kSparseModalities + 8) * sizeof(double);
    if (bytes > kModelBytesMax) {
        throw assay::skip("states=" + std::to_string(states) + " needs tables of " +
                          std::to_string(bytes) + " bytes, more than " +
                          std::to_string(kModelBytesMax));
    }
    return states;
}

ai::FactoredModel sparse_model(const assay::params& params) {
    return ai::random_model(
        {.state_counts = std::vector<std::size_t>(kSparseFactors, states_of(params)),
         .action_counts = std::vector<std::size_t>(kSparseFactors, 1),
         .outcome_counts = std::vector<std::size_t>(kSparseModalities, kSparseOutcomes)},
        derived_seed(params.seed(), kSparseModelSeed));
}

ChangeRing ring_of(const assay::params& params) {
    const double share = number_between(params, "change_rate", {.least = 0, .most = 1});
    return ChangeRing({.positions = kSparsePositions,
                       .components = kSparseModalities,
                       .values = kSparseOutcomes,
                       .share = share},
                      derived_seed(params.seed(), kSparseStreamSeed));
}

constexpr ai::LogLikelihoodOptions kLikelihood{.dialect = ai::LogDialect::eps, .cached = true};

// Additions to sum the modalities' tables.
std::int64_t sum_ops(const ai::FactoredModel& model) {
    return static_cast<std::int64_t>(kSparseModalities * model.likelihoods[0].data.size() /
                                     kSparseOutcomes);
}

// What changed, and what that took: the share of unchanged observations is the stream's alone.
void add_change_metrics(assay::family_builder family) {
    add_count(family, "sweeps", "{sweep}").help("of the fixed-point iteration");
    add_count(family, "observations", "{observation}").help("of a pass over the stream");
    family.metric("sweeps_per_observation", "{sweep}/{observation}", lower, assay::mean)
        .help("sweeps / observations");
    add_count(family, "unchanged", "{observation}")
        .help("observations equal to the one before: all of it is saved on the paths but full");
    family.metric("unchanged_share", "1", no_direction, assay::mean)
        .help("unchanged / observations, a property of the stream: savings begin there");
    add_count(family, "changed", "{observation}")
        .help("observations of which at least one modality is not that of the one before");
    add_count(family, "changed_sweeps", "{sweep}").help("sweeps at changed observations");
    family.metric("sweeps_per_changed", "{sweep}/{observation}", lower, assay::mean)
        .help("changed_sweeps / changed: a warm start against one from the prior");
    add_count(family, "changed_ops_skipped", "{op}")
        .help("operations not needed at changed observations; negative where they took more");
    add_count(family, "changed_ops_total", "{op}")
        .help("operations that the full path takes at changed observations");
    family.metric("changed_savings", "1", higher, assay::mean)
        .help("changed_ops_skipped / changed_ops_total: savings of the selective update itself, "
              "where there was something to update");
}

} // namespace

void add_sparse_observation(assay::suite& suite) {
    assay::family_builder family =
        suite.custom<SparseObservationCase>("sparse_observation", assay::shape::chain);
    family.help("inference from observations of which few modalities change, 256 of them each")
        .tags("active-inference", "selective")
        .stateful();
    family.axis("states", {25, 30})
        .unit("{state}")
        .help("of each of three factors, all seen by three modalities of 5 outcomes")
        .quick({25});
    family.axis("change_rate", {0.1, 0.3, 0.5})
        .unit("1")
        .help("share of the observations at which a modality changes, each on its own")
        .quick({0.1})
        .standard({0.1, 0.3});
    add_path_axis(family, MemoPath::offered);
    add_update_metrics(family);
    add_rebase_metric(family);
    add_change_metrics(family);
    family.metric("sum_error", "1", lower, assay::max)
        .help("largest difference of L = sum of l_m, held to 1e-12 for every step since a rebase");
    family.metric("fixed_point_error", "1", lower, assay::max)
        .help("what one more full sweep moves reported beliefs by at most, held to 1e-6");
    family.metric("other_optima", "{observation}", no_direction, assay::sum)
        .help("verified observations where the warm start came to another optimum")
        .exact();
    family.metric("flat_optima", "{observation}", no_direction, assay::sum)
        .help("verified observations with beliefs more than 1e-5 apart at equal free energy")
        .exact();
}

SparseObservationCase::SparseObservationCase(const assay::params& params)
    : path_(path_of(params, MemoPath::offered))
    , model_(sparse_model(params))
    , ring_(ring_of(params))
    , prior_(ai::prior_beliefs(model_))
    , full_(model_, iteration_options(), kLikelihood)
    , selective_(model_, iteration_options(), kLikelihood)
    , q_(model_.state_counts) {
    for (std::size_t position = 0; position < ring_.positions(); ++position) {
        for (std::size_t m = 0; m < kSparseModalities; ++m) {
            outcomes_.push_back({.index = ring_.value(position, m), .soft = {}});
        }
    }
    take_full_steps();
}

ai::FixedPointOptions SparseObservationCase::iteration_options() const {
    return {.max_sweeps = kSweepsMax, .tolerance = kTolerance, .cancelled = [this] {
                return running_ != nullptr && running_->cancelled();
            }};
}

ai::Observation SparseObservationCase::observation(std::size_t position) const noexcept {
    return ai::Observation(outcomes_).subspan(position * kSparseModalities, kSparseModalities);
}

// What the full path takes and comes to at every position of the stream.
void SparseObservationCase::take_full_steps() {
    const UpdatePath path = std::exchange(path_, UpdatePath::full);
    const Counts before = counts();
    for (std::size_t position = 0; position < ring_.positions(); ++position) {
        const ai::FixedPointResult result = infer(position);
        full_steps_.push_back({result, q_});
        if (position == 0) {
            const ai::UpdateCost first = counts().iteration - before.iteration;
            const auto sweeps = static_cast<std::int64_t>(result.sweeps);
            sweep_cost_ = {.contractions = first.contractions / sweeps,
                           .multiply_adds = first.multiply_adds / sweeps};
        }
    }
    full_sweeps_ = counts().sweeps - before.sweeps;
    full_pass_ = full_sweeps_ * sweep_cost_;
    full_pass_.multiply_adds += static_cast<std::int64_t>(ring_.positions()) * sum_ops(model_);
    path_ = path;
}

const ai::FixedPointResult& SparseObservationCase::infer(std::size_t position) noexcept {
    if (path_ == UpdatePath::selective) {
        return selective_(observation(position), prior_);
    }
    return path_ == UpdatePath::memo && repeats(position) ? result_ : compute(position);
}

// In full, from the prior.
const ai::FixedPointResult& SparseObservationCase::compute(std::size_t position) noexcept {
    q_ = prior_;
    result_ = full_.refine(observation(position), prior_, q_);
    sweeps_ += static_cast<std::int64_t>(result_.sweeps);
    return result_;
}

const ai::Beliefs& SparseObservationCase::beliefs() const noexcept {
    return path_ == UpdatePath::selective ? selective_.beliefs() : q_;
}

std::int64_t SparseObservationCase::sweeps() const noexcept {
    return path_ == UpdatePath::selective ? static_cast<std::int64_t>(selective_.sweeps())
                                          : sweeps_;
}

bool SparseObservationCase::repeats(std::size_t position) const noexcept {
    return last_ && std::ranges::equal(observation(position),
                                       observation(*last_),
                                       std::ranges::equal_to{},
                                       &ai::Outcome::index,
                                       &ai::Outcome::index);
}

void SparseObservationCase::restart() noexcept {
    const std::size_t end = ring_.positions() - 1;
    selective_.forget();
    (void)selective_(observation(end), prior_);
    if (path_ == UpdatePath::memo) {
        (void)compute(end);
    }
    last_ = end;
    changed_ = {};
}

double SparseObservationCase::compare_sums(std::size_t position, const OptimumCheck& check) const {
    const double* const sums = selective_.likelihood().tables()[0];
    const std::span<const double> expected = check.sums();
    const std::size_t steps = selective_.likelihood().steps() + 1;
    double largest = 0;
    for (std::size_t s = 0; s < expected.size(); ++s) {
        const double error = std::abs(sums[s] - expected[s]);
        largest = std::max(largest, error);
        if (!(error <= ai::kErrorPerStep * static_cast<double>(steps))) {
            throw assay::wrong_result("log-likelihood " + std::to_string(s) + " at observation " +
                                      std::to_string(position) + " is " + number_text(sums[s]) +
                                      ", expected " + number_text(expected[s]) +
                                      " within 1e-12 for each of " + std::to_string(steps) +
                                      " steps");
        }
    }
    return largest;
}

// Two passes, so that the sums grow old and are rebased.
void SparseObservationCase::verify(assay::context& host) {
    if (path_ == UpdatePath::memo) {
        verify_memo(host);
        return;
    }
    OptimumCheck check(model_, prior_, kTolerance);
    UpdateError error;
    double sum_error = 0;
    restart();
    for (std::size_t step = 0; step < 2 * ring_.positions(); ++step) {
        const std::size_t position = step % ring_.positions();
        const FullStep& full = full_steps_[position];
        (void)selective_(observation(position), prior_);
        check.observe(position, observation(position));
        sum_error = std::max(sum_error, compare_sums(position, check));
        check.compare({.q = &selective_.beliefs(), .free_energy = selective_.result().free_energy},
                      {.q = &full.q, .free_energy = full.result.free_energy});
        error.values += check.sums().size() + full.q.values().size();
    }
    check.finish();
    if (path_ == UpdatePath::selective) {
        const OptimaFound& found = check.found();
        host.metric("sum_error", sum_error);
        host.metric("fixed_point_error", found.largest_step);
        host.metric("other_optima", static_cast<double>(found.other_optima));
        host.metric("flat_optima", static_cast<double>(found.flat_optima));
        error.largest = found.largest_difference;
        if (found.elsewhere() == 0) {
            error.bound = OptimumCheck::kSame;
        }
    }
    report_error(host, error);
}

// The memo's results are the full path's bit for bit.
void SparseObservationCase::verify_memo(assay::context& host) {
    UpdateError error{.largest = 0, .bound = 0};
    restart();
    for (std::size_t position = 0; position < ring_.positions(); ++position) {
        const FullStep& full = full_steps_[position];
        const double energy = infer(position).free_energy;
        last_ = position;
        error.values += q_.values().size() + 1;
        if (q_ != full.q || energy != full.result.free_energy) {
            throw assay::wrong_result(
                "beliefs kept at observation " + std::to_string(position) + " differ by " +
                number_text(ai::largest_change(q_.values(), full.q.values())) +
                " from the full path's, expected the same bits");
        }
    }
    report_error(host, error);
}

SparseObservationCase::Counts SparseObservationCase::counts() const noexcept {
    const ai::InferenceWork work =
        path_ == UpdatePath::selective ? selective_.work() : full_.work();
    return {.likelihood = selective_.likelihood().work(),
            .iteration = {.contractions = static_cast<std::int64_t>(work.contractions),
                          .multiply_adds = static_cast<std::int64_t>(work.multiply_adds)},
            .sweeps = sweeps(),
            .rebases = selective_.likelihood().rebases()};
}

void SparseObservationCase::prepare(assay::batch&) {
    restart();
    before_ = counts();
}

void SparseObservationCase::run(assay::batch& batch) {
    running_ = &batch;
    digest_ = {};
    std::uint64_t passes = 0;
    while (passes < batch.iterations() && pass(batch)) {
        ++passes;
    }
    batch.done(passes);
    running_ = nullptr;
}

// False where the batch was cancelled on the way.
bool SparseObservationCase::pass(const assay::batch& batch) noexcept {
    for (std::size_t position = 0; position < ring_.positions(); ++position) {
        if (batch.cancelled()) {
            return false;
        }
        const bool changed = !repeats(position);
        const std::int64_t before = sweeps();
        digest_.add(infer(position).free_energy);
        digest_.add(beliefs().values().front());
        last_ = position;
        if (changed) {
            ++changed_.observations;
            changed_.sweeps += sweeps() - before;
            changed_.full_sweeps += static_cast<std::int64_t>(full_steps_[position].result.sweeps);
        }
    }
    return true;
}

ai::UpdateWork SparseObservationCase::work_of(std::int64_t passes,
                                              const Counts& now) const noexcept {
    ai::UpdateWork work;
    work.total = passes * full_pass_;
    work.done = now.iteration - before_.iteration;
    const std::int64_t swept = now.sweeps - before_.sweeps;
    work.skipped = (passes * full_sweeps_ - swept) * sweep_cost_;
    if (path_ == UpdatePath::selective) {
        const ai::UpdateWork likelihood = now.likelihood - before_.likelihood;
        work.done += likelihood.done;
        work.skipped += likelihood.skipped;
        return work;
    }
    const std::int64_t observations = passes * static_cast<std::int64_t>(ring_.positions());
    const std::int64_t summed = path_ == UpdatePath::full ? observations : changed_.observations;
    work.done.multiply_adds += summed * sum_ops(model_);
    work.skipped.multiply_adds += (observations - summed) * sum_ops(model_);
    return work;
}

ai::UpdateWork SparseObservationCase::changed_work(const Counts& now) const noexcept {
    const ai::UpdateCost sums{.multiply_adds = changed_.observations * sum_ops(model_)};
    ai::UpdateWork work;
    work.total = changed_.full_sweeps * sweep_cost_ + sums;
    work.done = changed_.sweeps * sweep_cost_;
    // Where nothing changed the likelihood takes nothing, so that all of it is theirs.
    work.done += path_ == UpdatePath::selective ? (now.likelihood - before_.likelihood).done : sums;
    work.skipped = work.total - work.done;
    return work;
}

void SparseObservationCase::finish(assay::batch& batch, assay::context& host) {
    batch.checksum(digest_.value());
    // Of a pass that was cut short nobody knows what the full path would have taken.
    if (batch.is_warmup() || batch.done() < batch.iterations() || batch.done() == 0) {
        return;
    }
    const Counts now = counts();
    const BatchReport report(host, batch.done());
    const auto observations = static_cast<std::int64_t>(batch.done() * ring_.positions());
    const std::int64_t swept = now.sweeps - before_.sweeps;
    const std::int64_t unchanged = observations - changed_.observations;
    const ai::UpdateWork changed = changed_work(now);
    report.work(work_of(static_cast<std::int64_t>(batch.done()), now));
    report.count("rebases", static_cast<std::int64_t>(now.rebases - before_.rebases));
    report.count("sweeps", swept);
    report.count("observations", observations);
    report.share("sweeps_per_observation", swept, observations);
    report.count("unchanged", unchanged);
    report.share("unchanged_share", unchanged, observations);
    report.count("changed", changed_.observations);
    report.count("changed_sweeps", changed_.sweeps);
    report.share("sweeps_per_changed", changed_.sweeps, changed_.observations);
    report.count("changed_ops_skipped", changed.skipped.ops());
    report.count("changed_ops_total", changed.total.ops());
    report.share("changed_savings", changed.skipped.ops(), changed.total.ops());
}

} // namespace assay::selective_updates

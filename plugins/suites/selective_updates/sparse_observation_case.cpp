#include "sparse_observation_case.hpp"

#include "active_inference/hierarchy/belief_change.hpp"
#include "active_inference/random_model.hpp"
#include "active_inference/random_source.hpp"
#include "active_inference/state_inference/joint_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace assay::selective_updates {

namespace ai = active_inference;

namespace {

constexpr std::size_t kFactors = 3, kModalities = 3;
constexpr std::uint32_t kOutcomes = 5;
// As many as steps to a rebase: a pass has at most one.
constexpr std::size_t kPositions = ai::kRebaseSteps;
constexpr std::uint64_t kModelSeed = 1, kStreamSeed = 2;
constexpr std::size_t kSweepsMax = 200;
constexpr double kTolerance = 1e-12; // of the free energy
// Beliefs that stopped at the same optimum, from wherever they came: F is a parabola there, so that
// a change of 1e-12 leaves them within its root, times what is left of the way.
constexpr double kSameOptimum = 1e-5;
constexpr double kOtherOptimum = 1e-9; // of the free energy
// Each takes at least two sweeps: the first change of F is that of the likelihood.
constexpr std::size_t kSettlingRounds = 2000;
constexpr std::size_t kModelBytesMax = std::size_t{1} << 30; // per launch

std::size_t states_of(const assay::params& params) {
    const std::size_t states = size_between(params, "states", {.least = 2, .most = 512});
    // Every likelihood and its logarithm, twice: both paths keep them.
    const std::size_t bytes =
        states * states * states * (4 * kOutcomes * kModalities + 8) * sizeof(double);
    if (bytes > kModelBytesMax) {
        throw assay::skip("states=" + std::to_string(states) + " needs tables of " +
                          std::to_string(bytes) + " bytes, more than " +
                          std::to_string(kModelBytesMax));
    }
    return states;
}

ai::FactoredModel model_of(const assay::params& params) {
    return ai::random_model({.state_counts = std::vector<std::size_t>(kFactors, states_of(params)),
                             .action_counts = std::vector<std::size_t>(kFactors, 1),
                             .outcome_counts = std::vector<std::size_t>(kModalities, kOutcomes)},
                            ai::derived_seed(params.seed(), kModelSeed));
}

ChangeRing ring_of(const assay::params& params) {
    const double share = number_between(params, "change_rate", {.least = 0, .most = 1});
    return ChangeRing(
        {.positions = kPositions, .components = kModalities, .values = kOutcomes, .share = share},
        ai::derived_seed(params.seed(), kStreamSeed));
}

constexpr ai::LogLikelihoodOptions kLikelihood{.dialect = ai::LogDialect::eps, .cached = true};

// Additions to sum the modalities' tables.
std::int64_t sum_ops(const ai::FactoredModel& model) {
    return static_cast<std::int64_t>(kModalities * model.likelihoods[0].data.size() / kOutcomes);
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
    add_path_axis(family);
    add_update_metrics(family);
    add_rebase_metric(family);
    family.metric("sweeps", "{sweep}", no_direction, assay::sum)
        .help("of the fixed-point iteration");
    family.metric("observations", "{observation}", no_direction, assay::sum)
        .help("256 for every iteration");
    family
        .metric("sweeps_per_observation", "{sweep}", lower, assay::ratio("sweeps", "observations"))
        .help("sweeps / observations");
    family.metric("sum_error", "1", lower, assay::max)
        .help("largest difference of L = sum of l_m, held to 1e-12 for every step since a rebase");
    family.metric("other_optima", "{observation}", no_direction, assay::sum)
        .help("verified observations where the warm start came to another optimum")
        .exact();
    family.metric("flat_optima", "{observation}", no_direction, assay::sum)
        .help(
            "verified observations where the paths stopped more than 1e-5 apart on the way to one")
        .exact();
}

SparseObservationCase::SparseObservationCase(const assay::params& params)
    : path_(path_of(params))
    , model_(model_of(params))
    , ring_(ring_of(params))
    , prior_(ai::prior_beliefs(model_))
    , full_(model_, iteration_options(), kLikelihood)
    , selective_(model_, iteration_options(), kLikelihood)
    , q_(model_.state_counts) {
    for (std::size_t position = 0; position < ring_.positions(); ++position) {
        for (std::size_t m = 0; m < kModalities; ++m) {
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
    return ai::Observation(outcomes_).subspan(position * kModalities, kModalities);
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
    q_ = prior_;
    result_ = full_.refine(observation(position), prior_, q_);
    sweeps_ += static_cast<std::int64_t>(result_.sweeps);
    return result_;
}

const ai::Beliefs& SparseObservationCase::beliefs() const noexcept {
    return path_ == UpdatePath::selective ? selective_.beliefs() : q_;
}

void SparseObservationCase::restart() noexcept {
    selective_.forget();
    (void)selective_(observation(ring_.positions() - 1), prior_);
}

void SparseObservationCase::compare_sums(std::size_t position,
                                         std::span<const double> expected,
                                         Verification& found) const {
    const double* const sums = selective_.likelihood().tables()[0];
    const std::size_t steps = selective_.likelihood().steps() + 1;
    for (std::size_t s = 0; s < expected.size(); ++s) {
        found.sum_error = std::max(found.sum_error, std::abs(sums[s] - expected[s]));
        if (!(std::abs(sums[s] - expected[s]) <= ai::kErrorPerStep * static_cast<double>(steps))) {
            throw assay::wrong_result("log-likelihood " + std::to_string(s) + " at observation " +
                                      std::to_string(position) + " is " + std::to_string(sums[s]) +
                                      ", expected " + std::to_string(expected[s]) +
                                      " within 1e-12 for each of " + std::to_string(steps) +
                                      " steps");
        }
    }
    found.error.values += expected.size();
}

// Beliefs elsewhere are right where they belong to another optimum, and then the free energy tells,
// or where an optimum is so flat that both stopped on the way to it: then going on leads both
// there.
void SparseObservationCase::compare_beliefs(std::size_t position, Verification& found) {
    const FullStep& full = full_steps_[position];
    const double difference = ai::largest_change(selective_.beliefs().values(), full.q.values());
    found.error.values += full.q.values().size();
    found.error.largest = std::max(*found.error.largest, difference);
    if (difference <= kSameOptimum) {
        return;
    }
    const double apart = std::abs(selective_.result().free_energy - full.result.free_energy);
    if (apart > kOtherOptimum) {
        ++found.other_optima;
        return;
    }
    const double left = ai::largest_change(settled(position, selective_.beliefs()).values(),
                                           settled(position, full.q).values());
    if (!(left <= kSameOptimum)) {
        throw assay::wrong_result("beliefs at observation " + std::to_string(position) +
                                  " differ by " + std::to_string(difference) + ", and by " +
                                  std::to_string(left) +
                                  " when both are iterated on, at equal free energy; expected " +
                                  "equal beliefs or another optimum");
    }
    ++found.flat_optima;
}

// Where the full path's iteration leads from these beliefs, long after it would have stopped.
ai::Beliefs SparseObservationCase::settled(std::size_t position, ai::Beliefs q) noexcept {
    for (std::size_t round = 0; round < kSettlingRounds; ++round) {
        (void)full_.refine(observation(position), prior_, q);
    }
    return q;
}

// Two passes, so that the sums grow old and are rebased.
void SparseObservationCase::verify(assay::context& host) {
    Verification found;
    ai::JointLikelihood joint(model_, ai::modality_groups(model_), kLikelihood);
    restart();
    for (std::size_t step = 0; step < 2 * ring_.positions(); ++step) {
        const std::size_t position = step % ring_.positions();
        (void)selective_(observation(position), prior_);
        joint.observe(observation(position));
        compare_sums(position, {joint.tables()[0], joint.groups()[0].entries}, found);
        compare_beliefs(position, found);
    }
    if (path_ == UpdatePath::full) {
        found.error.largest.reset();
    } else {
        host.metric("sum_error", found.sum_error);
        host.metric("other_optima", static_cast<double>(found.other_optima));
        host.metric("flat_optima", static_cast<double>(found.flat_optima));
        if (found.other_optima + found.flat_optima == 0) {
            found.error.bound = kSameOptimum;
        }
    }
    report_error(host, found.error);
}

SparseObservationCase::Counts SparseObservationCase::counts() const noexcept {
    const bool full = path_ == UpdatePath::full;
    const ai::InferenceWork work = full ? full_.work() : selective_.work();
    return {.likelihood = selective_.likelihood().work(),
            .iteration = {.contractions = static_cast<std::int64_t>(work.contractions),
                          .multiply_adds = static_cast<std::int64_t>(work.multiply_adds)},
            .sweeps = full ? sweeps_ : static_cast<std::int64_t>(selective_.sweeps()),
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
        digest_.add(infer(position).free_energy);
        digest_.add(beliefs().values().front());
    }
    return true;
}

ai::UpdateWork SparseObservationCase::work_of(std::int64_t passes,
                                              const Counts& now) const noexcept {
    ai::UpdateWork work;
    work.total = passes * full_pass_;
    work.done = now.iteration - before_.iteration;
    if (path_ == UpdatePath::full) {
        const std::int64_t observations = passes * static_cast<std::int64_t>(ring_.positions());
        work.done.multiply_adds += observations * sum_ops(model_);
        return work;
    }
    const ai::UpdateWork likelihood = now.likelihood - before_.likelihood;
    work.done += likelihood.done;
    work.skipped = likelihood.skipped;
    work.skipped += (passes * full_sweeps_ - (now.sweeps - before_.sweeps)) * sweep_cost_;
    return work;
}

void SparseObservationCase::finish(assay::batch& batch, assay::context& host) {
    batch.checksum(digest_.value());
    // Of a pass that was cut short nobody knows what the full path would have taken.
    if (batch.is_warmup() || batch.done() < batch.iterations()) {
        return;
    }
    const Counts now = counts();
    report_work(host, work_of(static_cast<std::int64_t>(batch.done()), now));
    report_rebases(host, now.rebases - before_.rebases);
    host.metric("sweeps", static_cast<double>(now.sweeps - before_.sweeps));
    host.metric("observations", static_cast<double>(batch.done() * ring_.positions()));
}

} // namespace assay::selective_updates

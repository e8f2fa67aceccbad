#include "active_inference/state_inference/fixed_point_iteration.hpp"

#include "active_inference/logarithm.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace assay::active_inference {
namespace {

double dot(std::span<const double> left, const double* right) noexcept {
    double sum = 0;
    for (std::size_t s = 0; s < left.size(); ++s) {
        sum += left[s] * right[s];
    }
    return sum;
}

// Returns the logarithms it took: equal neighbours share one, as in uniform beliefs.
std::uint64_t log_floored(std::span<const double> from, std::span<double> out) noexcept {
    std::uint64_t taken = 0;
    for (std::size_t s = 0; s < from.size(); ++s) {
        const bool shared = s > 0 && from[s] == from[s - 1];
        out[s] = shared ? out[s - 1] : log_eps(from[s]);
        taken += shared ? 0 : 1;
    }
    return taken;
}

// log_q <- log_q - ln sum exp(log_q), q <- exp of it: the logarithm of every entry is there without
// taking it. Where q falls below 1e-16 it is lower than ln(q + 1e-16), times a q that is nothing.
void normalise_log(std::span<double> log_q, std::span<double> q) noexcept {
    const double highest = *std::ranges::max_element(log_q);
    double sum = 0;
    for (std::size_t s = 0; s < q.size(); ++s) {
        q[s] = std::exp(log_q[s] - highest);
        sum += q[s];
    }
    const double log_sum = highest + std::log(sum);
    const double share = 1 / sum;
    for (std::size_t s = 0; s < q.size(); ++s) {
        q[s] *= share;
        log_q[s] -= log_sum;
    }
}

} // namespace

FixedPointIteration::FixedPointIteration(std::span<const std::size_t> state_counts,
                                         std::span<const ModalityGroup> groups,
                                         FixedPointOptions options)
    : options_(std::move(options))
    , places_(state_counts.size())
    , expectations_(groups.size())
    , log_prior_(state_counts)
    , log_q_(state_counts)
    , old_q_(state_counts) {
    for (std::size_t group = 0; group < groups.size(); ++group) {
        const MeanField& field = fields_.emplace_back(groups[group]);
        for (std::size_t member = 0; member < field.size(); ++member) {
            places_[field.factor(member)].push_back(
                {.group = group, .member = member, .last = member + 1 == field.size()});
        }
    }
}

FixedPointResult FixedPointIteration::operator()(std::span<const double* const> tables,
                                                 const Beliefs& prior,
                                                 Beliefs& q) noexcept {
    start(prior, q);
    const bool exact = q.size() == 1;
    const bool stops_early = options_.tolerance > 0;
    const std::size_t limit = exact ? 1 : options_.max_sweeps;
    FixedPointResult result;
    result.free_energy = complexity(q);
    while (result.sweeps < limit && !result.converged) {
        if (options_.cancelled && options_.cancelled()) {
            result.cancelled = true;
            break;
        }
        sweep(tables, q);
        ++result.sweeps;
        // Without a tolerance nobody reads F before the last change.
        if (stops_early || options_.cancelled || result.sweeps + 1 >= limit) {
            const double before = std::exchange(result.free_energy, free_energy(tables, q));
            result.change = exact ? 0 : std::abs(result.free_energy - before);
            result.converged = exact || (stops_early && result.change < options_.tolerance);
        }
    }
    return result;
}

void FixedPointIteration::start(const Beliefs& prior, const Beliefs& q) noexcept {
    work_.logarithms += log_floored(prior.values(), log_prior_.values());
    work_.logarithms += log_floored(q.values(), log_q_.values());
}

void FixedPointIteration::sweep(std::span<const double* const> tables, Beliefs& q) noexcept {
    const bool sequential = options_.schedule == Schedule::sequential;
    if (!sequential) {
        old_q_ = q;
    }
    for (std::size_t factor = 0; factor < q.size(); ++factor) {
        update(factor, tables, sequential ? q : old_q_, q[factor]);
    }
}

void FixedPointIteration::update(std::size_t factor,
                                 std::span<const double* const> tables,
                                 const Beliefs& seen,
                                 std::span<double> q) noexcept {
    const std::span<double> log_q = log_q_[factor];
    // One factor has nothing to swing with: its single sweep is exact.
    const bool damped = options_.schedule == Schedule::parallel_damped && log_q_.size() > 1;
    const double kept = damped ? options_.damping : 0;
    const double fresh = 1 - kept;
    const std::span<const double> log_prior = log_prior_[factor];
    for (std::size_t s = 0; s < log_q.size(); ++s) {
        log_q[s] = damped ? kept * log_q[s] + fresh * log_prior[s] : log_prior[s];
    }
    for (const Place& place : places_[factor]) {
        const double* const field =
            fields_[place.group](place.member, tables[place.group], seen, work_);
        for (std::size_t s = 0; s < log_q.size(); ++s) {
            log_q[s] += damped ? fresh * field[s] : field[s];
        }
    }
    normalise_log(log_q, q);
    if (options_.schedule != Schedule::sequential) {
        return;
    }
    // The last factor of a group is weighed against its final others: E_q[L] for one product. The
    // field of the last member is there until the next sweep.
    for (const Place& place : places_[factor]) {
        if (place.last) {
            expectations_[place.group] =
                dot(q, fields_[place.group].last_field(tables[place.group]));
        }
    }
}

double FixedPointIteration::complexity(const Beliefs& q) const noexcept {
    double sum = 0;
    for (std::size_t at = 0; at < q.values().size(); ++at) {
        sum += q.values()[at] * (log_q_.values()[at] - log_prior_.values()[at]);
    }
    return sum;
}

double FixedPointIteration::free_energy(std::span<const double* const> tables,
                                        const Beliefs& q) noexcept {
    double sum = complexity(q);
    for (std::size_t group = 0; group < fields_.size(); ++group) {
        const bool kept = options_.schedule == Schedule::sequential && fields_[group].size() > 0;
        sum -= kept ? expectations_[group] : fields_[group].expectation(tables[group], q, work_);
    }
    return sum;
}

} // namespace assay::active_inference

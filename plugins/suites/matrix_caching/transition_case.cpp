#include "transition_case.hpp"

#include "active_inference/random_source.hpp"
#include "path_verification.hpp"

#include <algorithm>
#include <string>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kVerifySeed = 3, kFillSeed = 4, kBatchSeed = 5;
constexpr std::size_t kModelBytesMax = std::size_t{256} << 20; // per launch, beside everything else
// Multiply-adds spent on verification, and the requests they are spread over: some 20 ms.
constexpr std::uint64_t kVerifyOps = 40'000'000;
constexpr std::uint64_t kVerifyRequestsMin = 64, kVerifyRequestsMax = 1024;

TransitionAxes axes_of(const assay::params& params) {
    TransitionAxes axes{params.size("states"), params.size("depth"), {}, params.seed()};
    if (axes.states < 1 || axes.states > kStatesMax) {
        throw assay::config_error("states=" + std::to_string(axes.states) + ": expected 1 to " +
                                  std::to_string(kStatesMax));
    }
    if (axes.depth < 1 || axes.depth > kDepthMax) {
        throw assay::config_error("depth=" + std::to_string(axes.depth) + ": expected 1 to " +
                                  std::to_string(kDepthMax));
    }
    const std::string name = params.str("stream");
    const auto stream = stream_configuration_from(name);
    if (!stream) {
        throw assay::config_error("stream=" + name + ": expected " + stream_form());
    }
    axes.stream = *stream;
    if (const std::size_t bytes = model_bytes(axes); bytes > kModelBytesMax) {
        throw assay::skip("stream=" + name + " needs a model of " + std::to_string(bytes) +
                          " bytes, more than " + std::to_string(kModelBytesMax));
    }
    return axes;
}

PathConfiguration path_of(const assay::params& params) {
    const std::string name = params.str("path");
    const auto path = path_configuration_from(name);
    if (!path) {
        throw assay::config_error("path=" + name + ": expected " + path_form());
    }
    return *path;
}

std::variant<ai::FullTransitions, ai::CachedTransitions>
make_path(const TransitionWorkload& work, const PathConfiguration& configuration) {
    if (configuration.cached) {
        return std::variant<ai::FullTransitions, ai::CachedTransitions>(
            std::in_place_type<ai::CachedTransitions>, work.matrices(), configuration.cache);
    }
    return ai::FullTransitions(work.matrices());
}

} // namespace

TransitionCase::TransitionCase(const assay::params& params)
    : work_(axes_of(params))
    , configuration_(path_of(params))
    , path_(make_path(work_, configuration_))
    , seen_(work_.request_count()) {
    if (configuration_.cached && configuration_.phase != Phase::cold) {
        fill_cache();
    }
}

TransitionCase::Counts TransitionCase::counts() noexcept {
    if (const CachedPath* path = cached()) {
        return {path->work(), path->counts(), path->cache().counts().evictions};
    }
    return {std::get<FullPath>(path_).work(), {}, 0};
}

void TransitionCase::answer(const std::vector<TransitionRequest>& requests) {
    for (const TransitionRequest& request : requests) {
        if (CachedPath* path = cached()) {
            assay::keep(path->fetch(request.factor, work_.actions(request)).product.data());
        }
    }
}

// warm: every key once. steady: as the stream itself would have filled it, twice as many requests
// as there are keys; what is still missing then comes with the first batches.
void TransitionCase::fill_cache() {
    std::vector<TransitionRequest> requests(work_.request_count());
    if (configuration_.phase == Phase::warm) {
        for (std::uint32_t key = 0; key < work_.request_count(); ++key) {
            requests[key] = work_.request(key);
        }
        answer(requests);
        const std::uint64_t missed =
            cached()->cache().counts().evictions + cached()->cache().counts().rejections;
        if (missed != 0) {
            throw assay::skip("a warm cache needs a working set that fits: " +
                              std::to_string(work_.entry_bytes()) + " bytes of entries, limit " +
                              std::to_string(configuration_.cache.limit_bytes));
        }
        return;
    }
    requests.resize(2 * requests.size());
    work_.draw(ai::derived_seed(work_.axes().seed, kFillSeed), requests);
    answer(requests);
}

void TransitionCase::verify(assay::context& host) {
    const TransitionAxes& axes = work_.axes();
    const std::uint64_t ops = ai::request_work(axes.states, axes.depth).ops_done;
    std::vector<TransitionRequest> requests(
        std::clamp(kVerifyOps / ops, kVerifyRequestsMin, kVerifyRequestsMax));
    work_.draw(ai::derived_seed(axes.seed, kVerifySeed), requests);
    ai::FullTransitions full(work_.matrices());
    Verification verification;
    if (CachedPath* path = cached()) {
        // Twice: what was computed the first time is found the second time.
        std::vector<TransitionRequest> twice = requests;
        twice.insert(twice.end(), requests.begin(), requests.end());
        verification = verify_requests(
            work_,
            twice,
            [&](std::size_t factor, ai::ActionSequence actions) {
                return path->fetch(factor, actions);
            },
            [&](std::size_t factor, ai::ActionSequence actions, const ai::StepTransition& found) {
                return bitwise_difference(full.fetch(factor, actions), found);
            });
    } else {
        verification = verify_requests(
            work_,
            requests,
            [&](std::size_t factor, ai::ActionSequence actions) {
                return std::get<FullPath>(path_).fetch(factor, actions);
            },
            [&](std::size_t factor, ai::ActionSequence actions, const ai::StepTransition& found) {
                return reference_difference(work_.matrices(), factor, actions, found);
            });
    }
    if (verification.difference) {
        throw assay::wrong_result(*verification.difference);
    }
    host.metric("values_verified", static_cast<double>(verification.values_compared));
}

// Of seed and lane of the batch alone, so that the full twin is asked the same.
std::uint64_t TransitionCase::batch_seed(const assay::batch& batch) const noexcept {
    return ai::derived_seed(ai::derived_seed(batch.seed(), kBatchSeed), batch.lane().index);
}

void TransitionCase::prepare(assay::batch& batch) {
    ran_ = false;
    requests_.resize(static_cast<std::size_t>(batch.iterations()));
    const std::uint64_t seed = batch_seed(batch);
    work_.draw(seed, requests_);
    if (CachedPath* path = cached()) {
        if (configuration_.phase == Phase::cold) {
            path->clear_cache();
        } else if (configuration_.phase == Phase::steady) {
            // A batch begins anywhere in the working set. For a scan the cache must then hold what
            // the scan has just passed, or every batch would begin with hits that a scan never has.
            // Half as many again as fit: prefixes that are there already displace nothing.
            const std::uint64_t held = requests_in(
                configuration_.cache.limit_bytes, work_.axes().states, work_.axes().depth);
            lead_in_.resize(std::min<std::uint64_t>(work_.request_count(), held + held / 2 + 8));
            if (work_.draw_before(seed, lead_in_)) {
                answer(lead_in_);
            }
        }
    }
    before_ = counts();
}

void TransitionCase::run(assay::batch& batch) {
    std::visit(
        [&](auto& path) {
            ResultDigest digest;
            std::uint64_t done = 0;
            for (const TransitionRequest& request : requests_) {
                if (batch.cancelled()) {
                    break;
                }
                digest.add(path.fetch(request.factor, work_.actions(request)));
                ++done;
            }
            digest_ = digest;
            batch.done(done);
        },
        path_);
    ran_ = true;
}

void TransitionCase::finish(assay::batch& batch, assay::context& host) {
    if (!ran_) {
        return;
    }
    batch.checksum(digest_.value());
    const Counts now = counts();
    const ai::WorkCount one = ai::request_work(work_.axes().states, work_.axes().depth);
    const std::uint64_t total = batch.done() * one.ops_done;
    const std::uint64_t done = now.work.ops_done - before_.work.ops_done;
    const std::uint64_t skipped = now.work.ops_skipped - before_.work.ops_skipped;
    if (done + skipped != total) {
        throw assay::failure(ASSAY_E_FAIL,
                             "operations do not add up: " + std::to_string(done) + " done + " +
                                 std::to_string(skipped) + " skipped, expected " +
                                 std::to_string(total));
    }
    if (batch.is_warmup()) {
        return;
    }
    report_work(now, batch.done(), host);
    if (configuration_.has_cache()) {
        report_cache(now, batch.done(), host);
    }
}

void TransitionCase::report_work(const Counts& now, std::uint64_t done, assay::context& host) {
    const ai::WorkCount one = ai::request_work(work_.axes().states, work_.axes().depth);
    const std::uint64_t ops_done = now.work.ops_done - before_.work.ops_done;
    const std::uint64_t ops_skipped = now.work.ops_skipped - before_.work.ops_skipped;
    recorded_ops_done_ += ops_done;
    recorded_ops_skipped_ += ops_skipped;
    host.metric("contractions_done",
                static_cast<double>(now.work.contractions_done - before_.work.contractions_done));
    host.metric(
        "contractions_skipped",
        static_cast<double>(now.work.contractions_skipped - before_.work.contractions_skipped));
    host.metric("ops_done", static_cast<double>(ops_done));
    host.metric("ops_skipped", static_cast<double>(ops_skipped));
    host.metric("ops_total", static_cast<double>(done * one.ops_done));
}

void TransitionCase::report_cache(const Counts& now, std::uint64_t done, assay::context& host) {
    const ai::ByteCache& cache = cached()->cache();
    for (std::uint64_t i = 0; i < done; ++i) {
        const std::uint32_t key = work_.key_of(requests_[i]);
        distinct_ += seen_[key] ? 0 : 1;
        seen_[key] = true;
    }
    host.metric("lookups", static_cast<double>(now.fetch.lookups - before_.fetch.lookups));
    host.metric("hits", static_cast<double>(now.fetch.hits - before_.fetch.hits));
    host.metric("misses", static_cast<double>(now.fetch.misses - before_.fetch.misses));
    host.metric("prefix_hits",
                static_cast<double>(now.fetch.prefix_hits - before_.fetch.prefix_hits));
    host.metric("evictions", static_cast<double>(now.evictions - before_.evictions));
    host.metric("distinct_keys", static_cast<double>(distinct_));
    host.metric("bytes_used", static_cast<double>(cache.bytes()));
    host.metric("memory_overhead", static_cast<double>(cache.counts().bytes_max + sizeof cache));
    if (!cost_) {
        cost_ = measure_access_cost(work_, configuration_.cache, [&] { return host.now_ns(); });
    }
    host.metric("build_time", cost_->build_ns);
    host.metric("hit_time", cost_->hit_ns);
    const double total = static_cast<double>(recorded_ops_done_ + recorded_ops_skipped_);
    if (total > 0) {
        host.metric("speedup_bound",
                    speedup_bound(static_cast<double>(recorded_ops_skipped_) / total, *cost_));
    }
}

} // namespace assay::matrix_caching

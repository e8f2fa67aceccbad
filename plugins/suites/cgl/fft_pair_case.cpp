#include "fft_pair_case.hpp"

#include "case_axes.hpp"
#include "case_config.hpp"
#include "planning.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace assay::cgl {
namespace {

constexpr std::uint64_t kMostPairsAtOnce = 64; // between two looks at whether to stop
constexpr std::int64_t kMostThreads = 256;

int threads_of(const assay::params& params) {
    const std::int64_t threads = params.i64("threads");
    if (threads < 1 || threads > kMostThreads) {
        throw assay::config_error("threads is " + std::to_string(threads) + ", expected 1 to " +
                                  std::to_string(kMostThreads));
    }
    return static_cast<int>(threads);
}

SubjectOptions pair_options(const assay::params& params) {
    return {.impl = Implementation::fft_only,
            .single_precision = is_single(params),
            .grid = {.n = params.size("n"), .length = 1},
            .stepping = {.method = Method::strang},
            .plans = {.threads = threads_of(params)},
            .warm_steps = 0};
}

} // namespace

void add_fft_pair(assay::suite& suite) {
    assay::family_builder family = suite.custom<FftPairCase>("fft_pair", assay::shape::independent);
    family.help("one forward and one backward transform of n x n complex numbers").tags("fft");
    family.axis("n", {64, 128, 256, 512, 1024})
        .unit("{point}")
        .help("points along each side")
        .quick({64, 256})
        .standard({64, 128, 256, 512});
    add_precision_axis(family);
    family.axis("threads", {1, 2})
        .unit("{thread}")
        .help("that FFTW shares one transform out to")
        .quick(1);
    family.metric("pairs", "{pair}/s", higher, assay::rate).help("pairs / wall seconds");
    family.metric("flops", "{flop}/s", higher, assay::rate)
        .derived()
        .help("nominal: 2 x 5 N log2 N, N = n^2, for each pair / wall seconds");
}

FftPairCase::FftPairCase(const assay::params& params)
    : options_(pair_options(params))
    , subject_(planned_subject(params, options_)) {}

void FftPairCase::verify(assay::context& host) {
    attach_config(host, options_);
    subject_->verify();
}

void FftPairCase::prepare(assay::batch&) {
    subject_->restart();
}

void FftPairCase::run(assay::batch& batch) {
    std::uint64_t done = 0;
    while (done < batch.iterations() && !batch.cancelled()) {
        const std::uint64_t some = std::min(batch.iterations() - done, kMostPairsAtOnce);
        subject_->pairs(static_cast<std::size_t>(some));
        done += some;
    }
    batch.done(done);
}

void FftPairCase::finish(assay::batch& batch, assay::context& host) {
    subject_->check_finite();
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    const auto done = static_cast<double>(batch.done());
    const auto points = static_cast<double>(options_.grid.points());
    host.metric("pairs", done);
    host.metric("flops", done * 2 * 5 * points * std::log2(points));
}

} // namespace assay::cgl

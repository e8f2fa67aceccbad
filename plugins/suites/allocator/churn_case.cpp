#include "churn_case.hpp"

#include "case_parameters.hpp"
#include "known_pattern.hpp"

#include <algorithm>
#include <cmath>

namespace assay::allocator_suite {
namespace {

constexpr std::size_t kLiveMost = 1'000'000;

Lifetimes lifetimes_of(const assay::params& params) {
    const std::string name = params.has("lifetimes") ? params.str("lifetimes") : "exponential";
    if (name != "exponential" && name != "phased") {
        throw assay::config_error("lifetimes=" + name + ": expected exponential or phased");
    }
    return name == "phased" ? Lifetimes::phased : Lifetimes::exponential;
}

// Of sizes that are even on a logarithmic scale.
std::size_t mean_size(std::size_t largest) {
    const auto least = static_cast<double>(kLeastBytes), most = static_cast<double>(largest);
    return largest <= kLeastBytes
               ? kLeastBytes
               : static_cast<std::size_t>((most - least) / std::log(most / least));
}

} // namespace

void add_churn(assay::suite& suite) {
    auto family = suite.custom<ChurnCase>("churn", assay::shape::independent);
    family.help("blocks of many sizes come and go: one is taken, as many are given back on average")
        .tags("nfcs", "memory")
        .stateful();
    family.axis("live", {1000, 10'000})
        .unit("{block}")
        .help("at once; phased: taken in a phase")
        .quick(1)
        .standard(2);
    family.axis("largest", {4096, 65'536})
        .unit("By")
        .help("sizes from 16 bytes to this, evenly on a logarithmic scale")
        .quick({65'536})
        .standard({65'536});
    family.axis("lifetimes", {"exponential", "phased"})
        .help("without memory, or to the end of a phase, one of 16 for 4 phases more");
    add_impl_axis(family);
    add_memory_metrics(family);
    add_peak_metric(family);
    add_new_metrics(family);
    add_verified_metric(family);
}

ChurnShape churn_shape_of(const assay::params& params) {
    const ChurnShape shape{
        .live = number_of(params, "live", {.most = kLiveMost}),
        .largest = number_of(params, "largest", {.least = kLeastBytes, .most = kLargestBlock}),
        .lifetimes = lifetimes_of(params)};
    require_room(params, shape.live, mean_size(shape.largest));
    return shape;
}

// Two turns: in the first the population grows, in the second it is steady.
ChurnCase::ChurnCase(const assay::params& params)
    : schedule_(churn_shape_of(params), params.seed())
    , ring_(schedule_, params.seed())
    , heap_(make_heap(params.str("impl")))
    , config_(config_text(params,
                          heap_,
                          {{"live", std::to_string(params.i64("live"))},
                           {"largest", std::to_string(params.i64("largest"))},
                           {"lifetimes", quoted(params.str("lifetimes"))},
                           {"steps_of_a_turn", std::to_string(schedule_.steps())}}))
    , seed_(params.seed()) {
    release(heap_);
    empty_.emplace(heap_);
    std::visit(
        [this](auto& heap) {
            ring_.steps(heap, schedule_.steps());
            counts_ = counted_new([&] { ring_.steps(heap, schedule_.steps()); });
        },
        heap_);
}

ChurnCase::~ChurnCase() {
    std::visit([this](auto& heap) { ring_.give_all(heap); }, heap_);
}

void ChurnCase::verify(assay::context& host) {
    host.attach("config.json", "application/json", config_);
    say_what_is_unavailable(host, heap_);
    check_half_freed(heap_);
    std::uint64_t blocks = check_contents(heap_, seed_);
    std::visit([this](auto& heap) { ring_.steps(heap, schedule_.steps()); }, heap_);
    if (ring_.damaged() != 0) {
        throw assay::wrong_result(std::to_string(ring_.damaged()) + " of " +
                                  std::to_string(schedule_.steps()) +
                                  " blocks lost what was written into them");
    }
    host.metric("blocks_verified", static_cast<double>(blocks + schedule_.steps()));
}

// Work and checksum are those of the seed: every batch begins where a turn does.
void ChurnCase::prepare(assay::batch&) {
    std::visit([this](auto& heap) { ring_.to_the_start(heap); }, heap_);
    ring_.forget_sum();
    is_peak_reset_ = reset_peak();
}

void ChurnCase::run(assay::batch& batch) {
    constexpr std::uint64_t kBetweenLooks = 4096;
    std::visit(
        [&](auto& heap) {
            std::uint64_t done = 0;
            while (done < batch.iterations() && !batch.cancelled()) {
                const std::uint64_t some = std::min(batch.iterations() - done, kBetweenLooks);
                ring_.steps(heap, some);
                done += some;
            }
            batch.done(done);
        },
        heap_);
}

void ChurnCase::finish(assay::batch& batch, assay::context& host) {
    if (ring_.damaged() != 0) {
        throw assay::wrong_result(std::to_string(ring_.damaged()) +
                                  " blocks lost what was written into them");
    }
    batch.items(batch.done());
    batch.checksum(ring_.sum() == 0 ? 1 : ring_.sum());
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    if (is_peak_reset_) {
        report_peak(host);
    }
    std::visit([this](auto& heap) { ring_.to_the_start(heap); }, heap_);
    report_memory(host, empty_->reading(heap_, ring_.live_bytes()));
    if (counts_) {
        report_new(host, *counts_, schedule_.steps());
    }
}

} // namespace assay::allocator_suite

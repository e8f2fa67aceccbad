#include "lanes_case.hpp"

#include "case_parameters.hpp"
#include "churn_case.hpp"
#include "known_pattern.hpp"

#include <algorithm>
#include <thread>

namespace assay::allocator_suite {

void add_lanes(assay::suite& suite) {
    const std::uint32_t most = std::max(std::thread::hardware_concurrency(), 1u);
    for (std::uint32_t lanes = 1; lanes <= most;
         lanes = lanes < most ? std::min(2 * lanes, most) : most + 1) {
        auto family =
            suite.custom<LanesCase>("lanes_" + std::to_string(lanes), assay::shape::independent);
        family
            .help("blocks come and go on " + std::to_string(lanes) +
                  (lanes == 1 ? " lane" : " lanes, each with its own population"))
            .tags("nfcs", "memory", "lanes")
            .stateful()
            .lanes(lanes)
            .clock(assay::clock::wall); // of one lane as of several: their rates are compared
        family.axis("live", {1000}).unit("{block}").help("at once, of each lane");
        family.axis("largest", {4096})
            .unit("By")
            .help("sizes from 16 bytes to this, evenly on a logarithmic scale");
        add_impl_axis(family);
        add_memory_metrics(family);
        add_verified_metric(family);
    }
}

LanesCase::LanesCase(const assay::params& params)
    : schedule_(churn_shape_of(params), params.seed())
    , seed_(params.seed()) {
    for (std::uint32_t lane = 0; lane < params.lanes(); ++lane) {
        seats_.push_back({.heap = make_heap(params.str("impl")), .ring = std::nullopt});
    }
    config_ = config_text(params,
                          seats_.front().heap,
                          {{"lanes", std::to_string(params.lanes())},
                           {"live", std::to_string(params.i64("live"))},
                           {"largest", std::to_string(params.i64("largest"))},
                           {"lifetimes", "\"exponential\""}});
    release(seats_.front().heap);
    empty_.emplace(seats_.front().heap);
}

LanesCase::~LanesCase() {
    for (Seat& seat : seats_) {
        if (seat.ring) {
            std::visit([&](auto& heap) { seat.ring->give_all(heap); }, seat.heap);
        }
    }
}

void LanesCase::verify(assay::context& host) {
    host.attach("config.json", "application/json", config_);
    Heap& heap = seats_.front().heap;
    say_what_is_unavailable(host, heap);
    check_half_freed(heap);
    host.metric("blocks_verified", static_cast<double>(check_contents(heap, seed_)));
}

// On the lane's thread, so that its blocks are where its thread's allocator puts them. The last one
// reads memory: the others wait, and nothing else has been taken yet.
void LanesCase::lane_enter(assay::lane lane) {
    Seat& seat = seats_[lane.index];
    seat.ring.emplace(schedule_, seed_ + lane.index);
    std::visit([&](auto& heap) { seat.ring->steps(heap, 2 * schedule_.steps()); }, seat.heap);
    if (entered_.fetch_add(1) + 1 == seats_.size()) {
        read_memory();
    }
}

void LanesCase::read_memory() {
    std::uint64_t live = 0;
    std::vector<const Heap*> heaps;
    for (const Seat& seat : seats_) {
        live += seat.ring->live_bytes();
        heaps.push_back(&seat.heap);
    }
    memory_ = empty_->reading(heaps, live);
}

void LanesCase::prepare(assay::batch& batch) {
    Seat& seat = seats_[batch.lane().index];
    std::visit([&](auto& heap) { seat.ring->to_the_start(heap); }, seat.heap);
    seat.ring->forget_sum();
}

void LanesCase::run(assay::batch& batch) {
    constexpr std::uint64_t kBetweenLooksOfLane = 4096;
    Seat& seat = seats_[batch.lane().index];
    std::visit(
        [&](auto& heap) {
            std::uint64_t done = 0;
            while (done < batch.iterations() && !batch.cancelled()) {
                const std::uint64_t some = std::min(batch.iterations() - done, kBetweenLooksOfLane);
                seat.ring->steps(heap, some);
                done += some;
            }
            batch.done(done);
        },
        seat.heap);
}

void LanesCase::finish(assay::batch& batch, assay::context& host) {
    const ChurnRing& ring = *seats_[batch.lane().index].ring;
    if (ring.damaged() != 0) {
        throw assay::wrong_result(std::to_string(ring.damaged()) +
                                  " blocks lost what was written into them");
    }
    batch.items(batch.done());
    batch.checksum(ring.sum() == 0 ? 1 : ring.sum());
    if (!batch.is_warmup() && batch.done() > 0 && batch.lane().index == 0) {
        report_memory(host, memory_);
    }
}

} // namespace assay::allocator_suite

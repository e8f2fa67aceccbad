#include "scaling_case.hpp"

#include "block_mark.hpp"
#include "case_parameters.hpp"
#include "known_pattern.hpp"
#include "memory_metrics.hpp"

namespace assay::allocator_suite {
namespace {

constexpr std::size_t kDoubles = 100;     // of a block of `scaling`
constexpr std::size_t kComplexBytes = 16; // of a point of `buffer`
constexpr std::size_t kBlocksMost = 5'000'000, kSideMost = 16'384;
constexpr std::size_t kCacheOfThread = 64; // held while memory is read: caches are empty then

std::size_t count_of_blocks(const assay::params& params) {
    return params.has("n") ? number_of(params, "n", {.most = kBlocksMost}) : 1;
}

std::size_t bytes_of_block(const assay::params& params) {
    if (params.has("n")) {
        return kDoubles * sizeof(double);
    }
    const std::size_t side = number_of(params, "side", {.most = kSideMost});
    return side * side * kComplexBytes;
}

void add_scaling_metrics(assay::family_builder family) {
    add_impl_axis(family);
    add_memory_metrics(family);
    add_peak_metric(family);
    add_new_metrics(family);
    add_verified_metric(family);
}

} // namespace

void add_scaling(assay::suite& suite) {
    auto family = suite.custom<ScalingCase>("scaling", assay::shape::independent);
    family.help("n blocks of 100 doubles taken, written into, read and given back in that order")
        .tags("nfcs", "memory");
    family.axis("n", {1000, 10'000, 100'000, 1'000'000})
        .unit("{block}")
        .help("live at once")
        .quick(2)
        .standard(3);
    add_scaling_metrics(family);
}

void add_buffer(assay::suite& suite) {
    auto family = suite.custom<ScalingCase>("buffer", assay::shape::independent);
    family
        .help("one buffer of side * side complex numbers, as a transform wants it, all pages "
              "written into")
        .tags("nfcs", "memory");
    family.axis("side", {64, 256, 1024}).help("of the square").quick({256, 1024});
    add_scaling_metrics(family);
}

ScalingCase::ScalingCase(const assay::params& params)
    : count_(count_of_blocks(params))
    , bytes_(bytes_of_block(params))
    , heap_(make_heap(params.str("impl"))) {
    require_room(params, count_, bytes_);
    config_ = config_text(
        params,
        heap_,
        {{"blocks", std::to_string(count_)}, {"bytes_of_block", std::to_string(bytes_)}});
    blocks_.reserve(count_);
    read_memory();
}

ScalingCase::~ScalingCase() {
    std::visit([this](auto& heap) { give_all(heap); }, heap_);
}

template <class One>
void ScalingCase::take_all(One& heap) {
    for (std::size_t i = 0; i < count_; ++i) {
        void* const block = heap.take(bytes_);
        mark(block, bytes_, word_of(seed_, i));
        blocks_.push_back(block);
    }
}

// Also what is left of a batch that ran out of memory.
template <class One>
void ScalingCase::give_all(One& heap) {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const std::uint64_t word = word_of(seed_, i);
        damaged_ += is_marked(blocks_[i], bytes_, word) ? 0 : 1;
        sum_ = sum_ * 0xBF58476D1CE4E5B9ull + word;
        heap.give(blocks_[i], bytes_);
    }
    blocks_.clear();
}

void ScalingCase::verify(assay::context& host) {
    host.attach("config.json", "application/json", config_);
    say_what_is_unavailable(host, heap_);
    check_half_freed(heap_);
    std::uint64_t blocks = check_contents(heap_, seed_);
    std::visit(
        [this](auto& heap) {
            take_all(heap);
            give_all(heap);
        },
        heap_);
    if (damaged_ != 0) {
        throw assay::wrong_result(std::to_string(damaged_) + " of " + std::to_string(count_) +
                                  " blocks lost what was written into them");
    }
    host.metric("blocks_verified", static_cast<double>(blocks + count_));
}

void ScalingCase::prepare(assay::batch& batch) {
    seed_ = batch.seed();
    sum_ = 0;
    is_peak_reset_ = reset_peak();
}

void ScalingCase::run(assay::batch& batch) {
    std::visit(
        [&](auto& heap) {
            std::uint64_t done = 0;
            for (; done < batch.iterations() && !batch.cancelled(); ++done) {
                take_all(heap);
                give_all(heap);
            }
            batch.done(done);
        },
        heap_);
}

void ScalingCase::finish(assay::batch& batch, assay::context& host) {
    if (damaged_ != 0) {
        throw assay::wrong_result(std::to_string(damaged_) +
                                  " blocks lost what was written into them");
    }
    batch.checksum(sum_ == 0 ? 1 : sum_);
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    if (is_peak_reset_) {
        report_peak(host);
    }
    report_memory(host, memory_);
    if (counts_) {
        report_new(host, *counts_, 1);
    }
}

// Before anything is timed: later an allocator keeps what it once had, and resident memory would
// not grow by what these blocks need.
void ScalingCase::read_memory() {
    std::vector<void*> kept(count_ > 1 ? kCacheOfThread : 0);
    std::visit(
        [&](auto& heap) {
            heap.release();
            for (void*& block : kept) {
                block = heap.take(bytes_);
            }
            const MemoryReader reader(heap_);
            counts_ = counted_new([&] { take_all(heap); });
            memory_ = reader.reading(heap_, count_ * bytes_);
            give_all(heap);
            for (void* const block : kept) {
                heap.give(block, bytes_);
            }
        },
        heap_);
}

} // namespace assay::allocator_suite

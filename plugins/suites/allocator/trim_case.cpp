#include "trim_case.hpp"

#include "block_mark.hpp"
#include "case_parameters.hpp"
#include "churn_schedule.hpp"
#include "known_pattern.hpp"
#include "memory_metrics.hpp"

namespace assay::allocator_suite {
namespace {

constexpr std::size_t kKeptOneOf = 64;
constexpr std::size_t kTrimLargest = 4096, kTrimBlocksMost = 1'000'000;

std::optional<ResidentMemory> resident_unless_sanitized() {
    return sanitizer_here().empty() ? resident_memory() : std::nullopt;
}

} // namespace

void add_trim(assay::suite& suite) {
    auto family = suite.custom<TrimCase>("trim", assay::shape::single);
    family
        .help("one release: malloc_trim(0), the arena's, or oneTBB's, after 63 of 64 blocks of 16 "
              "to 4096 bytes were given back")
        .tags("nfcs", "memory");
    family.axis("n", {1000, 10'000, 100'000})
        .unit("{block}")
        .help("taken before most are given back")
        .quick({10'000});
    add_impl_axis(family);
    family.metric("reclaimable_bytes", "By", assay::no_direction, assay::sum)
        .help("resident memory that came with the blocks, without what those that stay asked for");
    family.metric("released_bytes", "By", assay::no_direction, assay::sum)
        .help("by how much resident memory fell");
    family
        .metric("released_share",
                "1",
                assay::higher,
                assay::ratio("released_bytes", "reclaimable_bytes"))
        .help("released_bytes / reclaimable_bytes");
    add_verified_metric(family);
}

TrimCase::TrimCase(const assay::params& params)
    : sizes_(drawn_sizes(
          number_of(params, "n", {.most = kTrimBlocksMost}), kTrimLargest, params.seed()))
    , heap_(make_heap(params.str("impl")))
    , config_(config_text(params,
                          heap_,
                          {{"blocks", std::to_string(sizes_.size())},
                           {"kept_one_of", std::to_string(kKeptOneOf)},
                           {"largest", std::to_string(kTrimLargest)}}))
    , blocks_(sizes_.size(), nullptr)
    , seed_(params.seed()) {
    require_release();
}

TrimCase::~TrimCase() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        if (blocks_[i] != nullptr) {
            std::visit([&](auto& heap) { heap.give(blocks_[i], sizes_[i]); }, heap_);
        }
    }
}

void TrimCase::require_release() const {
    if (std::holds_alternative<GlibcHeap>(heap_) && !sanitizer_here().empty()) {
        throw assay::unavailable("malloc_trim(0) is about the C library's malloc, and the " +
                                 std::string(sanitizer_here()) + " sanitizer has its own");
    }
}

void TrimCase::scatter() {
    live_ = 0;
    std::visit(
        [this](auto& heap) {
            for (std::size_t i = 0; i < blocks_.size(); ++i) {
                blocks_[i] = heap.take(sizes_[i]);
                mark(blocks_[i], sizes_[i], word_of(seed_, i));
            }
            for (std::size_t i = 0; i < blocks_.size(); ++i) {
                if (i % kKeptOneOf == 0) {
                    live_ += sizes_[i];
                } else {
                    heap.give(blocks_[i], sizes_[i]);
                    blocks_[i] = nullptr;
                }
            }
        },
        heap_);
}

void TrimCase::gather() {
    std::uint64_t damaged = 0;
    sum_ = 0;
    std::visit(
        [&](auto& heap) {
            for (std::size_t i = 0; i < blocks_.size(); ++i) {
                if (blocks_[i] == nullptr) {
                    continue;
                }
                const std::uint64_t word = word_of(seed_, i);
                damaged += is_marked(blocks_[i], sizes_[i], word) ? 0 : 1;
                sum_ = sum_ * 0xBF58476D1CE4E5B9ull + word;
                heap.give(blocks_[i], sizes_[i]);
                blocks_[i] = nullptr;
            }
        },
        heap_);
    if (damaged != 0) {
        throw assay::wrong_result(std::to_string(damaged) +
                                  " blocks lost what was written into them by a release");
    }
}

void TrimCase::verify(assay::context& host) {
    host.attach("config.json", "application/json", config_);
    say_what_is_unavailable(host, heap_);
    check_half_freed(heap_);
    const std::uint64_t blocks = check_contents(heap_, seed_);
    scatter();
    release(heap_);
    gather();
    const std::size_t kept = (blocks_.size() + kKeptOneOf - 1) / kKeptOneOf;
    host.metric("blocks_verified", static_cast<double>(blocks + kept));
}

void TrimCase::prepare(assay::batch& batch) {
    seed_ = batch.seed();
    release(heap_);
    empty_ = resident_unless_sanitized();
    scatter();
    scattered_ = resident_unless_sanitized();
}

void TrimCase::run(assay::batch& batch) {
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        release(heap_);
    }
    batch.done(done);
}

void TrimCase::finish(assay::batch& batch, assay::context& host) {
    const auto after = resident_unless_sanitized();
    gather();
    batch.checksum(sum_ == 0 ? 1 : sum_);
    if (batch.is_warmup() || batch.done() == 0 || !empty_ || !scattered_ || !after) {
        return;
    }
    const auto real = [](std::uint64_t bytes) { return static_cast<double>(bytes); };
    host.metric("reclaimable_bytes", real(scattered_->rss) - real(empty_->rss) - real(live_));
    host.metric("released_bytes", real(scattered_->rss) - real(after->rss));
}

} // namespace assay::allocator_suite

// What the goals of measuring one build are measured with: the two bodies of the proof, an
// operation that does nothing, inputs that are dear to prepare, and one long iteration.
#include "body.hpp"

#include <assay/suite.hpp>

#include <vector>

namespace {

struct Alu {
    explicit Alu(const assay::params&) {}

    std::uint64_t operator()() const { return proof::alu(0); }
};

struct Allocating {
    explicit Allocating(const assay::params&) {}

    std::uint64_t operator()() const { return proof::allocating(0); }
};

// An operation that needs the one before, with its duration stored and without: the difference is
// what storing it costs. Of no links it is nothing at all.
class Operation {
public:
    explicit Operation(const assay::params& p)
        : links_(static_cast<std::uint64_t>(p.i64("links"))) {}

    std::uint64_t operator()() { return x_ = proof::multiply_chain(x_, links_); }

private:
    std::uint64_t links_;
    std::uint64_t x_ = 1;
};

struct Nothing {
    explicit Nothing(const assay::params&) {}

    void operator()() const {}
};

// A chain over inputs made before the batch. `work` is what each of them costs to make.
class Prepared {
public:
    explicit Prepared(const assay::params& p)
        : links_(static_cast<std::uint64_t>(p.i64("work"))) {}

    void prepare(assay::batch& batch) {
        inputs_.resize(batch.iterations());
        for (std::uint64_t i = 0; i < batch.iterations(); ++i) {
            // Equal inputs for every `work`, and not removed: the chain's end goes nowhere.
            std::uint64_t made = proof::multiply_chain(batch.seed() | 1, links_);
            asm volatile("" : : "r"(made));
            inputs_[i] = batch.seed() + i;
        }
    }

    void run(assay::batch& batch) {
        std::uint64_t x = batch.seed() | 1;
        for (std::uint64_t i = 0; i < batch.iterations(); ++i) {
            x = proof::multiply_chain(x ^ inputs_[i], 20);
        }
        batch.checksum(x | 1);
    }

private:
    std::uint64_t links_;
    std::vector<std::uint64_t> inputs_;
};

// A tenth of a second: between two slices the host has nothing to do.
struct Long {
    explicit Long(const assay::params&) {}

    std::uint64_t operator()() const { return proof::multiply_chain(1, 100 * proof::kAluLinks); }
};

} // namespace

ASSAY_SUITE("org.assay.goals", "goals", "1.0.0") {
    s.independent<Alu>("alu");
    s.independent<Allocating>("allocating");
    s.latency<Nothing>("recorded_nothing");
    s.latency<Operation>("recorded").axis("links", {50});
    s.independent<Operation>("unrecorded").axis("links", {50});
    s.custom<Prepared>("prepared", assay::shape::chain)
        .axis("work", {0, 1000})
        .bytes_per_iteration(8);
    s.single<Long>("long");
}

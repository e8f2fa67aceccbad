// What one iteration of the families `process`, `fields` and `attention` does, whichever precision
// and way: made once, then called through here.
//
//   const std::unique_ptr<TokenWork> work = make_sequence_work(choice);
//   work->verify(found);                       // throws assay::wrong_result
//   work->restart(); work->once(0); work->once(1);
//   rounded_digest(work->figures(), choice.is_single)
//
// One thread. once() allocates nothing, but for the naive ways.
#pragma once

#include "case_inputs.hpp"
#include "verification.hpp"

#include <array>
#include <cstdint>
#include <memory>

namespace assay::semantic_tokens_suite {

struct TokenCounts {
    std::uint64_t tokens = 0, filtered = 0;
};

class TokenWork {
public:
    using Figures = std::array<double, 4>;

    TokenWork() = default;
    TokenWork(const TokenWork&) = delete;
    TokenWork& operator=(const TokenWork&) = delete;
    virtual ~TokenWork() = default;

    // Back to the state of the seed.
    virtual void restart() = 0;
    // The iteration of this number since restart().
    virtual void once(std::uint64_t iteration) = 0;
    virtual void verify(Verified& found) = 0;

    // Of the last iteration, of about 1 each.
    [[nodiscard]] virtual Figures figures() const = 0;

    // Since restart().
    [[nodiscard]] virtual TokenCounts counts() const noexcept = 0;

    // Whether tokens are read and filtered.
    [[nodiscard]] virtual bool reads_text() const noexcept { return false; }

    // Of one iteration, by the formulas of the kernel's model_shape.hpp.
    [[nodiscard]] virtual double flops() const noexcept = 0;

    // Queries and keys of the last iteration once more; false where there are none to time alone.
    virtual bool project_again() { return false; }
};

[[nodiscard]] std::unique_ptr<TokenWork> make_sequence_work(const WorkChoice& choice);
[[nodiscard]] std::unique_ptr<TokenWork> make_fields_work(const WorkChoice& choice);
[[nodiscard]] std::unique_ptr<TokenWork> make_attention_work(const WorkChoice& choice);

} // namespace assay::semantic_tokens_suite

#include "drawn_rows.hpp"
#include "semantic_tokens/banded_attention.hpp"
#include "semantic_tokens/naive_processor.hpp"
#include "token_work.hpp"

#include <algorithm>
#include <cmath>

namespace assay::semantic_tokens_suite {
namespace {

namespace st = semantic_tokens;

constexpr std::size_t kAttendedRowsVerified = 24;

template <class Real>
class FastAttentionWork final : public TokenWork {
public:
    explicit FastAttentionWork(const WorkChoice& choice)
        : choice_(choice)
        , model_({}, choice.seed)
        , attention_(model_)
        , rows_(choice.tokens, choice.seed)
        , out_(rows_.aligned.size()) {}

    void restart() override { done_ = 0; }

    void once(std::uint64_t) override {
        attention_.apply(rows_.aligned.data(), choice_.tokens, out_.data());
        ++done_;
    }

    // Windows of the sequence: their inner rows are those of the whole, those at its ends too.
    void verify(Verified& found) override {
        const st::TokenModel<double> model({}, choice_.seed);
        const st::NaiveProcessor<double> naive(model);
        const std::size_t n = choice_.tokens, window = std::min(n, kAttendedRowsVerified);
        attention_.keep_weights(true);
        once(0);
        const auto weights = attention_.weights(n);
        hold_weights(found, std::vector<double>(weights.begin(), weights.end()), n, bound());
        attention_.keep_weights(false);
        for (const std::size_t first : {std::size_t{0}, (n - window) / 2, n - window}) {
            const auto expected = naive.attend(rows_.template part<double>(first, first + window));
            for (std::size_t i = 0; i < window; ++i) {
                const bool is_whole = (first == 0 || i >= st::kBand) &&
                                      (first + window == n || i + st::kBand < window);
                if (is_whole) {
                    hold_rows(found,
                              "row " + std::to_string(first + i),
                              widened_row(out_.data(), first + i, rows_.width),
                              expected[i],
                              bound());
                }
            }
        }
    }

    [[nodiscard]] Figures figures() const override {
        double first = 0, last = 0;
        for (std::size_t k = 0; k < rows_.width; ++k) {
            first += static_cast<double>(std::abs(out_[k]));
            last += static_cast<double>(std::abs(out_[out_.size() - 1 - k]));
        }
        const auto width = static_cast<double>(rows_.width);
        return {static_cast<double>(done_), first / width, last / width, 0};
    }

    [[nodiscard]] TokenCounts counts() const noexcept override {
        return {.tokens = done_ * choice_.tokens, .filtered = 0};
    }

    [[nodiscard]] double flops() const noexcept override {
        return st::projection_flops(model_.shape(), choice_.tokens) +
               st::band_flops(model_.shape(), choice_.tokens);
    }

    bool project_again() override {
        attention_.project(rows_.aligned.data(), choice_.tokens);
        return true;
    }

private:
    [[nodiscard]] double bound() const noexcept { return bound_of(choice_.is_single); }

    WorkChoice choice_;
    st::TokenModel<Real> model_;
    st::BandedAttention<Real> attention_;
    DrawnRows<Real> rows_;
    st::VectorValues<Real> out_;
    std::uint64_t done_ = 0;
};

template <class Real>
class NaiveAttentionWork final : public TokenWork {
public:
    explicit NaiveAttentionWork(const WorkChoice& choice)
        : choice_(choice)
        , model_({}, choice.seed)
        , naive_(model_)
        , rows_(DrawnRows<Real>(choice.tokens, choice.seed).template part<Real>(0, choice.tokens)) {
    }

    void restart() override { done_ = 0; }

    void once(std::uint64_t) override {
        out_ = naive_.attend(rows_);
        ++done_;
    }

    void verify(Verified& found) override {
        const std::size_t n = std::min(choice_.tokens, kAttendedRowsVerified);
        const st::TokenModel<double> model({}, choice_.seed);
        st::BandedAttention<double> reference(model);
        const DrawnRows<double> rows(n, choice_.seed);
        st::VectorValues<double> expected(rows.aligned.size());
        reference.apply(rows.aligned.data(), n, expected.data());
        const auto actual =
            naive_.attend({rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(n)});
        for (std::size_t i = 0; i < n; ++i) {
            hold_rows(found,
                      "row " + std::to_string(i),
                      {actual[i].begin(), actual[i].end()},
                      widened_row(expected.data(), i, rows.width),
                      bound_of(choice_.is_single));
        }
    }

    [[nodiscard]] Figures figures() const override {
        double first = 0, last = 0;
        for (std::size_t k = 0; k < out_.front().size(); ++k) {
            first += static_cast<double>(std::abs(out_.front()[k]));
            last += static_cast<double>(std::abs(out_.back()[k]));
        }
        const auto width = static_cast<double>(out_.front().size());
        return {static_cast<double>(done_), first / width, last / width, 0};
    }

    [[nodiscard]] TokenCounts counts() const noexcept override {
        return {.tokens = done_ * choice_.tokens, .filtered = 0};
    }

    [[nodiscard]] double flops() const noexcept override {
        return st::projection_flops(model_.shape(), choice_.tokens) +
               st::band_flops(model_.shape(), choice_.tokens);
    }

private:
    WorkChoice choice_;
    st::TokenModel<Real> model_;
    st::NaiveProcessor<Real> naive_;
    std::vector<std::vector<Real>> rows_, out_;
    std::uint64_t done_ = 0;
};

} // namespace

std::unique_ptr<TokenWork> make_attention_work(const WorkChoice& choice) {
    if (choice.is_naive && choice.is_single) {
        return std::make_unique<NaiveAttentionWork<float>>(choice);
    }
    if (choice.is_naive) {
        return std::make_unique<NaiveAttentionWork<double>>(choice);
    }
    if (choice.is_single) {
        return std::make_unique<FastAttentionWork<float>>(choice);
    }
    return std::make_unique<FastAttentionWork<double>>(choice);
}

} // namespace assay::semantic_tokens_suite

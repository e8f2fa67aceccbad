#include "drawn_rows.hpp"
#include "semantic_tokens/naive_processor.hpp"
#include "semantic_tokens/semantic_fields.hpp"
#include "token_work.hpp"

#include <algorithm>
#include <cmath>

namespace assay::semantic_tokens_suite {
namespace {

namespace st = semantic_tokens;

constexpr std::size_t kFieldRowsVerified = 12;
constexpr std::size_t kVerifiedUpdates = 2;

// What both ways share: the rows, and what is told of them.
template <class Real>
class FieldsWork : public TokenWork {
public:
    explicit FieldsWork(const WorkChoice& choice)
        : choice_(choice)
        , model_({}, choice.seed)
        , rows_(choice.tokens, choice.seed) {}

    [[nodiscard]] TokenCounts counts() const noexcept override {
        return {.tokens = updates_ * choice_.tokens, .filtered = 0};
    }

    [[nodiscard]] double flops() const noexcept override {
        return st::field_flops(model_.shape(), choice_.tokens);
    }

protected:
    [[nodiscard]] Figures figures_of(const Real* field, const Real* row) const {
        double of_field = 0, of_row = 0;
        for (std::size_t k = 0; k < rows_.width; ++k) {
            of_field += static_cast<double>(std::abs(field[k]));
            of_row += static_cast<double>(std::abs(row[k]));
        }
        const auto width = static_cast<double>(rows_.width);
        return {static_cast<double>(updates_), of_field / width, of_row / width, 0};
    }

    WorkChoice choice_;
    st::TokenModel<Real> model_;
    DrawnRows<Real> rows_;
    std::uint64_t updates_ = 0;
};

template <class Real>
class FastFieldsWork final : public FieldsWork<Real> {
public:
    explicit FastFieldsWork(const WorkChoice& choice)
        : FieldsWork<Real>(choice)
        , fields_(this->model_)
        , now_(this->rows_.aligned) {}

    void restart() override {
        fields_.restart();
        std::ranges::copy(this->rows_.aligned, now_.begin());
        this->updates_ = 0;
    }

    void once(std::uint64_t) override {
        fields_.absorb(now_.data(), this->choice_.tokens);
        fields_.feed_back(now_.data(), this->choice_.tokens);
        ++this->updates_;
    }

    void verify(Verified& found) override {
        const st::TokenModel<double> model({}, this->choice_.seed);
        hold_updates(found, model);
        hold_whole_sum(found, model);
    }

    [[nodiscard]] TokenWork::Figures figures() const override {
        return this->figures_of(fields_.field(0).data(), now_.data());
    }

private:
    // A few updates and feedbacks of short sequences.
    void hold_updates(Verified& found, const st::TokenModel<double>& model) {
        const std::size_t n = std::min(this->choice_.tokens, kFieldRowsVerified);
        st::NaiveProcessor<double> naive(model);
        auto expected = this->rows_.template part<double>(0, n);
        restart();
        for (std::size_t update = 0; update < kVerifiedUpdates; ++update) {
            fields_.absorb(now_.data(), n);
            fields_.feed_back(now_.data(), n);
            naive.absorb(expected);
            naive.feed_back(expected);
            for (std::size_t t = 0; t < n; ++t) {
                hold_rows(found,
                          "token " + std::to_string(t) + " after feedback " +
                              std::to_string(update),
                          widened_row(now_.data(), t, this->rows_.width),
                          expected[t],
                          bound_of(this->choice_.is_single));
            }
        }
    }

    // All rows at once, against the naive fields of their sum, which is the same by linearity; and
    // the last row's feedback at its position.
    void hold_whole_sum(Verified& found, const st::TokenModel<double>& model) {
        const std::size_t n = this->choice_.tokens;
        std::vector<double> sum(this->rows_.width, 0.0);
        for (std::size_t i = 0; i < this->rows_.aligned.size(); ++i) {
            sum[i % sum.size()] += static_cast<double>(this->rows_.aligned[i]);
        }
        st::NaiveProcessor<double> naive(model);
        naive.absorb({sum});
        auto last = this->rows_.template part<double>(n - 1, n);
        naive.feed_back(last, n - 1);
        restart();
        fields_.absorb(now_.data(), n);
        fields_.feed_back(now_.data(), n);
        for (std::size_t l = 0; l < model.shape().layers; ++l) {
            hold_rows(found,
                      "field " + std::to_string(l),
                      widened_row(fields_.field(l).data(), 0, this->rows_.width),
                      naive.fields()[l],
                      bound_of(this->choice_.is_single));
        }
        hold_rows(found,
                  "the last token after feedback",
                  widened_row(now_.data(), n - 1, this->rows_.width),
                  last.front(),
                  bound_of(this->choice_.is_single));
    }

    st::SemanticFields<Real> fields_;
    st::VectorValues<Real> now_;
};

template <class Real>
class NaiveFieldsWork final : public FieldsWork<Real> {
public:
    explicit NaiveFieldsWork(const WorkChoice& choice)
        : FieldsWork<Real>(choice)
        , naive_(this->model_) {}

    void restart() override {
        naive_.restart();
        now_ = this->rows_.template part<Real>(0, this->choice_.tokens);
        this->updates_ = 0;
    }

    void once(std::uint64_t) override {
        naive_.absorb(now_);
        naive_.feed_back(now_);
        ++this->updates_;
    }

    void verify(Verified& found) override {
        const std::size_t n = std::min(this->choice_.tokens, kFieldRowsVerified);
        const st::TokenModel<double> model({}, this->choice_.seed);
        st::SemanticFields<double> reference(model);
        DrawnRows<double> expected(n, this->choice_.seed);
        auto rows = this->rows_.template part<Real>(0, n);
        naive_.restart();
        naive_.absorb(rows);
        naive_.feed_back(rows);
        reference.absorb(expected.aligned.data(), n);
        reference.feed_back(expected.aligned.data(), n);
        for (std::size_t t = 0; t < n; ++t) {
            hold_rows(found,
                      "token " + std::to_string(t) + " after feedback",
                      {rows[t].begin(), rows[t].end()},
                      widened_row(expected.aligned.data(), t, expected.width),
                      bound_of(this->choice_.is_single));
        }
    }

    [[nodiscard]] TokenWork::Figures figures() const override {
        return this->figures_of(naive_.fields()[0].data(), now_[0].data());
    }

private:
    st::NaiveProcessor<Real> naive_;
    std::vector<std::vector<Real>> now_;
};

} // namespace

std::unique_ptr<TokenWork> make_fields_work(const WorkChoice& choice) {
    if (choice.is_naive && choice.is_single) {
        return std::make_unique<NaiveFieldsWork<float>>(choice);
    }
    if (choice.is_naive) {
        return std::make_unique<NaiveFieldsWork<double>>(choice);
    }
    if (choice.is_single) {
        return std::make_unique<FastFieldsWork<float>>(choice);
    }
    return std::make_unique<FastFieldsWork<double>>(choice);
}

} // namespace assay::semantic_tokens_suite

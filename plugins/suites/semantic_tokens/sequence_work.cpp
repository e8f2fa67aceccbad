#include "sequence_work.hpp"

#include "semantic_tokens/drawn_text.hpp"
#include "semantic_tokens/naive_processor.hpp"
#include "semantic_tokens/token_processor.hpp"
#include "token_work.hpp"

#include <algorithm>
#include <cmath>

namespace assay::semantic_tokens_suite {
namespace {

namespace st = semantic_tokens;

constexpr std::size_t kRingTokens = 4096;
constexpr std::size_t kVerifiedTokens = 12; // of whole sequences
constexpr std::uint64_t kVerifiedSequences = 2;

template <class Row>
std::vector<double> widened(const Row& row) {
    return {row.begin(), row.end()};
}

template <class Real>
std::vector<double> row_at(const st::TokenProcessor<Real>& processor, std::size_t t) {
    const auto rows = processor.rows();
    const std::size_t width = rows.size() / processor.tokens().tokens.size();
    return widened(rows.subspan(t * width, width));
}

template <class Real>
std::vector<double> row_at(const st::NaiveProcessor<Real>& processor, std::size_t t) {
    return widened(processor.rows().at(t));
}

// Whole sequences, one after the other, row by row.
template <class Subject, class Reference>
void hold_sequences(Verified& found, Subject& subject, Reference& reference, const WorkChoice& of) {
    subject.restart();
    reference.restart();
    const std::size_t n = std::min(of.tokens, kVerifiedTokens);
    for (std::uint64_t number = 0; number < kVerifiedSequences; ++number) {
        const std::string text = st::drawn_text(of.seed + 1000 + number, n);
        const st::Processed actual = subject.process(text), expected = reference.process(text);
        if (actual.filtered != expected.filtered || actual.of_type != expected.of_type) {
            throw assay::wrong_result("sequence " + std::to_string(number) + " has " +
                                      std::to_string(actual.filtered) +
                                      " filtered tokens, expected " +
                                      std::to_string(expected.filtered) + " and the same types");
        }
        for (std::size_t t = 0; t < n; ++t) {
            hold_rows(found,
                      "row " + std::to_string(t) + " of sequence " + std::to_string(number),
                      row_at(subject, t),
                      row_at(reference, t),
                      bound_of(of.is_single));
        }
    }
}

// Rows of a sequence of full length, each from its neighbours and the sum of all.
template <class Subject>
void hold_full_length(Verified& found,
                      Subject& subject,
                      st::NaiveProcessor<double>& reference,
                      const std::string& text,
                      const WorkChoice& of) {
    subject.restart();
    (void)subject.process(text);
    for (const std::size_t t : {std::size_t{0}, of.tokens / 2, of.tokens - 1}) {
        hold_rows(found,
                  "row " + std::to_string(t),
                  row_at(subject, t),
                  widened(reference.row_of(text, t)),
                  bound_of(of.is_single));
    }
}

template <class Real>
void hold_attention(Verified& found,
                    const st::TokenModel<Real>& model,
                    const std::string& text,
                    const WorkChoice& of) {
    st::TokenProcessor<Real> processor(model);
    processor.attention().keep_weights(true);
    (void)processor.process(text);
    hold_weights(found,
                 widened(processor.attention().weights(of.tokens)),
                 of.tokens,
                 bound_of(of.is_single));
}

// Counts, and a weighted sum of the last rows and fields.
class SequenceWork : public TokenWork {
public:
    explicit SequenceWork(const WorkChoice& choice)
        : choice_(choice)
        , ring_(ring_of(choice.tokens, choice.seed)) {}

    [[nodiscard]] TokenCounts counts() const noexcept override { return counts_; }

    [[nodiscard]] bool reads_text() const noexcept override { return true; }

    [[nodiscard]] double flops() const noexcept override {
        return st::process_flops({}, choice_.tokens);
    }

protected:
    [[nodiscard]] const WorkChoice& choice() const noexcept { return choice_; }

    [[nodiscard]] const std::vector<std::string>& ring() const noexcept { return ring_; }

    [[nodiscard]] const std::string& text(std::uint64_t iteration) const noexcept {
        return ring_[iteration % ring_.size()];
    }

    void forget() noexcept {
        counts_ = {};
        scores_ = 0;
    }

    void take(const st::Processed& done) noexcept {
        counts_.tokens += done.tokens;
        counts_.filtered += done.filtered;
        scores_ += done.mean_score;
    }

    [[nodiscard]] Figures figures_of(const std::vector<double>& first,
                                     const std::vector<double>& last) const {
        double sum = 0;
        for (std::size_t k = 0; k < first.size(); ++k) {
            sum += std::abs(first[k]) + std::abs(last[k]);
        }
        return {static_cast<double>(counts_.tokens),
                static_cast<double>(counts_.filtered),
                scores_,
                sum / static_cast<double>(first.size())};
    }

private:
    WorkChoice choice_;
    std::vector<std::string> ring_;
    TokenCounts counts_;
    double scores_ = 0;
};

template <class Real>
class FastSequenceWork final : public SequenceWork {
public:
    explicit FastSequenceWork(const WorkChoice& choice)
        : SequenceWork(choice)
        , model_({}, choice.seed)
        , processor_(model_) {
        model_.make_rows(st::ids_of(ring(), model_.shape().vocabulary));
        for (const std::string& text : ring()) { // room for their tokens
            (void)processor_.process(text);
        }
    }

    void restart() override {
        processor_.restart();
        forget();
    }

    void once(std::uint64_t iteration) override { take(processor_.process(text(iteration))); }

    void verify(Verified& found) override {
        const st::TokenModel<double> model({}, choice().seed);
        st::NaiveProcessor<double> reference(model);
        hold_sequences(found, processor_, reference, choice());
        hold_full_length(found, processor_, reference, ring().front(), choice());
        hold_attention(found, model_, ring().front(), choice());
    }

    [[nodiscard]] Figures figures() const override {
        return figures_of(row_at(processor_, 0), row_at(processor_, choice().tokens - 1));
    }

    bool project_again() override {
        processor_.project_again();
        return true;
    }

private:
    st::TokenModel<Real> model_;
    st::TokenProcessor<Real> processor_;
};

template <class Real>
class NaiveSequenceWork final : public SequenceWork {
public:
    explicit NaiveSequenceWork(const WorkChoice& choice)
        : SequenceWork(choice)
        , model_({}, choice.seed)
        , processor_(model_) {
        model_.make_rows(st::ids_of(ring(), model_.shape().vocabulary));
    }

    void restart() override {
        processor_.restart();
        forget();
    }

    void once(std::uint64_t iteration) override { take(processor_.process(text(iteration))); }

    void verify(Verified& found) override {
        const st::TokenModel<double> model({}, choice().seed);
        st::TokenProcessor<double> reference(model);
        hold_sequences(found, processor_, reference, choice());
    }

    [[nodiscard]] Figures figures() const override {
        return figures_of(row_at(processor_, 0), row_at(processor_, choice().tokens - 1));
    }

private:
    st::TokenModel<Real> model_;
    st::NaiveProcessor<Real> processor_;
};

} // namespace

std::vector<std::string> ring_of(std::size_t tokens, std::uint64_t seed) {
    std::vector<std::string> ring;
    const std::size_t texts = std::clamp<std::size_t>(kRingTokens / tokens, 2, 16);
    for (std::size_t i = 0; i < texts; ++i) {
        ring.push_back(st::drawn_text(seed * 16 + i, tokens));
    }
    return ring;
}

std::unique_ptr<TokenWork> make_sequence_work(const WorkChoice& choice) {
    if (choice.is_naive && choice.is_single) {
        return std::make_unique<NaiveSequenceWork<float>>(choice);
    }
    if (choice.is_naive) {
        return std::make_unique<NaiveSequenceWork<double>>(choice);
    }
    if (choice.is_single) {
        return std::make_unique<FastSequenceWork<float>>(choice);
    }
    return std::make_unique<FastSequenceWork<double>>(choice);
}

} // namespace assay::semantic_tokens_suite

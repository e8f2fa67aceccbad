#include "filter_case.hpp"

#include "case_inputs.hpp"
#include "semantic_tokens/drawn_text.hpp"
#include "semantic_tokens/model_shape.hpp"
#include "semantic_tokens/naive_filter.hpp"
#include "token_case.hpp"

#include <algorithm>

namespace assay::semantic_tokens_suite {
namespace {

namespace st = semantic_tokens;

// Of a ring of texts: a processor learns the words of a few small ones by heart.
constexpr std::size_t kRingBytes = 1U << 20U, kRingTexts = 256;
constexpr std::size_t kVerifiedBytes = 1U << 16U; // by the naive way

std::vector<std::string> texts_of(std::size_t bytes, std::uint64_t seed) {
    std::vector<std::string> ring;
    const std::size_t texts = std::clamp<std::size_t>(kRingBytes / bytes, 2, kRingTexts);
    for (std::size_t i = 0; i < texts; ++i) {
        ring.push_back(st::drawn_text_of_bytes(seed * kRingTexts + i, bytes));
    }
    return ring;
}

// What is no UTF-8, signs and pieces of words between drawn ones.
std::string damaged(std::string text) {
    for (std::size_t i = 0; i < text.size(); i += 37) {
        text[i] = static_cast<char>(i * 131 % 256);
    }
    return text;
}

} // namespace

void add_filter_only(assay::suite& suite) {
    assay::family_builder family =
        suite.custom<FilterCase>("filter_only", assay::shape::independent);
    family.help("the tokens of a text, with number, type and score of each").tags("nfcs", "tokens");
    family.axis("bytes", {1024, 16'384, 131'072, 1'048'576})
        .unit("By")
        .help("of a text; the naive way to 131072")
        .quick({1024, 131'072});
    add_impl_axis(family);
    family.metric("tokens", "{token}/s", assay::higher, assay::rate).help("tokens / seconds");
    family.metric("time_per_byte", "s/By", assay::lower)
        .help("time of a batch / bytes of its texts: how it grows with them");
    add_sequence_metrics(family);
    family.metric("tokens_verified", "{token}", assay::no_direction, assay::sum)
        .help("tokens that verification compared with the naive way's");
}

FilterCase::FilterCase(const assay::params& params)
    : bytes_(size_between(params, "bytes", 16, std::size_t{1} << 28U))
    , is_naive_(is_word(params, "impl", "naive", "assay"))
    , host_(&params.context())
    , filter_(st::ModelShape{}.vocabulary) {
    if (is_naive_ && bytes_ > kNaiveBytesMost) {
        throw assay::skip(
            "impl=naive,bytes=" + std::to_string(bytes_) +
            ": the naive way is measured to bytes=" + std::to_string(kNaiveBytesMost));
    }
    ring_ = texts_of(bytes_, params.seed());
    attach_config(params,
                  {{"bytes", std::to_string(bytes_)}, {"texts", std::to_string(ring_.size())}});
    for (const std::string& text : ring_) { // room for their tokens
        (void)filter_.scan(text);
    }
}

// Parts of the ring, and of texts that are damaged, token by token. Either way is held to the
// other.
void FilterCase::verify(assay::context& host) {
    std::uint64_t compared = 0;
    for (const std::string& text : {ring_.front(), ring_.back(), damaged(ring_.front())}) {
        const std::string_view part = std::string_view(text).substr(0, kVerifiedBytes);
        const st::FilteredText& found = filter_.scan(part);
        const st::NaiveText naive = st::naive_scan(part, st::ModelShape{}.vocabulary);
        const auto first = std::ranges::mismatch(found.tokens, naive.tokens);
        if (first.in1 != found.tokens.end() || first.in2 != naive.tokens.end() ||
            found.replaced != naive.replaced || found.filtered != naive.filtered) {
            throw assay::wrong_result(
                "token " + std::to_string(first.in1 - found.tokens.begin()) + " of " +
                std::to_string(found.tokens.size()) +
                " is not the naive way's, or counts differ: " + std::to_string(found.filtered) +
                " filtered and " + std::to_string(found.replaced) + " replaced, expected " +
                std::to_string(naive.filtered) + " and " + std::to_string(naive.replaced));
        }
        compared += found.tokens.size();
    }
    host.metric("tokens_verified", static_cast<double>(compared));
}

void FilterCase::prepare(assay::batch&) {
    tokens_ = filtered_ = 0;
    digest_ = 1;
}

void FilterCase::take(std::size_t tokens, std::uint64_t filtered, std::uint64_t some_ids) noexcept {
    tokens_ += tokens;
    filtered_ += filtered;
    digest_ = (digest_ ^ some_ids) * st::kFnvPrime;
}

void FilterCase::run(assay::batch& batch) {
    const std::uint64_t begin = host_->now_ns();
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        const std::string& text = ring_[done % ring_.size()];
        const auto ids = [](const std::vector<st::ScannedToken>& tokens) {
            return std::uint64_t{tokens.front().id} << 32U | tokens.back().id;
        };
        if (is_naive_) {
            const st::NaiveText found = st::naive_scan(text, st::ModelShape{}.vocabulary);
            take(found.tokens.size(), found.filtered, ids(found.tokens));
        } else {
            const st::FilteredText& found = filter_.scan(text);
            take(found.tokens.size(), found.filtered, ids(found.tokens));
        }
    }
    elapsed_ = 1e-9 * static_cast<double>(host_->now_ns() - begin);
    batch.done(done);
}

void FilterCase::finish(assay::batch& batch, assay::context& host) {
    if (batch.done() == 0) {
        return;
    }
    batch.checksum((digest_ ^ tokens_ * st::kFnvPrime ^ filtered_) | 1U);
    if (batch.is_warmup()) {
        return;
    }
    host.metric("tokens", static_cast<double>(tokens_));
    host.metric("time_per_byte",
                elapsed_ / (static_cast<double>(batch.done()) * static_cast<double>(bytes_)));
    report_sequences(host, {.tokens = tokens_, .filtered = filtered_});
}

} // namespace assay::semantic_tokens_suite

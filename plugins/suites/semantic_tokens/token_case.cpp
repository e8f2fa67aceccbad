#include "token_case.hpp"

#include "semantic_tokens/model_shape.hpp"

#include <algorithm>
#include <array>

namespace assay::semantic_tokens_suite {
namespace {

constexpr std::size_t kProjectionRounds = 3;

void add_work_metrics(assay::family_builder family) {
    family.metric("tokens", "{token}/s", assay::higher, assay::rate).help("tokens / seconds");
    family.metric("flops", "{flop}/s", assay::higher, assay::rate)
        .help("operations that the formulas need, whatever the way does, / seconds")
        .derived();
    add_verified_metrics(family);
}

void add_projection_metrics(assay::family_builder family) {
    family.metric("gemm_flops", "{flop}/s", assay::higher)
        .help("the product of queries and keys alone, right after the batch: 2 n 512 1024 / s");
    family.metric("gemm_peak_share", "1", assay::higher)
        .help("time of that product / time of a sequence: what is not spent beside it")
        .derived()
        .companion("gemm_flops");
}

} // namespace

void add_sequence_metrics(assay::family_builder family) {
    family.metric("tokens_read", "{token}", assay::no_direction, assay::sum)
        .help("tokens of all recorded batches");
    family.metric("filtered_tokens", "{token}", assay::no_direction, assay::sum)
        .help("of them, those whose score is below 0.8");
    family
        .metric("filtered_ratio",
                "1",
                assay::no_direction,
                assay::ratio("filtered_tokens", "tokens_read"))
        .help("filtered_tokens / tokens_read: a property of the texts");
}

void report_sequences(assay::context& host, const TokenCounts& counts) {
    host.metric("tokens_read", static_cast<double>(counts.tokens));
    host.metric("filtered_tokens", static_cast<double>(counts.filtered));
}

void add_process(assay::suite& suite) {
    assay::family_builder family = suite.custom<ProcessCase>("process", assay::shape::independent);
    family.help("a sequence of n tokens through filter, embedding, fields and attention")
        .tags("nfcs", "tokens")
        .stateful();
    add_token_axes(family, {64}, {64, 512});
    add_impl_axis(family);
    add_work_metrics(family);
    add_projection_metrics(family);
    add_sequence_metrics(family);
}

void add_fields(assay::suite& suite) {
    assay::family_builder family = suite.custom<FieldsCase>("fields", assay::shape::independent);
    family.help("six fields take a sequence of n tokens in and give back to it")
        .tags("nfcs", "tokens")
        .stateful();
    add_token_axes(family, {64}, {64, 512});
    add_impl_axis(family);
    add_work_metrics(family);
}

void add_attention(assay::suite& suite) {
    assay::family_builder family =
        suite.custom<AttentionCase>("attention", assay::shape::independent);
    family.help("queries, keys and attention of n tokens within bands of 1, 2, 4 and 8")
        .tags("nfcs", "tokens");
    add_token_axes(family, {64}, {64, 512});
    add_impl_axis(family);
    add_work_metrics(family);
    add_projection_metrics(family);
}

TokenCase::TokenCase(const assay::params& params,
                     std::unique_ptr<TokenWork> (*make)(const WorkChoice&))
    : choice_(choice_of(params))
    , host_(&params.context())
    , work_(make(choice_)) {
    attach_config(params, {{"n", std::to_string(choice_.tokens)}});
    work_->restart();
    work_->once(0); // room for all that it needs
}

void TokenCase::verify(assay::context& host) {
    Verified found;
    work_->verify(found);
    report_verified(host, found);
}

void TokenCase::prepare(assay::batch&) {
    work_->restart();
}

void TokenCase::run(assay::batch& batch) {
    const std::uint64_t begin = host_->now_ns();
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        work_->once(done);
    }
    elapsed_ = 1e-9 * static_cast<double>(host_->now_ns() - begin);
    batch.done(done);
}

void TokenCase::report_projection(assay::context& host, std::uint64_t done) {
    std::array<double, kProjectionRounds> each{};
    for (double& one : each) {
        const std::uint64_t begin = host.now_ns();
        if (!work_->project_again()) {
            return;
        }
        one = 1e-9 * static_cast<double>(host.now_ns() - begin);
    }
    std::ranges::sort(each);
    const double projection = each[kProjectionRounds / 2];
    host.metric("gemm_flops", semantic_tokens::projection_flops({}, choice_.tokens) / projection);
    host.metric("gemm_peak_share", projection * static_cast<double>(done) / elapsed_);
}

void TokenCase::finish(assay::batch& batch, assay::context& host) {
    if (batch.done() == 0) {
        return;
    }
    batch.checksum(rounded_digest(work_->figures(), choice_.is_single));
    if (batch.is_warmup()) {
        return;
    }
    const auto done = static_cast<double>(batch.done());
    const TokenCounts counts = work_->counts();
    host.metric("tokens", static_cast<double>(counts.tokens));
    host.metric("flops", done * work_->flops());
    if (work_->reads_text()) {
        report_sequences(host, counts);
    }
    report_projection(host, batch.done());
}

} // namespace assay::semantic_tokens_suite

#include "latency_case.hpp"

#include "token_case.hpp"

namespace assay::semantic_tokens_suite {

void add_latency(assay::suite& suite) {
    assay::family_builder family = suite.latency<LatencyCase>("latency");
    family.help("the duration of every sequence: percentiles").tags("nfcs", "tokens").stateful();
    add_token_axes(family, {64}, {64, 512});
    add_sequence_metrics(family);
    add_verified_metrics(family);
}

LatencyCase::LatencyCase(const assay::params& params)
    : choice_(choice_of(params))
    , work_(make_sequence_work(choice_)) {
    attach_config(params, {{"n", std::to_string(choice_.tokens)}});
}

void LatencyCase::verify(assay::context& host) {
    Verified found;
    work_->verify(found);
    report_verified(host, found);
}

void LatencyCase::prepare(assay::batch&) {
    work_->restart();
    next_ = 0;
}

std::uint64_t LatencyCase::digest() const {
    return next_ == 0 ? 0 : rounded_digest(work_->figures(), choice_.is_single);
}

void LatencyCase::finish(assay::batch& batch, assay::context& host) {
    if (!batch.is_warmup() && batch.done() > 0) {
        report_sequences(host, work_->counts());
    }
}

} // namespace assay::semantic_tokens_suite

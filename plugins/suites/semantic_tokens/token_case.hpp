// The families `process`, `fields` and `attention`: whole sequences, or one stage of them. One
// iteration = one sequence. The order of the calls and their threads are those of a case class of
// assay/suite.hpp.
//
//   add_process(suite); add_fields(suite); add_attention(suite);
#pragma once

#include "token_work.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <memory>

namespace assay::semantic_tokens_suite {

void add_process(assay::suite& suite);
void add_fields(assay::suite& suite);
void add_attention(assay::suite& suite);

// Beside `time`: what the family process reports of its sequences, in all families.
void add_sequence_metrics(assay::family_builder family);
void report_sequences(assay::context& host, const TokenCounts& counts);

class TokenCase {
public:
    TokenCase(const assay::params& params, std::unique_ptr<TokenWork> (*make)(const WorkChoice&));

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

    [[nodiscard]] double items() const { return static_cast<double>(choice_.tokens); }

private:
    void report_projection(assay::context& host, std::uint64_t done);

    WorkChoice choice_;
    assay::context* host_;
    std::unique_ptr<TokenWork> work_;
    double elapsed_ = 0; // seconds of the batch
};

class ProcessCase : public TokenCase {
public:
    explicit ProcessCase(const assay::params& params)
        : TokenCase(params, make_sequence_work) {}
};

class FieldsCase : public TokenCase {
public:
    explicit FieldsCase(const assay::params& params)
        : TokenCase(params, make_fields_work) {}
};

class AttentionCase : public TokenCase {
public:
    explicit AttentionCase(const assay::params& params)
        : TokenCase(params, make_attention_work) {}
};

} // namespace assay::semantic_tokens_suite

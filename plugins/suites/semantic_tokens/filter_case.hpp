// The family `filter_only`: texts into tokens with numbers, types and scores. One iteration = one
// text. The order of the calls and their threads are those of a case class of assay/suite.hpp.
//
//   add_filter_only(suite);
#pragma once

#include "semantic_tokens/token_filter.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace assay::semantic_tokens_suite {

void add_filter_only(assay::suite& suite);

class FilterCase {
public:
    explicit FilterCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

    [[nodiscard]] double bytes() const { return static_cast<double>(bytes_); }

private:
    void take(std::size_t tokens, std::uint64_t filtered, std::uint64_t some_ids) noexcept;

    std::size_t bytes_;
    bool is_naive_;
    assay::context* host_;
    semantic_tokens::TokenFilter filter_;
    std::vector<std::string> ring_;
    std::uint64_t tokens_ = 0, filtered_ = 0, digest_ = 0; // of the batch
    double elapsed_ = 0;                                   // seconds of the batch
};

} // namespace assay::semantic_tokens_suite

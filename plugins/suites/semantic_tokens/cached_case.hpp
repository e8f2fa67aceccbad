// The family `cached`: a stream of texts, each answered from a store of similar ones or else
// processed and put there. One iteration = 200 texts: how many of them hit is the same whenever the
// seed is. The order of the calls and their threads are those of a case class of assay/suite.hpp.
//
//   add_cached(suite);
#pragma once

#include "answer_cache.hpp"
#include "question_stream.hpp"
#include "text_answers.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::semantic_tokens_suite {

void add_cached(assay::suite& suite);

struct CachedCounts {
    std::uint64_t lookups = 0, hits = 0, false_hits = 0;
    std::uint64_t tokens = 0; // of all texts that were looked up
    std::uint64_t order = 1;  // digest of which question each lookup found
};

class CachedCase {
public:
    explicit CachedCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    TextAnswers& answers();
    void answer_warm_questions();
    void learn_stream(std::size_t texts);
    void answer(const Asked& asked);

    std::uint64_t seed_;
    StreamRates rates_;
    assay::context* host_;
    QuestionStream stream_;
    CacheChoice choice_;
    std::optional<TextAnswers> answers_;           // once something is verified or timed
    std::vector<std::vector<float>> warm_vectors_; // of stream_.before()
    std::vector<std::string> warm_answers_;
    std::vector<float> vector_; // of the text that is looked up
    std::unique_ptr<AnswerCache> cache_;
    CachedCounts counts_; // of the batch, as all below
    std::string last_;    // answer
    std::vector<std::uint64_t> lookups_ns_, misses_ns_;
};

} // namespace assay::semantic_tokens_suite

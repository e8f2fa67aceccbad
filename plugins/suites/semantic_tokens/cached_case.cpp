#include "cached_case.hpp"

#include "cached_verification.hpp"
#include "case_inputs.hpp"
#include "retrieval/document_frequencies.hpp"
#include "retrieval/hashed_embedder.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace assay::semantic_tokens_suite {
namespace {

constexpr std::size_t kWarmQuestions = 256;
constexpr std::size_t kTexts = 200; // of an iteration
// Of a batch: the store never has to evict.
constexpr std::uint64_t kIterationsMost = (kCacheEntries - kWarmQuestions) / kTexts;
// Text, vector and answer of a text that is put.
constexpr std::uint64_t kBytesPerText = 8192;

std::string short_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

// The median, since a thread that has to wait for others makes a few lookups very long.
double median_seconds(std::vector<std::uint64_t>& times_ns) {
    const auto middle = times_ns.begin() + static_cast<std::ptrdiff_t>(times_ns.size() / 2);
    std::ranges::nth_element(times_ns, middle);
    return 1e-9 * static_cast<double>(*middle);
}

double rate_of(const assay::params& params, std::string_view axis) {
    const double rate = params.f64(axis);
    if (!(rate >= 0 && rate <= 1)) {
        throw assay::config_error(std::string(axis) + "=" + short_number(rate) +
                                  ": expected a number from 0 to 1");
    }
    return rate;
}

StreamRates rates_of(const assay::params& params) {
    const StreamRates rates{.repeats = rate_of(params, "repeat_rate"),
                            .paraphrases = rate_of(params, "paraphrase_rate")};
    if (rates.repeats + rates.paraphrases > 1 + 1e-9) { // 0.7 + 0.3 is not quite 1
        throw assay::config_error("repeat_rate=" + short_number(rates.repeats) +
                                  ",paraphrase_rate=" + short_number(rates.paraphrases) +
                                  ": expected a sum of at most 1");
    }
    return rates;
}

double tau_of(const assay::params& params) {
    const double tau = params.f64("tau");
    if (!(tau > 0 && tau <= 1)) {
        throw assay::config_error("tau=" + short_number(tau) +
                                  ": expected a number above 0, at most 1");
    }
    return tau;
}

// How rare a word is, is learned from the questions that were asked before the stream.
caching::SemanticStore::EmbedderPointer embedder_of(const assay::params& params,
                                                    std::span<const Asked> before) {
    const std::string name = params.str("embedder");
    retrieval::HashedOptions options;
    if (name == "hash-1024") {
        options.dimension = 1024;
    } else if (name == "hash-384-idf") {
        std::vector<std::string> texts;
        for (const Asked& asked : before) {
            texts.push_back(asked.text);
        }
        options.frequencies = std::make_shared<const retrieval::DocumentFrequencies>(
            retrieval::DocumentFrequencies::of(texts));
    } else if (name != "hash-384") {
        throw assay::config_error("embedder=" + name +
                                  ": expected hash-384, hash-384-idf or hash-1024");
    }
    return std::make_shared<const retrieval::HashedEmbedder>(options);
}

retrieval::IndexKind index_of(const assay::params& params) {
    if (!is_word(params, "index", "hnsw", "flat")) {
        return retrieval::IndexKind::flat;
    }
    if (!retrieval::hnsw_is_available()) {
        throw assay::unavailable("index=hnsw: this plugin was built without hnswlib: install "
                                 "libhnswlib-dev and build it again");
    }
    return retrieval::IndexKind::hnsw;
}

void add_cached_axes(assay::family_builder family) {
    family.axis("repeat_rate", {0.0, 0.3, 0.6})
        .help("share of texts that were asked before, word by word")
        .quick({0.0, 0.6})
        .standard({0.0, 0.6});
    family.axis("paraphrase_rate", {0.0, 0.25})
        .help("share of texts that ask an earlier question in other words")
        .quick({0.25})
        .standard({0.25});
    family.axis("tau", {0.7, 0.8, 0.95, 1.0})
        .help("cosine from which on a stored answer is given")
        .quick({0.8, 0.95})
        .standard({0.8, 0.95});
    family.axis("embedder", {"hash-384", "hash-384-idf", "hash-1024"})
        .help("words and parts of words, hashed into so many numbers; idf: rare words weigh more")
        .quick(1)
        .standard(1);
    family.axis("index", {"flat", "hnsw"}).help("how the store is searched").quick(1);
}

void add_hit_metrics(assay::family_builder family) {
    family.metric("cache_hit_ratio", "1", assay::higher, assay::ratio("hits", "lookups"))
        .help("hits / lookups, right and false ones")
        .exact()
        .companion("false_hit_ratio");
    family.metric("false_hit_ratio", "1", assay::lower, assay::ratio("false_hits", "lookups"))
        .help("false hits / lookups: answers to another question than was asked")
        .exact()
        .companion("cache_hit_ratio");
    family.metric("lookups", "{lookup}", assay::no_direction, assay::sum)
        .help("texts that were looked up in all recorded batches");
    family.metric("hits", "{hit}", assay::no_direction, assay::sum)
        .help("of them, those that were answered from the store");
    family.metric("false_hits", "{hit}", assay::no_direction, assay::sum)
        .help("of the hits, those with the answer to another question");
    family.metric("misses", "{miss}", assay::no_direction, assay::sum)
        .help("texts that were processed: lookups - hits");
}

} // namespace

void add_cached(assay::suite& suite) {
    assay::family_builder family = suite.custom<CachedCase>("cached", assay::shape::single);
    family.help("200 texts, each answered from a store of similar ones, or processed and put there")
        .tags("nfcs", "tokens", "cache")
        .stateful()
        .max_iterations(kIterationsMost)
        .bytes_per_iteration(kBytesPerText * kTexts);
    add_cached_axes(family);
    family.metric("tokens", "{token}/s", assay::higher, assay::rate)
        .help("tokens of the texts that were answered / seconds, whether found or processed")
        .companion("cache_hit_ratio");
    family.metric("lookup_time", "s", assay::lower)
        .help("median of the lookups of a batch: embedding and search")
        .companion("cache_hit_ratio");
    family.metric("miss_time", "s", assay::lower)
        .help("median of what the misses of a batch cost more: processing, putting the answer");
    add_hit_metrics(family);
    family.metric("lookups_verified", "{lookup}", assay::no_direction, assay::sum)
        .help("lookups that verification held to a plain scan");
    family.metric("answers_verified", "{answer}", assay::no_direction, assay::sum)
        .help("found answers that verification compared, bit for bit, with processed ones");
}

CachedCase::CachedCase(const assay::params& params)
    : seed_(params.seed())
    , rates_(rates_of(params))
    , host_(&params.context())
    , stream_(seed_, rates_, kWarmQuestions)
    , choice_{.tau = tau_of(params),
              .embedder = embedder_of(params, stream_.before()),
              .index = index_of(params)}
    , vector_(choice_.embedder->dimension()) {
    attach_config(params,
                  {{"repeat_rate", short_number(rates_.repeats)},
                   {"paraphrase_rate", short_number(rates_.paraphrases)},
                   {"tau", short_number(choice_.tau)},
                   {"embedder", "\"" + choice_.embedder->name() + "\""},
                   {"index", "\"" + std::string(name_of(choice_.index)) + "\""},
                   {"capacity", std::to_string(kCacheEntries)},
                   {"warm_entries", std::to_string(kWarmQuestions)},
                   {"texts", std::to_string(kTexts)}});
}

void CachedCase::verify(assay::context& host) {
    const CachedVerified found = verify_cached(seed_, rates_, choice_, answers());
    host.metric("lookups_verified", static_cast<double>(found.lookups));
    host.metric("answers_verified", static_cast<double>(found.answers));
}

// Who opens a case to look at it waits neither for a model nor for 256 answers.
TextAnswers& CachedCase::answers() {
    return answers_ ? *answers_ : answers_.emplace(seed_);
}

void CachedCase::answer_warm_questions() {
    if (!warm_answers_.empty()) {
        return;
    }
    answers().learn(stream_.before());
    for (const Asked& asked : stream_.before()) {
        warm_vectors_.push_back(choice_.embedder->embed(asked.text).vector);
        warm_answers_.push_back(answers().answer(asked.text, asked.question));
    }
}

void CachedCase::learn_stream(std::size_t texts) {
    const std::size_t known = stream_.asked().size();
    if (texts > known) {
        stream_.extend_to(texts);
        answers().learn(stream_.asked().subspan(known));
    }
}

// A store that knows what was asked before the stream, and nothing of it.
void CachedCase::prepare(assay::batch& batch) {
    answer_warm_questions();
    learn_stream(batch.iterations() * kTexts);
    cache_ = make_answer_cache(choice_);
    for (std::size_t i = 0; i < warm_vectors_.size(); ++i) {
        cache_->put(warm_vectors_[i], warm_answers_[i]);
    }
    counts_ = {};
    last_.clear();
    for (std::vector<std::uint64_t>* const times : {&lookups_ns_, &misses_ns_}) {
        times->clear();
        times->reserve(batch.iterations() * kTexts);
    }
}

void CachedCase::answer(const Asked& asked) {
    const std::uint64_t begin = host_->now_ns();
    (void)choice_.embedder->embed_into(asked.text, vector_);
    const auto hit = cache_->find(vector_);
    const std::uint64_t looked_up = host_->now_ns();
    lookups_ns_.push_back(looked_up - begin);
    ++counts_.lookups;
    std::uint64_t found = 0;
    if (hit) {
        const std::uint64_t question = question_of(*hit->value);
        ++counts_.hits;
        counts_.false_hits += question == asked.question ? 0 : 1;
        found = question + 1;
    } else {
        last_ = answers_->answer(asked.text, asked.question);
        cache_->put(vector_, last_);
        misses_ns_.push_back(host_->now_ns() - looked_up);
    }
    counts_.order = (counts_.order ^ found) * 0xBF58476D1CE4E5B9ull;
    counts_.order ^= counts_.order >> 29;
}

void CachedCase::run(assay::batch& batch) {
    const std::span<const Asked> asked = stream_.asked();
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        for (const Asked& one : asked.subspan(done * kTexts, kTexts)) {
            answer(one);
        }
    }
    batch.done(done);
}

void CachedCase::finish(assay::batch& batch, assay::context& host) {
    cache_.reset();
    if (batch.done() == 0) {
        return;
    }
    const std::array figures{static_cast<double>(counts_.lookups),
                             static_cast<double>(counts_.hits),
                             static_cast<double>(counts_.false_hits),
                             magnitude_of(last_)};
    for (const Asked& asked : stream_.asked().first(batch.done() * kTexts)) {
        counts_.tokens += asked.tokens();
    }
    batch.checksum((rounded_digest(figures, false) ^ counts_.order) | 1U);
    if (batch.is_warmup()) {
        return;
    }
    host.metric("tokens", static_cast<double>(counts_.tokens));
    host.metric("lookup_time", median_seconds(lookups_ns_));
    if (!misses_ns_.empty()) {
        host.metric("miss_time", median_seconds(misses_ns_));
    }
    host.metric("lookups", static_cast<double>(counts_.lookups));
    host.metric("hits", static_cast<double>(counts_.hits));
    host.metric("false_hits", static_cast<double>(counts_.false_hits));
    host.metric("misses", static_cast<double>(counts_.lookups - counts_.hits));
}

} // namespace assay::semantic_tokens_suite

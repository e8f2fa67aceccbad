// The family `cached`, through the plugin's C ABI: what hits, what is counted, what is refused.
#include "plugin_session.hpp"
#include "retrieval/vector_index.hpp"

#include <doctest/doctest.h>

#include <numeric>

namespace cached_test {

using namespace suite_test;

namespace {

PluginSession& session() {
    static PluginSession made;
    return made;
}

struct Asking {
    double repeats = 0, paraphrases = 0, tau = 0.95;
    std::string embedder = "hash-384", index = "flat";
    std::uint64_t seed = 1;
};

std::unique_ptr<OpenCase> opened(const Asking& asking) {
    return session().open("cached",
                          {{"repeat_rate", asking.repeats},
                           {"paraphrase_rate", asking.paraphrases},
                           {"tau", asking.tau},
                           {"embedder", asking.embedder},
                           {"index", asking.index}},
                          asking.seed);
}

struct Counts {
    double lookups = 0, hits = 0, false_hits = 0, misses = 0;
};

Counts counts_of(const BatchResult& result) {
    const auto total = [&](const std::string& key) {
        const std::vector<double>& values = result.metrics.at(key);
        return std::accumulate(values.begin(), values.end(), 0.0);
    };
    return {total("lookups"), total("hits"), total("false_hits"), total("misses")};
}

Counts counts_of(const Asking& asking) {
    return counts_of(opened(asking)->batch({.iterations = 1}));
}

} // namespace

TEST_CASE("each lookup is a hit or a miss, and texts are counted with their tokens") {
    const BatchResult result = opened({.repeats = 0.4, .paraphrases = 0.3})->batch({});
    REQUIRE(result.status == ASSAY_OK);
    const Counts counts = counts_of(result);
    CHECK(counts.lookups == 200);
    CHECK(counts.hits + counts.misses == 200);
    CHECK(counts.false_hits <= counts.hits);
    CHECK(result.metrics.at("tokens").at(0) > 200 * 7);
    CHECK(result.metrics.at("tokens").at(0) < 200 * 20);
    CHECK(result.metrics.at("lookup_time").at(0) > 0);
    CHECK(result.metrics.at("miss_time").at(0) > result.metrics.at("lookup_time").at(0));
}

TEST_CASE("at tau 1 what hits are the repeats, and no hit is false") {
    CHECK(counts_of({.tau = 1}).hits == 0);
    CHECK(counts_of({.paraphrases = 0.5, .tau = 1}).hits == 0);
    const Counts some = counts_of({.repeats = 0.5, .paraphrases = 0.3, .tau = 1});
    CHECK(some.hits == doctest::Approx(100).epsilon(0.15));
    CHECK(some.false_hits == 0);
    const BatchResult all = opened({.repeats = 1, .tau = 1})->batch({});
    CHECK(counts_of(all).hits == 200);
    CHECK_FALSE(all.metrics.contains("miss_time"));
}

TEST_CASE("a stream without repeats and paraphrases has false hits alone") {
    const Counts low = counts_of({.tau = 0.6});
    CHECK(low.hits > 50);
    CHECK(low.false_hits == low.hits);
    CHECK(counts_of({.tau = 1}).false_hits == 0);
}

TEST_CASE("the hit ratio grows with the repeat rate") {
    double before = -100;
    for (const double repeats : {0.0, 0.2, 0.4, 0.6, 0.8}) {
        const Counts counts = counts_of({.repeats = repeats, .paraphrases = 0.2});
        CHECK(counts.hits > before + 20);
        before = counts.hits;
    }
}

TEST_CASE("with a lower tau more hits, and more of them are false") {
    const Counts high = counts_of({.repeats = 0.2, .paraphrases = 0.4, .tau = 0.95});
    const Counts low = counts_of({.repeats = 0.2, .paraphrases = 0.4, .tau = 0.7});
    CHECK(low.hits > high.hits + 20);
    CHECK(low.false_hits > high.false_hits + 10);
}

TEST_CASE("equal seeds give equal checksums and hits, and other seeds others") {
    auto one = opened({.repeats = 0.5, .paraphrases = 0.25, .tau = 0.8});
    (void)one->batch({.iterations = 2});
    const BatchResult first = one->batch({.iterations = 1});
    CHECK(first.checksum != 0);
    const BatchResult again = one->batch({.iterations = 1});
    CHECK(again.checksum == first.checksum);
    CHECK(counts_of(again).hits == counts_of(first).hits);
    auto same = opened({.repeats = 0.5, .paraphrases = 0.25, .tau = 0.8});
    CHECK(same->batch({.iterations = 1}).checksum == first.checksum);
    CHECK(same->batch({.iterations = 2}).checksum != first.checksum);
    auto other = opened({.repeats = 0.5, .paraphrases = 0.25, .tau = 0.8, .seed = 2});
    CHECK(other->batch({.iterations = 1}).checksum != first.checksum);
}

TEST_CASE("a store passes verification with every embedder, and with every index that is there") {
    std::vector<std::string> indices{"flat"};
    if (assay::retrieval::hnsw_is_available()) {
        indices.push_back("hnsw");
    }
    for (const char* embedder : {"hash-384", "hash-384-idf", "hash-1024"}) {
        CAPTURE(embedder);
        for (const std::string& index : indices) {
            CAPTURE(index);
            auto asked = opened({.repeats = 0.3,
                                 .paraphrases = 0.25,
                                 .tau = 0.8,
                                 .embedder = embedder,
                                 .index = index});
            const assay_status verified = asked->verify();
            CAPTURE(asked->text());
            CHECK(verified == ASSAY_OK);
            CHECK(asked->metrics().at("lookups_verified").at(0) == 96);
            CHECK(asked->metrics().at("answers_verified").at(0) > 15);
        }
    }
}

TEST_CASE("an index that is nearly exact hits as the exact one does") {
    if (assay::retrieval::hnsw_is_available()) {
        const Counts flat = counts_of({.repeats = 0.5, .paraphrases = 0.25});
        const Counts graph = counts_of({.repeats = 0.5, .paraphrases = 0.25, .index = "hnsw"});
        CHECK(graph.hits == doctest::Approx(flat.hits).epsilon(0.02));
    } else {
        CHECK(opened({.index = "hnsw"})->status() == ASSAY_UNAVAILABLE);
    }
}

TEST_CASE("a cached case reports nothing of warm-ups and does nothing when cancelled") {
    auto asked = opened({.repeats = 0.6});
    CHECK(asked->batch({.warmup = true}).metrics.empty());
    const BatchResult result = asked->batch({.iterations = 2, .cancelled = true});
    CHECK(result.status == ASSAY_OK);
    CHECK(result.done == 0);
    CHECK(result.metrics.empty());
}

TEST_CASE("streams and stores that make no sense are refused by name") {
    struct Refusal {
        Asking asking;
        std::string text;
    };

    const Refusal refusals[] = {
        {{.repeats = -0.1}, "repeat_rate=-0.1: expected a number from 0 to 1"},
        {{.repeats = 1.5}, "repeat_rate=1.5: expected a number from 0 to 1"},
        {{.paraphrases = 2}, "paraphrase_rate=2: expected a number from 0 to 1"},
        {{.repeats = 0.8, .paraphrases = 0.4},
         "repeat_rate=0.8,paraphrase_rate=0.4: expected a sum of at most 1"},
        {{.tau = 0}, "tau=0: expected a number above 0, at most 1"},
        {{.tau = 1.01}, "tau=1.01: expected a number above 0, at most 1"},
        {{.embedder = "bert"}, "embedder=bert: expected hash-384, hash-384-idf or hash-1024"},
        {{.index = "tree"}, "index=tree: expected flat or hnsw"},
    };
    for (const Refusal& refusal : refusals) {
        auto asked = opened(refusal.asking);
        CHECK(asked->status() == ASSAY_E_CONFIG);
        CHECK(asked->text() == refusal.text);
    }
    CHECK(opened({.repeats = 0.7, .paraphrases = 0.3})->status() == ASSAY_OK);
}

} // namespace cached_test

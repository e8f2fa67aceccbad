// Searches for the ten nearest: the exact scan at each level that this processor has and hnswlib's
// graph, in turns; and what embedding a question costs beside it. A person reads it; README.md says
// how.
#include "caching/made_pairs.hpp"
#include "caching/planted_vectors.hpp"
#include "retrieval/flat_index.hpp"
#include "retrieval/hashed_embedder.hpp"
#include "retrieval/hnsw_index.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace assay;
using namespace assay::retrieval;
using Vectors = std::vector<std::vector<float>>;

constexpr std::size_t kDimension = 384, kQueries = 200, kRounds = 5, kNearest = 10, kTurn = 25;

template <class Work>
double microseconds(Work&& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
        .count();
}

void print_times(const std::string& what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    const std::size_t n = times.size();
    std::printf("  %-34s p50 %7.1f us   p95 %7.1f us   p99 %7.1f us   least %7.1f us\n",
                what.c_str(),
                times[n / 2],
                times[n * 95 / 100],
                times[n * 99 / 100],
                times.front());
}

struct Contender {
    std::string name;
    std::unique_ptr<VectorIndex> index;
    std::vector<double> times = {};
};

// The share of the exact nearest that the index finds too.
double recall_of(const VectorIndex& index,
                 const VectorIndex& exact,
                 const Vectors& queries,
                 std::size_t k) {
    std::size_t found = 0, all = 0;
    for (const auto& query : queries) {
        const auto right = exact.search(query, k), got = index.search(query, k);
        for (const Neighbour& one : right) {
            found += std::any_of(
                got.begin(), got.end(), [&](const Neighbour& other) { return other.id == one.id; });
        }
        all += right.size();
    }
    return static_cast<double>(found) / static_cast<double>(all);
}

std::vector<Contender> contenders(const Vectors& stored) {
    std::vector<Contender> all;
    for (const IsaLevel level : {IsaLevel::v1, IsaLevel::v3, IsaLevel::v4}) {
        if (level <= isa_level()) {
            all.push_back(
                {"every row, " + std::string(name_of(level)),
                 std::make_unique<FlatIndex>(kDimension, scan_loops(level), Screening::never)});
            all.push_back({"screened, " + std::string(name_of(level)),
                           std::make_unique<FlatIndex>(kDimension, scan_loops(level))});
        }
    }
    if (hnsw_is_available()) {
        for (const std::size_t ef : {16, 32}) {
            all.push_back(
                {"hnsw, ef " + std::to_string(ef), make_hnsw_index(kDimension, {.ef_search = ef})});
        }
    } else {
        std::printf("  hnsw is unavailable: install libhnswlib-dev and build again\n");
    }
    for (Contender& one : all) {
        const double built = microseconds([&] {
            for (std::size_t i = 0; i < stored.size(); ++i) {
                one.index->add(i, stored[i]);
            }
        });
        std::printf("  %-34s built at %.0f vectors/s\n",
                    one.name.c_str(),
                    static_cast<double>(stored.size()) / built * 1e6);
    }
    return all;
}

// All contenders take turns of some queries, the first of which brings its vectors back into the
// cache and does not count: in use an index does not share the processor with six others.
void take_turns(std::vector<Contender>& all, const Vectors& queries) {
    for (std::size_t begin = 0; begin < queries.size(); begin += kTurn) {
        for (Contender& one : all) {
            (void)one.index->search(queries[begin], kNearest);
            for (std::size_t q = begin; q < std::min(begin + kTurn, queries.size()); ++q) {
                one.times.push_back(
                    microseconds([&] { (void)one.index->search(queries[q], kNearest); }));
            }
        }
    }
}

void compare(const char* what, const Vectors& stored, const Vectors& queries) {
    std::printf("%s: %zu x %zu\n", what, stored.size(), kDimension);
    std::vector<Contender> all = contenders(stored);
    for (std::size_t round = 0; round < kRounds; ++round) {
        take_turns(all, queries);
        std::rotate(all.begin() + 1, all.begin() + 2, all.end()); // the first stays: it is exact
    }
    for (const Contender& one : all) {
        const double ten = recall_of(*one.index, *all.front().index, queries, kNearest);
        const double first = recall_of(*one.index, *all.front().index, queries, 1);
        print_times(one.name, one.times);
        std::printf("  %-34s recall@10 %.4f   recall@1 %.4f\n", "", ten, first);
    }
}

// Clusters around directions that are evenly spread; queries are fresh.
Vectors clustered(std::size_t count, std::uint64_t seed) {
    Vectors made;
    for (std::size_t i = 0; i < count; ++i) {
        const auto centre = caching::random_direction(kDimension, i % 200);
        made.push_back(caching::planted_at(centre, 0.7, seed * 1'000'003 + i));
    }
    return made;
}

Vectors embedded(const std::vector<caching::TextPair>& pairs,
                 const Embedder& embedder,
                 const std::function<const std::string&(const caching::TextPair&)>& text,
                 std::vector<double>& times) {
    Vectors made;
    for (const caching::TextPair& pair : pairs) {
        Embedding one;
        times.push_back(microseconds([&] { one = embedder.embed(text(pair)); }));
        made.push_back(std::move(one.vector));
    }
    return made;
}

void compare_texts(std::size_t count) {
    const HashedEmbedder embedder({.dimension = kDimension});
    std::vector<double> times, unused;
    const auto stored = embedded(
        caching::made_pairs(count, 1),
        embedder,
        [](const caching::TextPair& pair) -> const std::string& { return pair.origin; },
        times);
    const auto queries = embedded(
        caching::made_pairs(kQueries, 1),
        embedder,
        [](const caching::TextPair& pair) -> const std::string& { return pair.similar; },
        unused);
    compare("made questions, hashed", stored, queries);
    print_times("embedding a question", times);
}

} // namespace

int main() {
    std::printf("searches for the %zu nearest in turns, %zu of each, %s\n",
                kNearest,
                kQueries * kRounds,
                std::string(name_of(isa_level())).c_str());
    for (const std::size_t count : {2000, 10'000}) {
        compare("clusters", clustered(count, 1), clustered(kQueries, 2));
        compare_texts(count);
    }
    return 0;
}

// The suite "sorting": sorting algorithms as variants of one case, and a prime sieve that reports
// how many primes it found. Shows inputs of their own per iteration, verification, digests,
// metrics.
#include <assay/suite.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace {

using numbers = std::vector<std::uint32_t>;

void insertion_sort(numbers& v) {
    for (std::size_t i = 1; i < v.size(); ++i) {
        const auto x = v[i];
        std::size_t j = i;
        for (; j > 0 && x < v[j - 1]; --j) {
            v[j] = v[j - 1];
        }
        v[j] = x;
    }
}

void heap_sort(numbers& v) {
    std::make_heap(v.begin(), v.end());
    std::sort_heap(v.begin(), v.end());
}

void std_sort(numbers& v) {
    std::sort(v.begin(), v.end());
}

void std_stable_sort(numbers& v) {
    std::stable_sort(v.begin(), v.end());
}

// Every iteration sorts an input of its own, made before and destroyed after the timed loop.
struct sort_numbers {
    using input = numbers;

    std::size_t n;
    bool nearly_sorted;
    void (*sort)(numbers&);
    std::uint64_t seed;

    explicit sort_numbers(const assay::params& p)
        : n(p.size("n"))
        , nearly_sorted(p.str("order") == "nearly_sorted")
        , sort(choose(p.str("impl")))
        , seed(p.seed()) {
        if (sort == insertion_sort && !nearly_sorted && n > 10'000) {
            throw assay::skip{"insertion sort of many shuffled numbers only takes long"};
        }
    }

    static void (*choose(const std::string& name))(numbers&) {
        const std::map<std::string, void (*)(numbers&)> ways{{"std", std_sort},
                                                             {"stable", std_stable_sort},
                                                             {"heap", heap_sort},
                                                             {"insertion", insertion_sort}};
        return ways.at(name);
    }

    input make(std::mt19937_64& random) const {
        numbers v(n);
        for (auto& x : v) {
            x = static_cast<std::uint32_t>(random());
        }
        if (nearly_sorted) {
            std::sort(v.begin(), v.end());
            for (std::size_t swaps = n / 100 + 1; swaps-- > 0;) {
                const auto i = random() % n;
                std::swap(v[i], v[(i + 1) % n]);
            }
        }
        return v;
    }

    void operator()(input& v) const { sort(v); }

    // Untimed, after the batch: different algorithms must leave the same bytes behind.
    std::uint64_t digest(const input& v) const {
        std::uint64_t sum = 0;
        for (const auto x : v) {
            sum = sum * 31 + x;
        }
        return sum;
    }

    // For the rate of sorted numbers per second.
    double items() const { return static_cast<double>(n); }

    // Against another algorithm, on an input like those that will be timed.
    void verify() const {
        std::mt19937_64 random(seed);
        auto sorted = make(random);
        auto expected = sorted;
        sort(sorted);
        (sort == heap_sort ? std_sort : heap_sort)(expected);
        if (sorted != expected) {
            throw assay::wrong_result{"two algorithms left different numbers behind"};
        }
    }
};

// One long iteration; what it found is reported as a metric that must be exactly equal every time.
struct prime_sieve {
    std::size_t limit;
    std::vector<std::uint8_t> composite;
    std::uint64_t primes = 0;

    explicit prime_sieve(const assay::params& p)
        : limit(p.size("limit"))
        , composite(limit + 1) {}

    std::uint64_t operator()() {
        std::fill(composite.begin(), composite.end(), std::uint8_t{0});
        primes = 0;
        for (std::size_t i = 2; i <= limit; ++i) {
            if (composite[i] == 0) {
                ++primes;
                for (std::size_t multiple = i * i; multiple <= limit; multiple += i) {
                    composite[multiple] = 1;
                }
            }
        }
        return primes;
    }

    // The number of primes up to 10^4, 10^6: known since long.
    bool verify() { return (*this)() == (limit == 10'000 ? 1'229u : 78'498u); }

    std::uint64_t digest() const { return primes; }

    void finish(assay::batch&, assay::context& host) const {
        host.metric("primes", static_cast<double>(primes));
    }
};

} // namespace

ASSAY_SUITE("org.example.sorting",
            "sorting",
            "1.0.0",
            R"("description":"Sorting algorithms and a prime sieve","license":"Apache-2.0")") {
    s.independent<sort_numbers>("sort")
        .axis("n", {100, 10'000, 1'000'000})
        .unit("{number}")
        .quick({100, 10'000})
        .axis("order", {"shuffled", "nearly_sorted"})
        .axis("impl", {"std", "stable", "heap", "insertion"})
        .variant("std")
        .tags("sorting");
    s.single<prime_sieve>("sieve")
        .help("sieve of Eratosthenes")
        .axis("limit", {10'000, 1'000'000})
        .metric("primes", "{prime}", assay::no_direction, assay::last)
        .exact()
        .help("primes up to the limit")
        .deterministic();
}

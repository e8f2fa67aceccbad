// Compares what an iteration costs in Assay's loop and in Google Benchmark's. See README.md.
#include "child.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

namespace {

using overhead::Body;
using overhead::Side;

constexpr int kPairsMin = 20;

double quantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

// Pairs of fresh processes, the first of a pair alternating. True: the median ratio is in the
// limit.
bool compare(const char* name, Body body, double limit, int pairs) {
    std::vector<double> theirs, ours, ratios;
    for (int pair = 0; pair < pairs; ++pair) {
        const bool ours_first = pair % 2 == 1;
        if (ours_first) {
            ours.push_back(overhead::in_fresh_process(Side::assay, body));
        }
        theirs.push_back(overhead::in_fresh_process(Side::google_benchmark, body));
        if (!ours_first) {
            ours.push_back(overhead::in_fresh_process(Side::assay, body));
        }
        ratios.push_back(ours.back() / theirs.back());
    }
    const double ratio = quantile(ratios, 0.5);
    const bool within = ratio <= limit;
    std::printf("%-6s %9.4f ns %9.4f ns   %6.3f [%.3f, %.3f]   <= %.2f: %s\n",
                name,
                quantile(theirs, 0.5),
                quantile(ours, 0.5),
                ratio,
                quantile(ratios, 0.25),
                quantile(ratios, 0.75),
                limit,
                within ? "yes" : "NO");
    std::fflush(stdout);
    return within;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3) {
        return overhead::play_role(argv[1], argv[2]);
    }
    const int pairs = argc == 2 ? std::atoi(argv[1]) : kPairsMin;
    if (argc > 3 || pairs < kPairsMin) {
        std::fprintf(stderr, "usage: peer_overhead [PAIRS]   at least %d pairs\n", kPairsMin);
        return 2;
    }
    try {
        std::printf("%d pairs of fresh processes, median of %d readings each, thread CPU time\n\n"
                    "body   Google Benchm.  Assay          ratio [quartiles]\n",
                    pairs,
                    overhead::kReadings);
        const bool empty = compare("empty", Body::empty, 1.05, pairs);
        const bool chain = compare("chain", Body::chain, 1.02, pairs);
        return empty && chain ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "peer_overhead: %s\n", error.what());
        return 3;
    }
}

// What lanes gain and what they disturb: the same run with `--lanes 1` and with the default lanes,
// in turns, in drawn order. Run by tools/measure-lanes.
//
//   measure_lanes [--rounds N] [--lock FILE] [--seed N] [WORDS FOR assay run ...]
#include "table.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>
#include <string_view>

using namespace lanes_peer;

namespace {

struct Options {
    int rounds = 7;
    unsigned seed = 1;
    std::filesystem::path lock;
    std::vector<std::string> words{"run", "--mode", "quick"};
};

bool read(int argc, char** argv, Options& options) {
    int at = 1;
    for (; at + 1 < argc; at += 2) {
        const std::string_view name = argv[at];
        if (name == "--rounds") {
            options.rounds = std::atoi(argv[at + 1]);
        } else if (name == "--seed") {
            options.seed = static_cast<unsigned>(std::atoi(argv[at + 1]));
        } else if (name == "--lock") {
            options.lock = argv[at + 1];
        } else {
            break;
        }
    }
    options.words.insert(options.words.end(), argv + at, argv + argc);
    return options.rounds > 0;
}

} // namespace

int main(int argc, char** argv) try {
    Options options;
    if (!read(argc, argv, options)) {
        std::fprintf(stderr, "measure_lanes: --rounds must be a positive number\n");
        return 2;
    }
    const integration::Sandbox sandbox;
    std::vector<std::string> one_lane = options.words;
    one_lane.insert(one_lane.end(), {"--lanes", "1"});
    // The store is filled, plugins are described and the admission test is made before it counts.
    const Launch first = launch(sandbox, options.words, options.lock);
    std::fprintf(stderr,
                 "%zu cases, %.1f s; %s\n",
                 first.medians.size(),
                 first.seconds,
                 first.reason.c_str());
    std::mt19937 random(options.seed);
    std::vector<Round> rounds;
    for (int i = 0; i < options.rounds; ++i) {
        Round round;
        const bool lanes_first = (random() & 1u) != 0;
        for (const bool lanes : {lanes_first, !lanes_first}) {
            (lanes ? round.lanes : round.one_lane) =
                launch(sandbox, lanes ? options.words : one_lane, options.lock);
        }
        std::fprintf(stderr,
                     "round %d: --lanes 1 %.2f s, default lanes %.2f s\n",
                     i + 1,
                     round.one_lane.seconds,
                     round.lanes.seconds);
        rounds.push_back(std::move(round));
    }
    std::fputs(table(rounds).c_str(), stdout);
    return 0;

} catch (const std::exception& error) {

    std::fprintf(stderr, "measure_lanes: %s\n", error.what());
    return 3;
}

// The goals of measuring one build, on the machine it runs on, side by side with Google Benchmark
// where it does the same. Run by tools/measure-goals.
//
//   measure_goals [--rounds N]       20 unless told
#include "headlines.hpp"
#include "host_cpu.hpp"
#include "statistics/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

using namespace goals;

namespace {

constexpr int kRounds = 20;
constexpr double kNanoseconds = 1e9;

using Series = std::map<std::string, std::vector<double>>;

void add(Series& series, const std::map<std::string, double>& figures) {
    for (const auto& [name, value] : figures) {
        series[name].push_back(value);
    }
}

double quantile(std::vector<double> values, double p) {
    std::ranges::sort(values);
    return assay::statistics::quantile_sorted(values, p);
}

double iqr_share(const std::vector<double>& values) {
    return (quantile(values, 0.75) - quantile(values, 0.25)) / quantile(values, 0.5);
}

double range_share(const std::vector<double>& values) {
    const auto [low, high] = std::ranges::minmax(values);
    return (high - low) / quantile(values, 0.5);
}

const char* met(bool is_met) {
    return is_met ? "yes" : "NO";
}

void print_spread(const Series& series,
                  const std::string& name,
                  const std::string& text,
                  const std::string& goal) {
    const std::vector<double>& values = series.at(name);
    fmt::print("{:<34} {:9.4f} ms   {:5.2f} %   {:5.2f} %   {}\n",
               text,
               1e3 * quantile(values, 0.5),
               100 * iqr_share(values),
               100 * range_share(values),
               goal);
}

void print_spreads(const Series& series) {
    fmt::print("headline over {} runs                  median  IQR/med.   max-min   goal\n",
               series.at("alu real").size());

    struct Body {
        std::string name;
        double limit;
    };

    for (const Body& body : {Body{"alu", 0.019}, Body{"allocating", 0.034}}) {
        const std::string id = "goals/" + body.name;
        const bool is_met = iqr_share(series.at(id)) <= body.limit;
        print_spread(series,
                     id,
                     body.name + ", assay time",
                     fmt::format("IQR <= {:.1f} %: {}", 100 * body.limit, met(is_met)));
        print_spread(series, id + " wall", body.name + ", assay wall_time", "");
        print_spread(series, body.name + " real", body.name + ", Google Benchmark real", "");
        print_spread(series, body.name + " cpu", body.name + ", Google Benchmark CPU", "");
    }
}

// By how much the second of two figures of each round is longer, in nanoseconds.
std::vector<double> added(const Series& series, const std::string& to, const std::string& from) {
    std::vector<double> extra;
    const std::vector<double>& without = series.at(from);
    const std::vector<double>& with = series.at(to);
    for (std::size_t i = 0; i < without.size(); ++i) {
        extra.push_back(kNanoseconds * (with[i] - without[i]));
    }
    return extra;
}

void print_recorder(const Series& series) {
    const std::vector<double> cost =
        added(series, "goals/recorded[links=50] wall", "goals/unrecorded[links=50] wall");
    fmt::print("\nlatency recorder adds {:.2f} ns [{:.2f}, {:.2f}] to an operation of {:.1f} ns   "
               "goal <= 12: "
               "{}\n",
               quantile(cost, 0.5),
               quantile(cost, 0.25),
               quantile(cost, 0.75),
               kNanoseconds * quantile(series.at("goals/unrecorded[links=50] wall"), 0.5),
               met(quantile(cost, 0.5) <= 12));
    fmt::print("an operation that does nothing takes {:.2f} ns, recorded\n",
               kNanoseconds * quantile(series.at("goals/recorded_nothing wall"), 0.5));
}

void print_preparation(const Series& series) {
    std::vector<double> extra;
    const std::vector<double>& without = series.at("goals/prepared[work=0]");
    const std::vector<double>& with = series.at("goals/prepared[work=1000]");
    for (std::size_t i = 0; i < without.size(); ++i) {
        extra.push_back(kNanoseconds * (with[i] - without[i]));
    }
    fmt::print(
        "untimed set-up of about 1 us per iteration adds {:+.3f} ns [{:+.3f}, {:+.3f}] to {:.2f} "
        "ns   goal 0\n",
        quantile(extra, 0.5),
        quantile(extra, 0.25),
        quantile(extra, 0.75),
        kNanoseconds * quantile(series.at("goals/prepared[work=0]"), 0.5));
}

void print_host(const std::vector<double>& shares) {
    const double median = quantile(shares, 0.5);
    fmt::print("host's own CPU while slices of 0.1 s run   {:.3f} % of a core [{:.3f}, {:.3f}], {} "
               "runs   goal < 0.5 %: {}\n",
               100 * median,
               100 * quantile(shares, 0.25),
               100 * quantile(shares, 0.75),
               shares.size(),
               met(median < 0.005));
}

} // namespace

int main(int argc, char** argv) try {
    int rounds = kRounds;
    if (argc == 3 && std::string_view(argv[1]) == "--rounds") {
        rounds = std::atoi(argv[2]);
    } else if (argc != 1) {
        rounds = 0;
    }
    if (rounds < 4) {
        std::fprintf(stderr, "usage: measure_goals [--rounds N]   at least 4\n");
        return 2;
    }
    const integration::Sandbox sandbox;
    const std::vector<std::string> filters{
        "goals/(alu|allocating|recorded|recorded_nothing|unrecorded|prepared)"};
    assay_headlines(sandbox, filters); // fills the store; the machine's resolution is kept
    Series series;
    std::vector<double> shares;
    for (int i = 0; i < rounds; ++i) {
        const bool ours_first = i % 2 == 0;
        for (const bool ours : {ours_first, !ours_first}) {
            add(series,
                ours ? assay_headlines(sandbox, filters) : google_benchmark_headlines(sandbox));
        }
        if (i % 4 == 0) { // ten seconds each
            shares.push_back(host_cpu(sandbox).share());
        }
        std::fprintf(stderr, "round %d of %d\n", i + 1, rounds);
    }
    print_spreads(series);
    print_recorder(series);
    print_preparation(series);
    print_host(shares);
    return EXIT_SUCCESS;

} catch (const std::exception& error) {

    std::fprintf(stderr, "measure_goals: %s\n", error.what());
    return 3;
}

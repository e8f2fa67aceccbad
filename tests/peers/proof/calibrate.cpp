// proof_calibration: measures in fresh processes of itself and writes the figures as JSON.
#include "body.hpp"
#include "calibration.hpp"
#include "statistics/summary.hpp"
#include "support/command.hpp"
#include "support/json.hpp"
#include "support/text.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace json = assay::json;

constexpr std::size_t kProcesses = 100;
constexpr std::size_t kProcessesMin = 20;
constexpr double kLevel = 0.95;

double in_fresh_process(std::vector<std::string> role) {
    role.insert(role.begin(), "/proc/self/exe");
    const auto output = assay::run_command(role, {.timeout = std::chrono::seconds(60)});
    if (!output) {
        throw std::runtime_error(output.error().message);
    }
    const auto value = assay::to_double(assay::trim(output->text));
    if (output->exit_code != 0 || !value) {
        throw std::runtime_error("a measuring process of this program failed: " +
                                 assay::join(role, " "));
    }
    return *value;
}

// The bodies take turns, so that a slow minute hits both.
struct Series {
    std::vector<std::string> role;
    std::vector<double> values;
};

void measure(std::vector<Series>& all, std::size_t processes, const char* what) {
    for (std::size_t i = 0; i < processes; ++i) {
        for (Series& series : all) {
            series.values.push_back(in_fresh_process(series.role));
        }
        if ((i + 1) % 20 == 0) {
            std::fprintf(stderr, "calibration: %s, %zu of %zu\n", what, i + 1, processes);
        }
    }
}

json::array interval_of(const std::vector<double>& values, double scale) {
    const auto interval = assay::statistics::median_interval(values, kLevel);
    return interval ? json::array{interval->low * scale, interval->high * scale} : json::array{};
}

std::int64_t links_per_percent(const Series& series) {
    return std::llround(assay::statistics::median(series.values) / 100);
}

std::string calibrated(std::size_t processes) {
    const std::vector<std::string> bodies{"alu", "allocating"};
    std::vector<Series> sizes;
    for (const std::string& body : bodies) {
        sizes.push_back({{"links", body}, {}});
    }
    measure(sizes, processes, "links that take as long as a body");

    std::vector<Series> checks;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        for (const int percent : {1, 2, 3, 5}) {
            const std::int64_t links = percent * links_per_percent(sizes[i]);
            checks.push_back({{"ratio", bodies[i], std::to_string(links)}, {}});
        }
    }
    measure(checks, processes, "what the links read as");

    json::object document{{"processes", processes}, {"level", kLevel}};
    auto check = checks.begin();
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        json::array read;
        for (const int percent : {1, 2, 3, 5}) {
            read.push_back(json::object{{"percent", percent},
                                        {"ratio", assay::statistics::median(check->values)},
                                        {"interval", interval_of(check->values, 1)}});
            ++check;
        }
        document[bodies[i]] = json::object{{"links_per_percent", links_per_percent(sizes[i])},
                                           {"interval", interval_of(sizes[i].values, 0.01)},
                                           {"check", read}};
    }
    return assay::write_json(document, assay::JsonLayout::indented);
}

int play_role(const std::vector<std::string>& words) {
    const double figure = words[0] == "links"
                              ? proof::links_of_body(words[1])
                              : proof::ratio_with_links(
                                    words[1], static_cast<std::uint64_t>(std::stoull(words.at(2))));
    std::printf("%.17g\n", figure);
    return EXIT_SUCCESS;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    try {
        if (words.size() >= 2 && (words[0] == "links" || words[0] == "ratio")) {
            return play_role(words);
        }
        const auto processes = words.empty() ? kProcesses : std::stoul(words[0]);
        if (words.size() > 1 || processes < kProcessesMin) {
            std::fprintf(stderr,
                         "usage: proof_calibration [PROCESSES] > calibration.json   at least %zu\n",
                         kProcessesMin);
            return 2;
        }
        std::printf("%s\n", calibrated(processes).c_str());
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "proof_calibration: %s\n", error.what());
        return 3;
    }
}

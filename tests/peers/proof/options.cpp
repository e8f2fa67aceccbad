#include "options.hpp"

#include "record.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>

namespace proof {

namespace {

constexpr std::int64_t kComparisonsMax = 100'000;
constexpr int kLoadMax = 64;

constexpr std::array<std::string_view, 6> kParsed{
    "--cells", "--n", "--n-fifty", "--peer", "--only", "--load"};

assay::Error usage(std::string message) {
    return {assay::ErrorKind::usage, std::move(message), "see tools/prove-measurement --help"};
}

std::vector<std::string> cell_names() {
    std::vector<std::string> names;
    for (const Cell& cell : all_cells()) {
        names.emplace_back(cell.name);
    }
    return names;
}

assay::Result<std::vector<Cell>> cells_from(const std::string& text) {
    std::vector<Cell> cells;
    for (const std::string& name : assay::split(text, ',')) {
        const Cell* cell = cell_named(name);
        if (cell == nullptr) {
            return usage("no cell is called '" + name + "'" +
                         assay::did_you_mean(name, cell_names()) + "; there are " +
                         assay::join(cell_names(), ", "));
        }
        cells.push_back(*cell);
    }
    return cells;
}

assay::Result<std::int64_t>
whole(const std::string& option, const std::string& text, std::int64_t low, std::int64_t high) {
    const auto number = assay::to_int64(text);
    if (!number || *number < low || *number > high) {
        return usage(option + " is '" + text + "': expected a whole number from " +
                     std::to_string(low) + " to " + std::to_string(high));
    }
    return *number;
}

assay::Result<Peer> peer_from(const std::string& text) {
    if (text == "none") {
        return Peer::none;
    }
    if (text == "alarms") {
        return Peer::alarms;
    }
    if (text == "all") {
        return Peer::all;
    }
    return usage("--peer is '" + text + "': expected none, alarms or all");
}

// The options whose value needs more than being kept.
assay::Status take_parsed(Options& options, const std::string& option, const std::string& value) {
    if (option == "--cells") {
        auto cells = cells_from(value);
        if (!cells) {
            return cells.error();
        }
        options.cells = std::move(*cells);
        return {};
    }
    if (option == "--peer") {
        const auto peer = peer_from(value);
        if (!peer) {
            return peer.error();
        }
        options.peer = *peer;
        return {};
    }
    if (option == "--only") {
        if (value != kAssay && value != kGoogleBenchmark) {
            return usage("--only is '" + value + "': expected " + kAssay + " or " +
                         kGoogleBenchmark);
        }
        options.only = value;
        return {};
    }
    const bool load = option == "--load";
    const auto number =
        load ? whole(option, value, 0, kLoadMax) : whole(option, value, 1, kComparisonsMax);
    if (!number) {
        return number.error();
    }
    if (load) {
        options.load = static_cast<int>(*number);
    } else {
        (option == "--n" ? options.n : options.n_fifty) = *number;
    }
    return {};
}

assay::Status take(Options& options, const std::string& option, const std::string& value) {
    if (option == "--out") {
        options.out = std::filesystem::absolute(value);
    } else if (option == "--lock") {
        options.lock = std::filesystem::absolute(value);
    } else if (option == "--assay") {
        options.assay = value;
    } else if (option == "--compare-option") {
        options.more_options.push_back(value);
    } else if (std::ranges::find(kParsed, option) != kParsed.end()) {
        return take_parsed(options, option, value);
    } else {
        std::vector<std::string> known(kParsed.begin(), kParsed.end());
        known.insert(known.end(),
                     {"--out", "--lock", "--assay", "--compare-option", "--report-only"});
        return usage("unknown option '" + option + "'" + assay::did_you_mean(option, known));
    }
    return {};
}

} // namespace

assay::Result<Options> options_from(const std::vector<std::string>& words) {
    Options options;
    options.cells.assign(all_cells().begin(), all_cells().end());
    options.built = ASSAY_PROOF_BUILT;
    options.out = options.built / "results";
    options.assay = ASSAY_PROOF_ASSAY;
    options.overhead = ASSAY_PROOF_OVERHEAD;
    options.calibration = ASSAY_PROOF_CALIBRATION_FILE;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& option = words[i];
        if (option == "--help" || option == "-h") {
            options.help = true;
        } else if (option == "--report-only") {
            options.report_only = true;
        } else if (i + 1 == words.size()) {
            return usage("'" + option + "' is unknown, or its value is missing");
        } else if (const auto taken = take(options, option, words[++i]); !taken) {
            return taken.error();
        }
    }
    return options;
}

std::string help_text() {
    return "Example: tools/prove-measurement --cells same_alu,slower_alu_2 --n 100\n"
           "\n"
           "Compares builds with assay compare and with Google Benchmark's own method, many "
           "times,\n"
           "in turns, and writes how often each was right to OUT/proof.txt and OUT/proof.json.\n"
           "Every comparison is kept in OUT/records.jsonl: called again, it goes on where it was.\n"
           "\n"
           "  --cells A,B,...      only these; all: " +
           assay::join(cell_names(), "\n                       ") +
           "\n"
           "  --n N                comparisons of each cell and method (100)\n"
           "  --n-fifty N          of those with fifty cases (20)\n"
           "  --peer WHICH         Google Benchmark compares in cells of identical builds "
           "(alarms),\n"
           "                       in all, or in none; a comparison takes it a quarter of a "
           "minute\n"
           "  --only METHOD        assay or google_benchmark alone\n"
           "  --load N             with N busy processes beside it (0)\n"
           "  --lock FILE          held during each comparison, so that other work takes turns "
           "with it:\n"
           "                       flock FILE make\n"
           "  --out FOLDER         results (build/proof/tests/peers/proof/results)\n"
           "  --assay FILE         another assay than the one of this build\n"
           "  --compare-option O   given to assay compare as well; repeatable\n"
           "  --report-only        measure nothing, write the tables from what is recorded\n"
           "\n"
           "Exit status: 0 every goal was reached or nothing is promised, 1 one was missed, 2 "
           "usage,\n"
           "3 something could not run, 5 fewer than 100 comparisons of a cell that has a goal.\n";
}

} // namespace proof

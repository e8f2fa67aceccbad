// target/criterion: <group>/<function>/<value>/{new,base}/{benchmark,estimates,sample}.json
#include "criterion.hpp"
#include "import_formats/json_tree.hpp"
#include "import_formats/json_values.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/tar_image.hpp"

#include <map>
#include <optional>
#include <string>

namespace criterion {
namespace {

namespace formats = assay::import_formats;
using formats::JsonKind;
using formats::JsonNode;
using formats::JsonTree;

constexpr std::string_view kNewest = "new";
constexpr int kSure = 95;

// What one folder .../<baseline>/ holds.
struct Measured {
    std::string_view benchmark, estimates, sample;
};

// By the folder that benchmarks have, within the baseline; "new" apart, for it comes last.
using Baseline = std::map<std::string, Measured>;

struct Store {
    std::map<std::string, Baseline> older;
    Baseline newest;
};

// Whether it is a file of criterion's.
bool place(const formats::TarEntry& entry, Store& store) {
    const std::string_view path = entry.name;
    const std::size_t file = path.rfind('/');
    if (file == std::string_view::npos) {
        return false;
    }
    const std::string_view folder = path.substr(0, file), name = path.substr(file + 1);
    const std::size_t slash = folder.rfind('/');
    const std::string_view baseline =
        slash == std::string_view::npos ? folder : folder.substr(slash + 1);
    const std::string benchmark(slash == std::string_view::npos ? "" : folder.substr(0, slash));
    const bool of_two_runs = baseline == "change" || path.starts_with("report/") ||
                             path.find("/report/") != std::string_view::npos; // or pictures
    if (of_two_runs || name == "tukey.json" || name == "raw.csv") {
        return true;
    }
    std::string_view Measured::*const part = name == "benchmark.json"   ? &Measured::benchmark
                                             : name == "estimates.json" ? &Measured::estimates
                                             : name == "sample.json"    ? &Measured::sample
                                                                        : nullptr;
    if (part == nullptr) {
        return false;
    }
    auto& of = baseline == kNewest ? store.newest : store.older[std::string(baseline)];
    of[benchmark].*part = entry.bytes;
    return true;
}

// Nanoseconds of an iteration; empty: there is no sample, or it is not whole.
std::vector<double> sample_of(JsonNode root) {
    JsonNode iterations = root["iters"], times = root["times"];
    if (root.is(JsonKind::array) && root.size() == 2) { // before 0.3.4
        iterations = *root.begin();
        times = *++root.begin();
    }
    std::vector<double> counts, totals;
    if (!formats::read_numbers(iterations, counts) || !formats::read_numbers(times, totals) ||
        counts.size() != totals.size()) {
        return {};
    }
    for (std::size_t i = 0; i < totals.size(); ++i) {
        totals[i] /= counts[i];
    }
    return totals;
}

JsonNode estimate(JsonNode root, std::string_view name, std::string_view old_name) {
    const JsonNode found = root[name];
    return found ? found : root[old_name];
}

void take_estimates(JsonNode root, assay::imported_metric& time) {
    const formats::ToolUnit unit = formats::unit_of("ns");
    const auto figure = [&unit](JsonNode node) {
        return unit.to_base(formats::number_or_unknown(node));
    };
    const JsonNode median = estimate(root, "median", "Median");
    time.mean = figure(estimate(root, "mean", "Mean")["point_estimate"]);
    time.stddev = figure(estimate(root, "std_dev", "StdDev")["point_estimate"]);
    time.median = figure(median["point_estimate"]);
    const JsonNode interval = median["confidence_interval"];
    time.ci_lo = figure(interval["lower_bound"]);
    time.ci_hi = figure(interval["upper_bound"]);
    time.ci_level = formats::number_or_unknown(interval["confidence_level"]);
}

void name_case(JsonNode benchmark, const std::string& folder, assay::imported_case& row) {
    const std::string_view group = benchmark["group_id"].text();
    const std::string_view function = benchmark["function_id"].text();
    row.name = function.empty() ? group : function;
    if (!function.empty()) {
        row.suite = group;
    }
    if (row.name.empty()) { // a benchmark.json that is missing or broken
        row.name = folder.empty() ? "benchmark" : folder;
    }
    if (const JsonNode value = benchmark["value_str"]; value.is(JsonKind::string)) {
        row.parameters.emplace_back("value", std::string(value.text()));
    }
}

void add_throughput(JsonNode throughput, assay::imported_case& row) {
    const std::vector<double> seconds = row.metrics.front().samples;
    for (const JsonNode member : throughput) {
        if (const auto number = member.number()) {
            add_rate(member.key(), *number, seconds, row);
        }
    }
}

// The first of the documents that is broken.
void keep_damage(const JsonTree& tree,
                 std::string_view text,
                 const std::string& where,
                 std::optional<std::string>& damage) {
    if (tree.is_damaged() && !damage && !text.empty()) {
        damage = where + ", " + assay::place_in(text, tree.end()) + ": " + tree.damage();
    }
}

void add_baseline(const Baseline& baseline,
                  const std::string& name,
                  assay::import_output& out,
                  std::optional<std::string>& damage) {
    assay::imported_run run;
    run.tool = "criterion.rs";
    run.environment.emplace_back("baseline", name);
    bool begun = false;
    for (const auto& [folder, measured] : baseline) {
        if (measured.sample.empty() && measured.estimates.empty()) {
            continue;
        }
        const JsonTree benchmark = JsonTree::read(measured.benchmark);
        const JsonTree estimates = JsonTree::read(measured.estimates);
        const JsonTree sample = JsonTree::read(measured.sample);
        const std::string where = (folder.empty() ? "" : folder + "/") + name;
        keep_damage(benchmark, measured.benchmark, where + "/benchmark.json", damage);
        keep_damage(estimates, measured.estimates, where + "/estimates.json", damage);
        keep_damage(sample, measured.sample, where + "/sample.json", damage);
        if (estimates.is_damaged() && sample.is_damaged()) {
            continue;
        }
        if (!begun) {
            begun = true;
            out.begin(run);
        }
        assay::imported_case row;
        name_case(benchmark.root(), folder, row);
        row.metrics.push_back(formats::sampled_metric("time", "ns", sample_of(sample.root())));
        take_estimates(estimates.root(), row.metrics.back());
        add_throughput(benchmark.root()["throughput"], row);
        out.add(row);
    }
}

// The one that criterion copied from the newest is that run, and no older one.
void drop_copies(Baseline& baseline, const Baseline& newest) {
    std::erase_if(baseline, [&newest](const auto& entry) {
        const auto same = newest.find(entry.first);
        return same != newest.end() && same->second.sample == entry.second.sample &&
               same->second.estimates == entry.second.estimates;
    });
}

bool are_estimates(std::string_view text) {
    return text.find("\"median_abs_dev\"") != std::string_view::npos ||
           text.find("\"MedianAbsDev\"") != std::string_view::npos;
}

} // namespace

int probe_tree(const assay::probed_file& file) {
    for (const formats::TarEntry& entry : formats::read_tar_head(file.head)) {
        const std::string_view name = entry.name;
        const bool benchmark = name.ends_with("/benchmark.json") &&
                               entry.bytes.find("\"group_id\"") != std::string_view::npos;
        if (benchmark || (name.ends_with("/estimates.json") && are_estimates(entry.bytes))) {
            return kSure;
        }
    }
    return 0;
}

int probe_part(const assay::probed_file& file) {
    const bool sample = file.head.starts_with('{') &&
                        file.head.find("\"sampling_mode\"") != std::string_view::npos &&
                        file.head.find("\"iters\"") != std::string_view::npos;
    return sample || (file.head.starts_with('{') && are_estimates(file.head)) ? kSure : 0;
}

void parse_tree(std::string_view image, assay::import_output& out) {
    Store store;
    for (const formats::TarEntry& entry : formats::read_tar(image)) {
        if (!place(entry, store)) {
            out.unread(entry.name);
        }
    }
    std::optional<std::string> damage;
    for (auto& [name, baseline] : store.older) {
        drop_copies(baseline, store.newest);
        add_baseline(baseline, name, out, damage);
    }
    add_baseline(store.newest, std::string(kNewest), out, damage);
    if (damage) {
        throw assay::damaged(*damage);
    }
}

} // namespace criterion

// The importer "criterion": folders, cargo-criterion's messages and the text of criterion.rs.
#include "criterion.hpp"

#include "import_formats/metrics.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>

namespace criterion {

namespace {

class Importer {
public:
    static constexpr std::string_view extensions = ".txt,.json,.ndjson";
    static constexpr bool reads_folders = true;

    static int probe(const assay::probed_file& file) {
        return file.is_tree()
                   ? probe_tree(file)
                   : std::max({probe_messages(file), probe_text(file), probe_part(file)});
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        if (file.is_tree()) {
            parse_tree(file.bytes, out);
            return;
        }
        const assay::probed_file whole{file.name, file.bytes, file.bytes.size()};
        if (probe_part(whole) > 0) {
            throw assay::damaged("a part of one benchmark, which does not say of which: import the "
                                 "folder that it lies in, target/criterion or one in that");
        }
        if (probe_messages(whole) > 0) {
            parse_messages(file.bytes, out);
        } else {
            parse_text(file.bytes, out);
        }
    }
};

} // namespace

void add_rate(std::string_view unit,
              double per_iteration,
              const std::vector<double>& seconds,
              assay::imported_case& row) {
    const bool bytes = unit.starts_with("bytes") || unit.starts_with("Bytes");
    std::vector<double> rates;
    rates.reserve(seconds.size());
    for (const double second : seconds) {
        const double rate = per_iteration / second;
        if (!std::isfinite(rate)) {
            return; // an iteration of no time at all
        }
        rates.push_back(rate);
    }
    if (rates.empty() || !std::isfinite(per_iteration)) {
        return;
    }
    row.metrics.push_back(assay::import_formats::sampled_metric(
        bytes ? "bytes_rate" : "items_rate", bytes ? "B/s" : "items/s", rates));
}

} // namespace criterion

ASSAY_IMPORTER(
    "org.assay.import.criterion",
    "criterion",
    "0.1.0",
    criterion::Importer,
    R"("description":"folders, messages and text of criterion.rs","license":"Apache-2.0")")

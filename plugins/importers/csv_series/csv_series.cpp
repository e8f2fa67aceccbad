// The importer "csv_series": tables with a row for every run, and HdrHistogram's interval logs.
#include "csv_series.hpp"

#include "import_formats/text_lines.hpp"

namespace csv_series {
namespace {

class CsvSeries {
public:
    static constexpr std::string_view extensions = ".csv";

    static int probe(const assay::probed_file& file) {
        if (!assay::import_formats::looks_like_text(file.head)) {
            return 0;
        }
        return looks_like_interval_log(file.head) ? 92 : looks_like_table(file.head) ? 85 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        if (looks_like_interval_log(file.bytes)) {
            parse_interval_log(file.bytes, out);
        } else {
            parse_table(file, out);
        }
    }
};

} // namespace
} // namespace csv_series

ASSAY_IMPORTER("org.assay.import.csv_series",
               "csv_series",
               "0.1.0",
               csv_series::CsvSeries,
               R"("description":"time series in CSV, HdrHistogram logs","license":"Apache-2.0")")

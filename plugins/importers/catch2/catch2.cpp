// The importer "catch2": benchmarks of Catch2, as its console and XML reporters write them.
#include "catch2.hpp"

#include <algorithm>

namespace catch2 {
namespace {

class Catch2Importer {
public:
    static constexpr std::string_view extensions = ".txt,.xml";

    static int probe(const assay::probed_file& file) {
        return std::max(probe_text(file.head), probe_xml(file.head));
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        const std::size_t begin = file.bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
        if (begin != std::string_view::npos && file.bytes[begin] == '<') {
            parse_xml(file.bytes, out);
        } else {
            parse_text(file.bytes, out);
        }
    }
};

} // namespace
} // namespace catch2

ASSAY_IMPORTER("org.assay.import.catch2",
               "catch2",
               "0.1.0",
               catch2::Catch2Importer,
               R"("description":"benchmarks of Catch2, text and XML","license":"Apache-2.0")")

// The importer "gungraun": counters of iai, iai-callgrind and gungraun, as text and as summaries.
#include "gungraun.hpp"

namespace gungraun {
namespace {

// Of a summary that is longer than what a probe is shown.
bool begins_summary(std::string_view head) {
    return head.find("\"module_path\"") != std::string_view::npos &&
           head.find("\"benchmark_exe\"") != std::string_view::npos;
}

class Gungraun {
public:
    static constexpr std::string_view extensions = ".txt,.json";

    static int probe(const assay::probed_file& file) {
        if (holds_summaries(file.head) || holds_counters(file.head)) {
            return 92;
        }
        return begins_summary(file.head) ? 80 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        assay::imported_run run;
        run.tool = "gungraun";
        out.begin(run);
        if (begins_summary(file.bytes)) {
            parse_summaries(file.bytes, out);
        } else {
            parse_text(file.bytes, out);
        }
    }
};

} // namespace
} // namespace gungraun

ASSAY_IMPORTER("org.assay.import.gungraun",
               "gungraun",
               "0.1.0",
               gungraun::Gungraun,
               R"("description":"counters of iai and gungraun","license":"Apache-2.0")")

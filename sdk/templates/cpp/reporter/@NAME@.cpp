// The reporter "@NAME@": one line per case. See assay/reporter.hpp and assay/event_view.hpp.
#include <assay/reporter.hpp>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

class @NAME@ {
public:
    static constexpr std::string_view options_schema = R"({
        "type": "object",
        "properties": {
            "prefix": {"type": "string", "default": "", "description": "put before every line"}
        },
        "additionalProperties": false})";
    static constexpr std::string_view default_name = "@NAME@.txt"; // without it: stdout

    @NAME@(assay::document const& options, assay::sink out)
        : prefix_(options.str("/prefix", ""))
        , out_(out) {}

    void on(assay::event_view const& e) {
        if (e.kind() != assay::event_kind::case_end) {
            return; // also kinds that did not exist when this was written
        }
        ++cases_;
        std::string line = prefix_ + std::string(e.case_id()) + ": ";
        assay_stats const* time = e.find_stats("time");
        if (e.status() != assay::case_status::passed) {
            line += std::string(assay::name_of(e.status())) + " " + std::string(e.text());
        } else if (time != nullptr && std::isfinite(time->median)) {
            line += std::to_string(time->median * 1e9) + " ns";
        } else {
            line += "-"; // not measured is never 0
        }
        out_.write(line + "\n");
    }

    void finish() { out_.write(prefix_ + std::to_string(cases_) + " cases\n"); }

private:
    std::string prefix_;
    assay::sink out_;
    std::uint64_t cases_ = 0;
};

} // namespace

ASSAY_REPORTER("@ID@", "@NAME@", "0.1.0", @NAME@)

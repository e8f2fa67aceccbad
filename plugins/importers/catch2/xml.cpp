// What Catch2's XML reporter writes of a benchmark, in nanoseconds:
//
//   <TestCase name="Fibonacci"><BenchmarkResults name="20" samples="100" iterations="2" ...>
//     <mean value="41731" lowerBound="41250" upperBound="42622" ci="0.95"/>
//     <standardDeviation value="3256" .../><outliers .../>
//   </BenchmarkResults></TestCase>
#include "catch2.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/xml_reader.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace catch2 {
namespace {

namespace xml_formats = assay::import_formats;
using xml_formats::XmlEvent;
using xml_formats::XmlKind;

double number_in(const XmlEvent& event, std::string_view attribute) {
    return xml_formats::read_number(event[attribute]).value_or(assay::imported_metric::unknown);
}

std::uint64_t count_in(const XmlEvent& event, std::string_view attribute) {
    constexpr double kMost = 9e15;
    const double number = number_in(event, attribute);
    return number > 0 && number < kMost ? static_cast<std::uint64_t>(number) : 0;
}

class ReportReader {
public:
    explicit ReportReader(assay::import_output& out)
        : out_(out) {}

    void read(std::string_view bytes) {
        xml_formats::XmlReader xml(bytes);
        while (const std::optional<XmlEvent> event = xml.next()) {
            if (event->kind == XmlKind::begin) {
                begin(*event);
            } else if (event->kind == XmlKind::end) {
                end(*event);
            }
        }
    }

private:
    void begin(const XmlEvent& event) {
        if (event.name == "TestCase" || event.name == "Section") {
            path_.emplace_back(event["name"]);
        } else if (event.name == "BenchmarkResults") {
            row_ = {.suite = suite(), .name = std::string(event["name"])};
            time_ = xml_formats::metric_in("time", xml_formats::unit_of("ns"), "ns");
            time_.n = count_in(event, "samples");
            time_.iterations = count_in(event, "iterations");
            inside_ = true;
        } else if (inside_ && event.name == "mean") {
            const xml_formats::ToolUnit unit = xml_formats::unit_of("ns");
            time_.mean = unit.to_base(number_in(event, "value"));
            time_.ci_lo = unit.to_base(number_in(event, "lowerBound"));
            time_.ci_hi = unit.to_base(number_in(event, "upperBound"));
            time_.ci_level = number_in(event, "ci");
        } else if (inside_ && event.name == "standardDeviation") {
            time_.stddev = xml_formats::unit_of("ns").to_base(number_in(event, "value"));
        } else if (inside_ && event.name == "failed") {
            row_.status = assay::case_status::failed;
            row_.reason = event["message"].empty() ? "the benchmark failed" : event["message"];
        }
    }

    void end(const XmlEvent& event) {
        if (event.name == "TestCase" || event.name == "Section") {
            path_.pop_back();
        } else if (event.name == "BenchmarkResults") {
            inside_ = false;
            if (row_.status == assay::case_status::passed && !std::isnan(time_.mean)) {
                row_.metrics.push_back(time_);
            }
            if (!row_.name.empty()) {
                out_.add(row_);
            }
        }
    }

    [[nodiscard]] std::string suite() const {
        std::string all;
        for (const std::string& part : path_) {
            all += (all.empty() ? "" : " / ") + part;
        }
        return all;
    }

    assay::import_output& out_;
    std::vector<std::string> path_;
    assay::imported_case row_;
    assay::imported_metric time_;
    bool inside_ = false;
};

} // namespace

int probe_xml(std::string_view head) {
    const std::string root = xml_formats::xml_root(head);
    const bool report = root == "Catch2TestRun" || root == "Catch";
    return report ? 95 : 0;
}

void parse_xml(std::string_view bytes, assay::import_output& out) {
    assay::imported_run run;
    run.tool = "Catch2";
    out.begin(run);
    ReportReader(out).read(bytes);
}

} // namespace catch2

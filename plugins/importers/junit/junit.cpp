// The importer "junit": how long test cases took.
//
//   <testsuites><testsuite name="suite" timestamp="2024-01-01T03:00:00">
//     <testcase classname="module.Class" name="test" time="0.25"><failure
//     message="why"/></testcase>
//   </testsuite></testsuites>
#include "import_formats/instants.hpp"
#include "import_formats/metrics.hpp"
#include "import_formats/numbers.hpp"
#include "import_formats/xml_reader.hpp"

#include <assay/importer.hpp>

#include <optional>
#include <string>
#include <vector>

namespace {

namespace formats = assay::import_formats;
using formats::XmlEvent;
using formats::XmlKind;

class ReportReader {
public:
    explicit ReportReader(assay::import_output& out)
        : out_(out) {}

    void read(std::string_view bytes) {
        formats::XmlReader xml(bytes);
        while (const std::optional<XmlEvent> event = xml.next()) {
            if (event->kind == XmlKind::begin) {
                begin(*event);
            } else if (event->kind == XmlKind::end) {
                end(event->name);
            } else if (waits_for_text_) {
                row_->reason = event->text;
                waits_for_text_ = false;
            }
        }
        begin_run(); // a report of no tests is a run without results
    }

private:
    void begin(const XmlEvent& event) {
        if (event.name == "testsuite") {
            suites_.emplace_back(event["name"]);
            if (!run_.date) {
                run_.date = formats::read_instant(event["timestamp"]);
            }
            if (run_.environment.empty() && !event["hostname"].empty()) {
                run_.environment.emplace_back("hostname", std::string(event["hostname"]));
            }
        } else if (event.name == "testcase") {
            begin_case(event);
        } else if (row_ && (event.name == "failure" || event.name == "error")) {
            fail(assay::case_status::failed, event["message"], "the test failed");
        } else if (row_ && event.name == "skipped") {
            fail(assay::case_status::skipped, event["message"], "the test was skipped");
        } else if (event.name == "property" && !row_ && !begun_ && !event["name"].empty()) {
            run_.environment.emplace_back(std::string(event["name"]), std::string(event["value"]));
        }
    }

    void begin_case(const XmlEvent& event) {
        row_ = assay::imported_case{.suite = std::string(event["classname"]),
                                    .name = std::string(event["name"])};
        if (row_->suite.empty() && !suites_.empty()) {
            row_->suite = suites_.back();
        }
        const std::string_view status = event["status"];
        if (status == "fail") {
            fail(assay::case_status::failed, {}, "the test failed");
        } else if (status == "disabled" || status == "notrun") {
            fail(assay::case_status::skipped, {}, "the test was not run");
        }
        if (const auto seconds = formats::read_grouped(event["time"])) {
            row_->metrics.push_back(formats::sampled_metric("time", "s", {*seconds}));
        }
    }

    void end(const std::string& name) {
        if (name == "testsuite" && !suites_.empty()) {
            suites_.pop_back();
        } else if (name == "failure" || name == "error" || name == "skipped") {
            waits_for_text_ = false;
        } else if (name == "testcase" && row_) {
            begin_run();
            if (row_->status != assay::case_status::passed) {
                row_->metrics.clear();
            }
            if (!row_->name.empty()) {
                out_.add(*row_);
            }
            row_.reset();
        }
    }

    // Without a message the element's text says why.
    void fail(assay::case_status status, std::string_view message, const char* otherwise) {
        row_->status = status;
        row_->reason = message.empty() ? otherwise : message;
        waits_for_text_ = message.empty();
    }

    void begin_run() {
        if (!begun_) {
            begun_ = true;
            run_.tool = "JUnit XML";
            out_.begin(run_);
        }
    }

    assay::import_output& out_;
    assay::imported_run run_;
    std::vector<std::string> suites_;
    std::optional<assay::imported_case> row_;
    bool begun_ = false, waits_for_text_ = false;
};

class JUnit {
public:
    static constexpr std::string_view extensions = ".xml";

    static int probe(const assay::probed_file& file) {
        const std::string root = formats::xml_root(file.head);
        return root == "testsuites" || root == "testsuite" ? 90 : 0;
    }

    static void parse(const assay::import_file& file, assay::import_output& out) {
        ReportReader(out).read(file.bytes);
    }
};

} // namespace

ASSAY_IMPORTER("org.assay.import.junit",
               "junit",
               "0.1.0",
               JUnit,
               R"("description":"durations in JUnit XML","license":"Apache-2.0")")

#include "told_export.hpp"
#include "tracking/exports/writers.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

TEST_CASE("openmetrics text has a family per metric, whole, and ends with EOF") {
    const ExportedRun told = told_run();
    const std::string text = openmetrics_text({&told, 1}).text;
    CHECK(text.starts_with("# TYPE assay_run info\n# HELP assay_run a run\n"
                           "assay_run_info{run=\"01920001-0000-7000-8000-000000000001\","
                           "platform=\"lab_8c\",commit=\"4f2c1d0\",branch=\"main\"} 1\n"));
    CHECK(holds(text,
                "# TYPE assay_time_seconds gauge\n# UNIT assay_time_seconds seconds\n"
                "# HELP assay_time_seconds time, lower is better\n"
                "assay_time_seconds{case=\"sums/add[n=64]\",suite=\"sums\",family=\"add\","
                "platform=\"lab_8c\",n=\"64\"} 2e-06\n"));
    CHECK(holds(text, "assay_time_lo_seconds{"));
    CHECK(holds(text, "# UNIT assay_items_rate_per_second per_second\n"));
    CHECK(holds(text, "# HELP assay_items_rate_per_second items_rate in 1/s, higher is better\n"));
    CHECK(holds(text, "\nassay_hit_rate{"));
    CHECK(holds(text, "family=\"broken\",platform=\"lab_8c\",status=\"crashed\"} 0\n"));
    CHECK(text.ends_with("# EOF\n"));
}

TEST_CASE("openmetrics labels and help are escaped") {
    ExportedRun told = told_run();
    told.run.git.branch = "a\"b\\c\nd";
    told.run.points.push_back(told_figure("odd\n\"x\"", "1", measure::Direction::none, 1));
    const std::string text = openmetrics_text({&told, 1}).text;
    CHECK(holds(text, "branch=\"a\\\"b\\\\c\\nd\"} 1\n"));
    CHECK(holds(text, "# HELP assay_odd__x_ odd\\n\\\"x\\\"\n"));
}

TEST_CASE("several runs have timestamps, and the points of a line stand together in their order") {
    ExportedRun later = told_run();
    later.run.started += 1'000'000'000;
    const ExportedRun backwards[] = {later, told_run()};
    const std::string text = openmetrics_text(backwards).text;
    CHECK(holds(text, "n=\"64\"} 2e-06 1760000060.25\nassay_time_seconds{"));
    CHECK(holds(text, "n=\"64\"} 2e-06 1760000061.25\n"));
    CHECK(text.find("1760000060.25") < text.find("1760000061.25"));
}

TEST_CASE("an axis that is called as a label of ours keeps both, and equal names are counted") {
    ExportedRun told = told_run();
    told.run.points.front().series.case_id = "sums/add[suite=x]";
    told.run.points.push_back(told_figure("hit.rate", "1", measure::Direction::higher, 0.5));
    const ExportText made = openmetrics_text({&told, 1});
    CHECK(holds(made.text, "suite=\"sums\",family=\"add\",platform=\"lab_8c\",axis_suite=\"x\"}"));
    CHECK(made.left_out.count("figures of the same name, labels and time as another") == 1);
    CHECK(made.left_out.count("samples") == 3);
}

TEST_CASE("a metric that is better high in one case and low in another has a family for either") {
    ExportedRun told = told_run();
    history::Point failures = told_figure("hit_rate", "1", measure::Direction::lower, 0.1);
    failures.series.case_id = "sums/fail";
    told.run.points.push_back(failures);
    const std::string text = openmetrics_text({&told, 1}).text;
    CHECK(holds(text, "# HELP assay_hit_rate hit_rate, higher is better\n"));
    CHECK(holds(text, "# HELP assay_hit_rate_lower hit_rate, lower is better\n"));
    CHECK(holds(text, "assay_hit_rate_lower{case=\"sums/fail\""));
}

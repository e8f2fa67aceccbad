#include "told_export.hpp"
#include "tracking/exports/writers.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

TEST_CASE("a csv export has a row per figure and one per case that did not pass") {
    const ExportedRun told = told_run();
    const ExportText made = csv_text({&told, 1});
    CHECK(made.text ==
          "run,started,kind,platform,fingerprint,branch,commit,dirty,case,metric,unit,direction,"
          "status,center,lo,hi,spread,min,max,p95,p99,n,launches,flags,reason\n" +
              [] {
                  const std::string run = "01920001-0000-7000-8000-000000000001,"
                                          "2025-10-09T08:54:20.250Z,manual,lab_8c," +
                                          std::string(64, 'a') + ",main,4f2c1d0,,";
                  return run +
                         "sums/add[n=64],time,s,lower,passed,2e-06,1e-06,3e-06,5e-07,1e-06,3e-06,,,"
                         "3,2,,\n" +
                         run + "sums/add[n=64],items_rate,1/s,higher,passed,5e+05,,,,,,,,1,0,,\n" +
                         run + "sums/add[n=64],hit_rate,1,higher,passed,0.75,,,,,,,,1,0,,\n" + run +
                         "sums/broken,,,,crashed,,,,,,,,,,,,\"signal 11 <&> \"\"bad\"\"\"\n";
              }());
    CHECK(made.left_out.kinds() == std::vector<LeftOut::Kind>{{"samples", 3}});
}

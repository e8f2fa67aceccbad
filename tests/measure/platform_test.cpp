#include "measure/platform.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::measure;

TEST_CASE("the platform has the same id and label whenever it is asked") {
    const json::object first = describe_platform();
    const json::object second = describe_platform();
    CHECK(first.at("id") == second.at("id"));
    CHECK(first.at("id").get_string().size() == 32);
    const std::string label = json_string(first, "label");
    CHECK(label == platform_label());
    CHECK(label.starts_with("linux-"));
    CHECK(label.ends_with("c"));
}

TEST_CASE("every field of the platform is there, unknown ones as null") {
    const json::object platform = describe_platform();
    for (const char* key : {"id",
                            "label",
                            "arch",
                            "os",
                            "kernel",
                            "cpu",
                            "memory_bytes",
                            "l2_bytes",
                            "tsc",
                            "clock_source",
                            "governor",
                            "aslr",
                            "virtual",
                            "load_average"}) {
        CAPTURE(key);
        CHECK(platform.contains(key));
    }
    CHECK(platform.at("cpu").at("cores").get_int64() >= 1);
    CHECK(json_int(platform, "memory_bytes", 0) > 0);
}

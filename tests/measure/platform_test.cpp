#include "measure/platform.hpp"
#include "measure/platform_identity.hpp"
#include "prepared_machines.hpp"

#include <doctest/doctest.h>

namespace platform_test {

using namespace assay;
using namespace assay::measure;

TEST_CASE("the platform has the same id and label whenever it is asked") {
    const json::object first = describe_platform();
    const json::object second = describe_platform();
    CHECK(first.at("id") == second.at("id"));
    CHECK(first.at("label") == second.at("label"));
    CHECK_FALSE(json_string(first, "label").empty());
}

TEST_CASE("the id is the fingerprint of the identity that stands beside it") {
    const json::object platform = describe_platform();
    CHECK(json_string(platform, "id").size() == 64);
    CHECK(platform.at("id") == platform.at("fingerprint"));
    CHECK(json_string(platform, "fingerprint") ==
          fingerprint_of(platform.at("identity").as_object()));
}

TEST_CASE("every field of the platform is there, unknown ones as null") {
    const json::object platform = describe_platform();
    for (const char* key : {"id",
                            "label",
                            "fingerprint",
                            "identity",
                            "arch",
                            "os",
                            "cpu",
                            "memory_bytes",
                            "l2_bytes",
                            "virtual"}) {
        CAPTURE(key);
        CHECK(platform.contains(key));
    }
    CHECK(platform.at("cpu").at("cores").get_int64() >= 1);
    CHECK(json_int(platform, "memory_bytes", 0) > 0);
}

TEST_CASE("a prepared machine is described without a look at this one") {
    PreparedMachine machine = amd_guest();
    machine.environment["PERFORMANCE_PLATFORM"] = "lab-7";
    const assay::test::PreparedTree prepared(machine.files);
    const json::object platform = describe_platform(machine.sources(prepared.tree()));
    CHECK(platform.at("label") == "lab-7");
    CHECK(json_string(platform, "fingerprint") == fingerprint_of(amd_guest().identity()));
    CHECK(platform.at("os") == "Debian GNU/Linux 12");
    CHECK(platform.at("cpu").at("model") == "AMD EPYC");
    CHECK(platform.at("memory_bytes") == 24'684'096LL * 1024);
    CHECK(platform.at("virtual") == true);
    CHECK(platform.at("l2_bytes") == 1'048'576);
}

} // namespace platform_test

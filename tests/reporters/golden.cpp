#include "golden.hpp"

#include "report/reporter_host.hpp"
#include "support/file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace assay;
using namespace assay::report;

std::string plugin_path(const std::string& reporter) {
    return std::string(ASSAY_BUILD_DIR) + "/lib/assay/plugins/" + reporter + ".assay.so";
}

std::string
written_by(const std::string& reporter, const canned::Events& events, const std::string& options) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("output");
    const auto spec =
        parse_reporter_spec(reporter + "=" + path + (options.empty() ? "" : "," + options));
    REQUIRE(spec.ok());
    auto receiver = open_reporter(*spec, plugin_path(reporter), {});
    if (!receiver) {
        FAIL(receiver.error().message);
    }
    for (const Event& event : events) {
        const Status status = (*receiver)->on_event(event);
        CHECK_MESSAGE(status.ok(), (status.ok() ? "" : status.error().message));
    }
    const Status status = (*receiver)->finish();
    CHECK_MESSAGE(status.ok(), (status.ok() ? "" : status.error().message));
    const auto text = read_file(path);
    REQUIRE(text.ok());
    return *text;
}

void check_golden(const std::string& name, const std::string& actual) {
    const std::string approved = std::string(ASSAY_SOURCE_DIR) + "/tests/golden/" + name;
    const std::string seen = std::string(ASSAY_BUILD_DIR) + "/tests/golden/" + name;
    const auto golden = read_file(approved);
    if (golden && *golden == actual) {
        std::filesystem::remove(seen);
        return;
    }
    REQUIRE(write_file_atomically(seen, actual).ok());
    FAIL_CHECK("differs from " << approved << "\nseen: " << seen
                               << "\nlook at the difference, then run tools/approve\n"
                               << actual);
}

#include "fake_host.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>

using namespace sdk_test;

namespace {

// Keeps what is written; fails at the given write.
struct MemorySink {
    MemorySink() {
        raw.struct_size = sizeof raw;
        raw.columns = 80;
        raw.self = this;
        raw.write = [](void* self, assay_str text) noexcept {
            auto& sink = *static_cast<MemorySink*>(self);
            if (sink.writes_left == 0) {
                return assay_status{ASSAY_E_IO};
            }
            --sink.writes_left;
            sink.bytes += view(text);
            return assay_status{ASSAY_OK};
        };
        raw.open_extra = [](void* self, assay_str, const assay_sink** out) noexcept {
            *out = &static_cast<MemorySink*>(self)->raw;
            return assay_status{ASSAY_OK};
        };
    }

    assay_sink raw{};
    std::string bytes;
    int writes_left = std::numeric_limits<int>::max();
};

struct Reporter {
    explicit Reporter(const FakeHost& host, std::string_view options = "{}")
        : iface(static_cast<const assay_reporter_v1*>(
              provided(load(host, "several"), ASSAY_KIND_REPORTER, "lines"))) {
        status = iface->create(&host.services, said.scope(), abi(options), &sink.raw, &object);
    }

    Reporter(const Reporter&) = delete;
    Reporter& operator=(const Reporter&) = delete;

    ~Reporter() {
        if (status == ASSAY_OK) {
            iface->destroy(object);
        }
    }

    MemorySink sink;
    Recorder said;
    const assay_reporter_v1* iface;
    assay_reporter* object = nullptr;
    assay_status status;
};

assay_status send_case_end(Reporter& reporter) {
    assay_stats time{};
    time.struct_size = sizeof time;
    time.key = ASSAY_STR("time");
    time.median = 0.25;
    const assay_stats* stats[] = {&time};
    assay_event event{};
    event.struct_size = sizeof event;
    event.kind = ASSAY_EV_CASE_END;
    event.case_id = ASSAY_STR("demo/sort[n=16]");
    event.status = ASSAY_CASE_TIMED_OUT;
    event.n_stats = 1;
    event.stats = stats;
    event.json = ASSAY_STR(R"({"case":{"params":{"n":16}}})");
    return reporter.iface->on_event(reporter.object, &event);
}

} // namespace

TEST_CASE("a reporter states its options and its default name") {
    const FakeHost host;
    const Reporter reporter(host);
    CHECK(view(reporter.iface->options_schema) == R"({"type":"object"})");
    CHECK(view(reporter.iface->default_name) == "lines.txt");
}

TEST_CASE("a reporter gets options and events and writes to its sink") {
    const FakeHost host;
    Reporter reporter(host, R"({"prefix":"* "})");
    REQUIRE(reporter.status == ASSAY_OK);
    CHECK(send_case_end(reporter) == ASSAY_OK);
    CHECK(reporter.iface->finish(reporter.object) == ASSAY_OK);
    CHECK(reporter.sink.bytes == "* demo/sort[n=16] timed_out {\"n\":16}\ntime=0.250000\nend\n");
}

TEST_CASE("a reporter survives kinds of events it does not know") {
    const FakeHost host;
    const Reporter reporter(host);
    assay_event event{};
    event.struct_size = sizeof event;
    event.kind = 4711;
    CHECK(reporter.iface->on_event(reporter.object, &event) == ASSAY_OK);
}

TEST_CASE("a full disk at any write is a status with a text") {
    const FakeHost host;
    for (int whole = 0; whole < 2; ++whole) {
        Reporter reporter(host);
        reporter.sink.writes_left = whole;
        CHECK(send_case_end(reporter) == ASSAY_E_IO);
        CHECK(reporter.said.last_failure() == "the output could not be written");
        CHECK(reporter.iface->finish(reporter.object) == ASSAY_E_IO);
    }
}

TEST_CASE("a reporter that refuses its options is not created") {
    const FakeHost host;
    const Reporter reporter(host, R"({"broken":true})");
    CHECK(reporter.status == ASSAY_E_CONFIG);
    CHECK(reporter.said.last_failure() == "told to be broken");
}

// What every bundled reporter has to stand: the R rows of the conformance checks.
#include "canned_runs.hpp"
#include "golden.hpp"
#include "report/hosted_reporter.hpp"
#include "report/reporter_host.hpp"
#include "support/plugin_library.hpp"

#include <doctest/doctest.h>

#include <malloc.h>

namespace reporter_contract_test {

using namespace assay;
using namespace assay::report;

namespace {

// Counts what arrives and fails from the k-th write on.
class ProbeSink final : public Sink {
public:
    struct Log {
        std::size_t writes = 0, bytes = 0;
        std::string last;
        bool committed = false;
    };

    ProbeSink(std::shared_ptr<Log> log, std::size_t fails_at)
        : log_(std::move(log))
        , fails_at_(fails_at) {}

    Status write(std::string_view bytes) override {
        if (++log_->writes >= fails_at_) {
            return Error{ErrorKind::io, "full", {}};
        }
        log_->bytes += bytes.size();
        log_->last = bytes;
        return {};
    }

    Result<Sink*> open_extra(std::string_view) override {
        return Error{ErrorKind::io, "no extras", {}};
    }

    Status commit() override {
        log_->committed = true;
        return {};
    }

    [[nodiscard]] bool is_terminal() const override { return false; }

    [[nodiscard]] int columns() const override { return 0; }

    [[nodiscard]] std::string target() const override { return "probe"; }

private:
    std::shared_ptr<Log> log_;
    std::size_t fails_at_;
};

constexpr std::size_t kNever = static_cast<std::size_t>(-1);
const std::vector<std::string> kReporters{"console",
                                          "json",
                                          "csv",
                                          "markdown",
                                          "junit",
                                          "charts",
                                          "html",
                                          "openmetrics",
                                          "dashboard",
                                          "report"};

// What a sink without a folder, as the one above, can take.
std::string options_for(const std::string& reporter) {
    return reporter == "charts" ? R"({"files":false})" : "{}";
}

std::unique_ptr<Receiver> probe(const std::string& reporter,
                                const std::shared_ptr<ProbeSink::Log>& log,
                                std::size_t fails_at = kNever) {
    const auto plugin = load_plugin(plugin_path(reporter), reporter_services(), {});
    REQUIRE(plugin.ok());
    const auto* iface = static_cast<const assay_reporter_v1*>(
        find_provided(**plugin, ASSAY_KIND_REPORTER, reporter));
    REQUIRE(iface != nullptr);
    auto receiver = HostedReporter::create(
        reporter, *iface, options_for(reporter), std::make_unique<ProbeSink>(log, fails_at), {});
    REQUIRE(receiver.ok());
    return std::move(*receiver);
}

Event numbered_case(int i) {
    CaseResult result =
        canned::case_of("suite", "family", {canned::metric("time", "s", {1e-3, 1e-3, 1e-3})});
    result.id = "suite/family[n=" + std::to_string(i) + "]";
    Event event = canned::case_end(std::move(result));
    event.unix_ns = 1'795'000'000'000'000'000;
    return event;
}

std::size_t heap_bytes() {
    return ::mallinfo2().uordblks;
}

// Every case leaves with its event, and the heap is as large after the last as after the first.
void stream_many_through(const std::string& reporter) {
    auto log = std::make_shared<ProbeSink::Log>();
    const auto receiver = probe(reporter, log);
    std::size_t heap_before = 0;
    for (int i = 1; i <= 10'000; ++i) {
        REQUIRE(receiver->on_event(numbered_case(i)).ok());
        if (i % 1'000 == 0) {
            CHECK(log->last.find("[n=" + std::to_string(i) + "]") != std::string::npos);
        }
        if (i == 1'000) {
            heap_before = heap_bytes();
        }
    }
    CHECK(heap_bytes() < heap_before + 1'000'000);
    REQUIRE(receiver->finish().ok());
}

} // namespace

TEST_CASE("a reporter whose output fails at any write says so and keeps nothing") {
    for (const std::string& reporter : kReporters) {
        CAPTURE(reporter);
        auto whole = std::make_shared<ProbeSink::Log>();
        {
            auto receiver = probe(reporter, whole);
            for (const Event& event : canned::ordinary_run()) {
                REQUIRE(receiver->on_event(event).ok());
            }
            REQUIRE(receiver->finish().ok());
        }
        CHECK(whole->committed);
        REQUIRE(whole->writes > 0);
        for (std::size_t k = 1; k <= whole->writes; ++k) {
            CAPTURE(k);
            auto log = std::make_shared<ProbeSink::Log>();
            auto receiver = probe(reporter, log, k);
            Status status;
            for (const Event& event : canned::ordinary_run()) {
                status = status ? receiver->on_event(event) : status;
            }
            status = status ? receiver->finish() : status;
            REQUIRE_FALSE(status.ok());
            CHECK(status.error().message == "full");
            CHECK_FALSE(log->committed);
        }
    }
}

TEST_CASE("equal events give equal bytes and instances do not know each other") {
    for (const std::string& reporter : kReporters) {
        CAPTURE(reporter);
        auto log = std::make_shared<ProbeSink::Log>();
        const auto other = probe(reporter, log); // alive while the two below write
        REQUIRE(other->on_event(numbered_case(1)).ok());
        const std::string options = reporter == "charts" ? "files=false" : "";
        const std::string first = written_by(reporter, canned::hostile_text_run(), options);
        CHECK(first == written_by(reporter, canned::hostile_text_run(), options));
        CHECK_FALSE(first.empty());
    }
}

TEST_CASE("ten thousand cases stream through json without staying") {
    stream_many_through("json");
}

TEST_CASE("ten thousand cases stream through csv without staying") {
    stream_many_through("csv");
}

TEST_CASE("the console keeps ten thousand cases in a few megabytes") {
    auto log = std::make_shared<ProbeSink::Log>();
    const auto receiver = probe("console", log);
    const std::size_t heap_before = heap_bytes();
    for (int i = 1; i <= 10'000; ++i) {
        REQUIRE(receiver->on_event(numbered_case(i)).ok());
    }
    CHECK(heap_bytes() < heap_before + 20'000'000);
    REQUIRE(receiver->finish().ok());
    CHECK(log->last.find("10000 cases: 10000 passed") != std::string::npos);
}

TEST_CASE("a reporter with nothing to report finishes") {
    for (const std::string& reporter : kReporters) {
        CAPTURE(reporter);
        auto log = std::make_shared<ProbeSink::Log>();
        CHECK(probe(reporter, log)->finish().ok());
        CHECK(log->committed);
    }
}

} // namespace reporter_contract_test

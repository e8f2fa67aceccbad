#include "history/record_document.hpp"
#include "runs.hpp"

using namespace assay;
using namespace assay::history;
using measure::CaseStatus;
using measure::Direction;

namespace {

RecordContext here() {
    RecordContext context;
    context.now = testing::kNoon;
    context.platform = testing::small_machine();
    context.git.sha = "abc";
    context.host_version = "0.1.0";
    return context;
}

std::string document(const std::string& metrics, const std::string& metadata = "{}") {
    return R"({"schema":"assay.record/1","metrics":)" + metrics + R"(,"metadata":)" + metadata +
           "}";
}

Run recorded(const std::string& text, const RecordContext& context = here()) {
    Result<Run> run = run_from_record(text, "figures.json", context);
    REQUIRE_MESSAGE(run.ok(), (run.ok() ? std::string{} : run.error().message));
    return std::move(*run);
}

Error refused(const std::string& text) {
    const Result<Run> run = run_from_record(text, "figures.json", here());
    REQUIRE_FALSE(run.ok());
    CHECK(run.error().kind == ErrorKind::config);
    CHECK(run.error().message.starts_with("figures.json"));
    return run.error();
}

} // namespace

TEST_CASE("a bare number of a known name has the unit and direction of that name") {
    const Run run = recorded(document(R"({"query_latency_vllm": 0.84, "peak_memory_gb": 1.5})"));
    CHECK(run.kind == "record");
    CHECK(run.status == "passed");
    CHECK(run.started == testing::kNoon);
    CHECK(run.finished == testing::kNoon);
    CHECK(run.git.sha == "abc");
    REQUIRE(run.points.size() == 2);
    CHECK(run.points[0].series.case_id == "record/query_latency_vllm");
    CHECK(run.points[0].series.suite == "record");
    CHECK(run.points[0].series.metric == "query_latency_vllm");
    CHECK(run.points[0].series.unit == "s");
    CHECK(run.points[0].series.direction == Direction::lower);
    CHECK(run.points[0].series.platform.label == "epyc_2c_8GiB_kvm");
    CHECK(run.points[0].figures->center == 0.84);
    CHECK(run.points[0].figures->n == 1);
    CHECK(run.points[1].series.unit == "By");
    CHECK(run.points[1].series.source_unit == "GiB");
    CHECK(run.points[1].figures->center == 1.5 * 1024 * 1024 * 1024);
}

TEST_CASE("gigabytes of the legacy names are decimal where that is asked for") {
    RecordContext context = here();
    context.decimal = true;
    const Run run = recorded(document(R"({"avg_memory_gb": 2, "cache_hit_rate": 0.4})"), context);
    CHECK(run.points[0].figures->center == 2e9);
    CHECK(run.points[0].series.source_unit == "GB");
    CHECK(run.points[1].figures->center == 0.4);
}

TEST_CASE("all eleven known names are taken, and their directions are those of the reference") {
    for (const char* name : {"embedding_throughput",
                             "db_insertion_throughput",
                             "cache_hit_rate",
                             "tokens_per_second",
                             "avg_mrr",
                             "avg_ndcg"}) {
        CHECK_MESSAGE(legacy_metric(name)->direction == Direction::higher, name);
    }
    for (const char* name : {"vector_search_latency",
                             "query_latency_no_vllm",
                             "query_latency_vllm",
                             "peak_memory_gb",
                             "avg_memory_gb"}) {
        CHECK_MESSAGE(legacy_metric(name)->direction == Direction::lower, name);
    }
    CHECK_FALSE(legacy_metric("latency").has_value());
}

TEST_CASE("another name without unit and direction is refused, and both are named") {
    const Error bare = refused(document(R"({"recall": 0.9})"));
    CHECK(bare.message.find("/metrics/recall: expected 'unit' and 'direction'") !=
          std::string::npos);
    CHECK(bare.hint.find("\"direction\"") != std::string::npos);
    const Error no_unit = refused(document(R"({"recall": {"value": 1, "direction": "higher"}})"));
    CHECK(no_unit.message.find("expected 'unit',") != std::string::npos);
    const Error no_direction = refused(document(R"({"a/b": {"value": 1, "unit": "1"}})"));
    CHECK(no_direction.message.find("/metrics/a~1b: expected 'direction',") != std::string::npos);
}

TEST_CASE("samples give spread and percentiles, and the value where there is none") {
    const Run run = recorded(document(
        R"({"latency": {"unit": "ms", "direction": "lower", "samples": [1, 2, 3, 4, 100]},
            "other": {"value": 7, "unit": "ms", "direction": "lower", "samples": [6, 8]}})"));
    const Figures& figures = *run.points[0].figures;
    CHECK(run.points[0].series.unit == "s");
    CHECK(figures.center == doctest::Approx(3e-3));
    CHECK(figures.n == 5);
    CHECK(*figures.spread == doctest::Approx(1.4826e-3));
    CHECK(*figures.min == doctest::Approx(1e-3));
    CHECK(*figures.max == doctest::Approx(0.1));
    CHECK(*figures.p95 == doctest::Approx(80.8e-3));
    CHECK(run.points[0].samples.launches.front().size() == 5);
    CHECK(run.points[1].figures->center == doctest::Approx(7e-3));
}

TEST_CASE("a figure that is null is a row that says so, never a gap") {
    const Run run = recorded(document(R"({"avg_mrr": null, "avg_ndcg": 0.5})"));
    REQUIRE(run.points.size() == 2);
    CHECK(run.points[0].status == CaseStatus::unavailable);
    CHECK_FALSE(run.points[0].figures.has_value());
    REQUIRE(run.failures.size() == 1);
    CHECK(run.failures[0].case_id == "record/avg_mrr");
}

TEST_CASE("the time is taken from the document, in either form") {
    const auto started = [](const std::string& timestamp) {
        return recorded(document(R"({"avg_mrr": 1})", R"({"timestamp":)" + timestamp + "}"))
            .started;
    };
    CHECK(started("\"2026-11-20T12:00:00Z\"") == testing::kNoon - 86'400'000'000'000);
    CHECK(started("1795176000") == testing::kNoon - 86'400'000'000'000);
    CHECK(started("1795176000.5") == testing::kNoon - 86'400'000'000'000 + 500'000'000);
    const Run local =
        recorded(document(R"({"avg_mrr": 1})", R"({"timestamp":"2026-11-20T12:00:00.000001"})"));
    CHECK(local.metadata.contains("timestamp_zone"));
    for (const char* wrong : {"\"yesterday\"", "1795176000000", "-1", "\"\""}) {
        const Error error =
            refused(document(R"({"avg_mrr": 1})", std::string(R"({"timestamp":)") + wrong + "}"));
        CHECK(error.message.find("/metadata/timestamp: expected ISO 8601") != std::string::npos);
    }
}

TEST_CASE("figures from before this commit are of another, which nobody told") {
    RecordContext context = here();
    context.git.branch = "main";
    context.git.dirty = true;
    context.git.commit_time = testing::kNoon - 1'000;
    const std::string now = document(R"({"avg_mrr": 1})");
    CHECK(recorded(now, context).git.sha == "abc");
    const std::string before =
        document(R"({"avg_mrr": 1})", R"({"timestamp":"2026-11-20T12:00:00Z"})");
    const Run run = recorded(before, context);
    CHECK(run.git.sha.empty());
    CHECK_FALSE(run.git.dirty.has_value());
    CHECK_FALSE(run.git.commit_time.has_value());
    CHECK(run.git.branch == "main");
    CHECK(canonical_json(run.metadata) ==
          R"({"commit":"not known: measured before abc was committed"})");
}

TEST_CASE("a document with a time has one name however often it is recorded") {
    const std::string text =
        document(R"({"avg_mrr": 1})", R"({"timestamp":"2026-11-20T12:00:00Z"})");
    const std::string name = recorded(text).uuid;
    CHECK(is_uuid(name));
    CHECK(recorded(text + "\n").uuid == name);
    CHECK(
        recorded(document(R"({"avg_mrr": 0.5})", R"({"timestamp":"2026-11-20T12:00:00Z"})")).uuid !=
        name);
    const std::string timeless = document(R"({"avg_mrr": 1})");
    CHECK(recorded(timeless).uuid != recorded(timeless).uuid);
}

TEST_CASE("git, platform and run type come from the metadata, and the rest is kept") {
    const Run run = recorded(document(R"({"avg_mrr": 1})",
                                      R"({"git_commit": "4f2c", "git_branch": "topic",
        "dirty": true, "run_type": "nightly", "platform": "RunPod_A100", "chunk_size": 512,
        "models": {"embedder": "e5"}})"));
    CHECK(run.git.sha == "4f2c");
    CHECK(run.git.branch == "topic");
    CHECK(run.git.dirty == true);
    CHECK(run.trigger == "nightly");
    CHECK(run.platform.label == "RunPod_A100");
    CHECK(run.platform.fingerprint == sha256_of(R"({"label":"RunPod_A100"})")); // all that is known
    CHECK(run.platform.fingerprint != testing::small_machine().fingerprint);
    CHECK(run.points[0].series.platform.label == "RunPod_A100");
    CHECK(canonical_json(run.metadata) ==
          R"({"chunk_size":512,"models":{"embedder":"e5"},"run_type":"nightly"})");
    const Run same = recorded(document(R"({"avg_mrr": 1})", R"({"platform":"epyc_2c_8GiB_kvm"})"));
    CHECK(same.platform.fingerprint == testing::small_machine().fingerprint);
    const Run told = recorded(
        document(R"({"avg_mrr": 1})", R"({"platform":{"label":"other","fingerprint":"f2"}})"));
    CHECK(told.platform.fingerprint == "f2");
}

TEST_CASE("what is not as the schema says is refused with its place") {
    CHECK(refused("{").message.find("line 1") != std::string::npos);
    CHECK(refused(document(R"({"avg_mrr": NaN})")).hint.find("NaN") != std::string::npos);
    CHECK(refused(R"({"metrics":{"avg_mrr":1}})").message.find("schema") != std::string::npos);
    CHECK(refused(document(R"({"avg_mrr": "1"})")).message.find("/metrics/avg_mrr") !=
          std::string::npos);
    CHECK(refused(document(R"({"a": {"value": 1, "unit": "s", "direction": "down"}})"))
              .message.find("/metrics/a/direction") != std::string::npos);
    CHECK(refused(document(R"({"a": {"value": 1, "units": "s"}})")).message.find("/metrics/a") !=
          std::string::npos);
    CHECK(refused(document("{}")).message.find("at least one metric") != std::string::npos);
    CHECK(refused(document(R"({"avg_mrr": 1})", R"({"dirty": "yes"})")).message.find("dirty") !=
          std::string::npos);
}

TEST_CASE("a name of a million characters is refused in a short message") {
    const Error error = refused(document(R"({")" + std::string(1'000'000, 'n') +
                                         R"(": {"value": 1, "unit": "s", "direction": "lower"}})"));
    CHECK(error.message.find("expected a name of 1 to 1024 bytes, found 1000000") !=
          std::string::npos);
    CHECK(error.message.size() < 300);
}

TEST_CASE("an unknown unit is kept and told in the metadata") {
    const Run run =
        recorded(document(R"({"pace": {"value": 3, "unit": "furlong", "direction": "lower"}})"));
    CHECK(run.points[0].series.unit == "furlong");
    CHECK(write_json(run.metadata) == R"({"unknown_units":["furlong"]})");
}

TEST_CASE("what no figure can be is refused with its place in the document") {
    const auto told = [](const std::string& metrics) { return refused(document(metrics)).message; };
    CHECK(told(R"({"query_latency_vllm": -0.84})")
              .find("/metrics/query_latency_vllm: found -0.84 in 's', and a time is never") !=
          std::string::npos);
    CHECK(told(R"({"size": {"value": -1, "unit": "MB", "direction": "lower"}})")
              .find("/metrics/size/value: ") != std::string::npos);
    CHECK(told(R"({"rate": {"samples": [1, -2], "unit": "{item}/s", "direction": "higher"}})")
              .find("/metrics/rate/samples/1: ") != std::string::npos);
    CHECK(told(R"({"cache_hit_rate": 87.5})").find("a share lies within [0, 1]") !=
          std::string::npos);
    const Run fine = recorded(document(
        R"({"gain": {"value": -3, "unit": "1", "direction": "higher"}, "cache_hit_rate": 1})"));
    CHECK(fine.points.size() == 2);
}

TEST_CASE("a value outside of its own samples is refused, and so is no figure at all") {
    const std::string rest = R"("unit":"ms","direction":"lower")";
    const Error outside = refused(document(R"({"x":{"value":5,"samples":[1,1,1],)" + rest + "}}"));
    CHECK(outside.message.find("/metrics/x/value: found 5") != std::string::npos);
    CHECK(outside.message.find("1 to 1") != std::string::npos);
    const Error none = refused(document(R"({"x":{"samples":[],)" + rest + "}}"));
    CHECK(none.message.find("/metrics/x: expected a value") != std::string::npos);
    CHECK(recorded(document(R"({"x":{"value":2,"samples":[1,3],)" + rest + "}}")).points.size() ==
          1);
}

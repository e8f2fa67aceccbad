#include "histories.hpp"

#ifdef ASSAY_HAS_POSTGRES
#include "postgres_server.hpp"
#endif

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace assay::history::test {

namespace {

class SqlitePlace final : public StorePlace {
public:
    [[nodiscard]] std::string where() const override { return folder_.file("history.db"); }

private:
    assay::test::TemporaryFolder folder_;
};

#ifdef ASSAY_HAS_POSTGRES
using assay::test::PostgresServer;

class PostgresPlace final : public StorePlace {
public:
    [[nodiscard]] std::string where() const override { return url_; }

private:
    std::string url_ = PostgresServer::shared()->new_database();
};
#endif

} // namespace

std::vector<StoreKind> store_kinds() {
    std::vector<StoreKind> kinds{{"SQLite", [] { return std::make_unique<SqlitePlace>(); }}};
#ifdef ASSAY_HAS_POSTGRES
    if (PostgresServer::shared() != nullptr) {
        kinds.push_back({"PostgreSQL", [] { return std::make_unique<PostgresPlace>(); }});
    } else {
        MESSAGE("skipped for PostgreSQL: " << PostgresServer::why_not());
    }
#else
    MESSAGE("skipped for PostgreSQL: this build has no libpq");
#endif
    return kinds;
}

std::unique_ptr<Store> opened(const StorePlace& place) {
    auto store = open_store(place.where(), {.create = true});
    if (!store) {
        FAIL(store.error().message);
    }
    return std::move(*store);
}

std::string uuid(int number) {
    return fmt::format("{:08x}-0000-7000-8000-{:012x}", number, number);
}

Series series(std::string_view family, std::string_view metric) {
    Series made;
    made.case_id = fmt::format("sums/{}[n=64]", family);
    made.suite = "sums";
    made.family = family;
    made.params = {{"n", 64}};
    made.metric = metric;
    made.unit = "s";
    made.source_unit = "ns";
    made.direction = measure::Direction::lower;
    made.aggregate = "samples";
    made.clock = "thread_cpu";
    made.shape = "independent";
    made.isolation = "launch";
    return made;
}

Point point(std::string_view family, double center) {
    Point made;
    made.series = series(family);
    made.figures = Figures{.center = center,
                           .lo = center * 0.99,
                           .hi = center * 1.01,
                           .spread = center * 0.01,
                           .n = 60,
                           .n_launches = 6};
    return made;
}

Run run(int number) {
    Run made;
    made.uuid = uuid(number);
    made.project = "assay";
    made.started = kStart + number * 60 * kSecond;
    made.finished = made.started + 30 * kSecond;
    made.kind = "ci";
    made.mode = "quick";
    made.git.sha = fmt::format("{:040x}", 0xabc000 + number);
    made.git.branch = "main";
    made.git.dirty = false;
    made.platform = {.fingerprint = std::string(64, 'f'),
                     .label = "epyc_2c_8GiB_kvm",
                     .identity = {{"architecture", "x86_64"}}};
    made.environment = {{"governor", "performance"}};
    made.host_version = "0.1.0";
    made.isolation = "launch";
    return made;
}

Run run(int number, const std::vector<std::pair<std::string, double>>& points) {
    Run made = run(number);
    for (const auto& [family, center] : points) {
        made.points.push_back(point(family, center));
    }
    return made;
}

std::int64_t series_id(Store& store, const std::string& case_id) {
    const auto found = store.series({.case_id = case_id});
    REQUIRE(found.ok());
    REQUIRE(found->size() == 1);
    return found->front().id;
}

std::vector<double> centers(const std::vector<SeriesPoint>& points) {
    std::vector<double> values;
    for (const SeriesPoint& p : points) {
        values.push_back(p.figures ? p.figures->center : -1);
    }
    return values;
}

} // namespace assay::history::test

// Every shape, every inferred member and every modifier of a declaration, once.
#include <assay/suite.hpp>

#include <atomic>
#include <chrono>
#include <numeric>
#include <string>
#include <vector>

namespace {

struct counted_chain { // a chain over floating point, with a digest of its own

    explicit counted_chain(const assay::params&) {}

    double start(std::uint64_t seed) const { return 1.0 + static_cast<double>(seed % 7); }

    double operator()(double x) const { return 0.5 * x + 1.0; }

    std::uint64_t digest(double x) const { return static_cast<std::uint64_t>(x * 1000); }
};

struct stored_results { // results go to untimed slots, and are digested one by one
    using input = std::uint32_t;
    using output = std::uint64_t;

    explicit stored_results(const assay::params&) {}

    input make(std::mt19937_64& random) const { return static_cast<input>(random() % 100); }

    output operator()(input x) const { return std::uint64_t{x} * x; }

    std::uint64_t digest(output x) const { return x; }

    double items() const { return 2; }

    double bytes() const { return 4.5; }
};

struct parameters { // says back what it was given
    std::string seen;

    explicit parameters(const assay::params& p) {
        seen = std::to_string(p.i64("n")) + " " + std::to_string(p.f64("x")) + " " +
               (p.boolean("on") ? "on" : "off") + " " + p.str("path") + " " +
               std::to_string(p.seed()) + " " + std::to_string(p.lanes()) + " " + p.case_id();
        p.context().info(seen);
    }

    void operator()() const {}
};

struct timed_operations {
    explicit timed_operations(const assay::params&) {}

    int operator()() const { return 1; }
};

struct tells_time {
    explicit tells_time(const assay::params&) {}

    std::chrono::microseconds operator()() const { return std::chrono::microseconds(3); }
};

struct full_control { // phases, counters and metrics of its own
    std::uint64_t hits = 0, lookups = 0;
    bool prepared = false;

    explicit full_control(const assay::params&) {}

    void prepare(assay::batch& b) {
        prepared = true;
        hits = lookups = 0;
        if (b.iterations() > 1'000'000) {
            throw std::bad_alloc();
        }
    }

    void run(assay::batch& b) {
        for (std::uint64_t i = 0; i < b.iterations(); ++i) {
            ++lookups;
            hits += i % 4 == 0 ? 0 : 1;
        }
        b.items(lookups);
    }

    void finish(assay::batch& b, assay::context& host) {
        host.metric("hits", static_cast<double>(hits));
        host.metric("lookups", static_cast<double>(lookups));
        b.checksum(prepared ? hits : 0);
        prepared = false;
    }

    void close(assay::context& host) { host.metric("closed", 1); }

    void verify(assay::context& host) {
        host.attach("trace", "text/plain", "checked");
        host.debug("verified");
    }
};

struct per_lane {
    std::vector<std::uint64_t> entered;
    std::atomic<std::uint64_t> calls{0};

    explicit per_lane(const assay::params& p)
        : entered(p.lanes()) {}

    void lane_enter(assay::lane lane) { entered[lane.index] += 10; }

    void lane_leave(assay::lane lane) { entered[lane.index] += 1; }

    void operator()(assay::lane lane) {
        entered[lane.index] += 100;
        calls.fetch_add(1, std::memory_order_relaxed);
    }

    void close(assay::context& host) {
        host.metric("calls", static_cast<double>(calls.load()));
        host.metric("sum", static_cast<double>(std::reduce(entered.begin(), entered.end())));
    }
};

struct on_the_hosts_threads {
    assay::context& host;

    explicit on_the_hosts_threads(const assay::params& p)
        : host(p.context()) {}

    std::uint64_t operator()() const {
        std::atomic<std::uint64_t> sum{0};
        host.parallel_for(1000, 10, [&](std::uint64_t begin, std::uint64_t end) {
            for (auto i = begin; i < end; ++i) {
                sum += i;
            }
        });
        return sum;
    }

    bool verify() const { return (*this)() == 499500 && host.concurrency() == 2; }
};

} // namespace

ASSAY_SUITE("org.example.shapes", "shapes", "2.1.0") {
    s.chain<counted_chain>("chain").deterministic();
    s.independent<stored_results>("stored").bytes_per_iteration(64).max_iterations(5000);
    s.independent<parameters>("parameters")
        .axis("n", {1, 2, 3})
        .unit("{row}")
        .help("rows")
        .quick(1)
        .standard({1, 3})
        .axis("x", {1, 0.5})
        .axis("on", {true, false})
        .axis("path", {"full", "cached"})
        .variant("cached")
        .axis("names", std::vector<std::string>{"a", "b"})
        .zip()
        .help("not the family")
        .tags("fast", "echo")
        .domains(assay::disk, assay::memory)
        .margin(0.02)
        .timeout(std::chrono::seconds(5))
        .clock(assay::clock::wall)
        .stateful()
        .exclusive()
        .no_inproc();
    s.latency<timed_operations>("latency").help("one operation");
    s.manual<tells_time>("manual");
    s.custom<full_control>("custom", assay::shape::single)
        .metric("hits", "{hit}", assay::higher, assay::sum)
        .exact()
        .metric("lookups", "{lookup}", assay::no_direction, assay::sum)
        .metric("hit_rate", "1", assay::higher, assay::ratio("hits", "lookups"))
        .gate()
        .help("share")
        .companion("hits")
        .metric("closed", "1", assay::lower, assay::last)
        .derived();
    s.independent<per_lane>("lanes")
        .lanes(4)
        .metric("calls", "1", assay::no_direction, assay::sum)
        .metric("sum", "1", assay::no_direction, assay::sum);
    s.single<on_the_hosts_threads>("parallel");
}

// Every way a case can say no.
#include <assay/suite.hpp>

#include <new>
#include <stdexcept>
#include <string>

namespace {

struct refuses_to_open {
    explicit refuses_to_open(const assay::params& p) {
        std::string const how = p.str("how");
        if (how == "skip") {
            throw assay::skip{"makes no sense here"};
        }
        if (how == "unavailable") {
            throw assay::unavailable{"no server"};
        }
        if (how == "config") {
            throw assay::config_error{"wrong model"};
        }
        if (how == "nomem") {
            throw std::bad_alloc();
        }
        if (how == "exception") {
            throw std::runtime_error("broken");
        }
        if (how == "int") {
            throw 42;
        }
        if (how == "axis") {
            (void)p.i64("no_such_axis");
        }
        if (how == "type") {
            (void)p.i64("how");
        }
    }

    void operator()() const {}
};

struct wrong {
    bool quietly;

    explicit wrong(const assay::params& p)
        : quietly(p.boolean("quietly")) {}

    void operator()() const {}

    bool verify() const {
        if (!quietly) {
            throw assay::wrong_result{"3 of 7 values differ"};
        }
        return false;
    }
};

struct fails_in {
    std::string where;
    int alive = 0;

    explicit fails_in(const assay::params& p)
        : where(p.str("where")) {}

    void prepare(assay::batch&) { fail("prepare"); }

    void run(assay::batch&) { fail("run"); }

    void finish(assay::batch&, assay::context& host) {
        fail("finish");
        if (where == "metric") {
            host.metric("undeclared", 1);
        }
    }

    void fail(const char* here) const {
        if (where == here) {
            throw std::runtime_error(std::string("broke in ") + here);
        }
    }

    std::uint64_t digest() const { return 5; }
};

struct stops_when_cancelled {
    explicit stops_when_cancelled(const assay::params&) {}

    int operator()() const { return 1; }
};

} // namespace

ASSAY_SUITE("org.example.failing", "failing", "1.0.0") {
    s.independent<refuses_to_open>("open").axis(
        "how",
        {"skip", "unavailable", "config", "nomem", "exception", "int", "axis", "type", "none"});
    s.independent<wrong>("verify").axis("quietly", {true, false});
    s.independent<fails_in>("batch").axis("where", {"prepare", "run", "finish", "metric"});
    s.independent<stops_when_cancelled>("cancel");
}

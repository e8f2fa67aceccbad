// Two suites and a reporter in one library; one suite has a configuration and makes families of it.
#include <assay/reporter.hpp>
#include <assay/suite.hpp>

#include <string>
#include <vector>

namespace {

struct nothing_to_do {
    explicit nothing_to_do(const assay::params&) {}

    void operator()() const {}
};

struct settings {
    std::int64_t depth;
    std::vector<std::string> models;

    explicit settings(const assay::document& config)
        : depth(config.i64("/depth", 3)) {
        if (depth < 0) {
            throw assay::config_error("'/depth' is negative");
        }
        for (std::size_t i = 0; i < config.size("/models"); ++i) {
            models.push_back(config.str("/models/" + std::to_string(i)));
        }
    }
};

struct reads_settings {
    explicit reads_settings(const assay::params& p) {
        p.context().info("depth " + std::to_string(p.config<settings>().depth) + ", mode " +
                         p.config().str("/mode", "none"));
    }

    void operator()() const {}
};

void define_plain(assay::suite& s) {
    s.independent<nothing_to_do>("nothing");
}

void define_configured(assay::suite& s) {
    s.config_schema(R"({"type":"object","properties":{"depth":{"type":"integer"}}})");
    s.config<settings>();
    s.independent<reads_settings>("fixed");
    s.configured([](assay::suite& more, const assay::document& config) {
        settings const chosen(config);
        for (std::string const& model : chosen.models) {
            more.independent<reads_settings>(model).axis("n", {1, 2});
        }
    });
}

class lines {
public:
    static constexpr std::string_view options_schema = R"({"type":"object"})";
    static constexpr std::string_view default_name = "lines.txt";

    lines(const assay::document& options, assay::sink out)
        : prefix_(options.str("/prefix", "- "))
        , out_(out) {
        if (options.boolean("/broken", false)) {
            throw assay::config_error("told to be broken");
        }
    }

    void on(const assay::event_view& e) {
        if (e.kind() == assay::event_kind::case_end) {
            out_.write(prefix_ + std::string(e.case_id()) + " " +
                       std::string(assay::name_of(e.status())) + " " +
                       e.json_at("/case/params").value_or("none") + "\n");
            for (const assay_stats* one : e.stats()) {
                out_.write(std::string(assay::text_of(one->key)) + "=" +
                           std::to_string(one->median) + "\n");
            }
        }
    }

    void finish() { out_.open_extra("extra.css").write("end\n"); }

private:
    std::string prefix_;
    assay::sink out_;
};

} // namespace

ASSAY_PLUGIN("org.example.several",
             "1.0.0",
             ASSAY_PROVIDES_SUITE("plain") "," ASSAY_PROVIDES_SUITE(
                 "configured") "," ASSAY_PROVIDES_REPORTER("lines")) {
    p.suite<define_plain>("plain");
    p.suite<define_configured>("configured");
    p.reporter<lines>("lines");
}

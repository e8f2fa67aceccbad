// The reporter `charts`: which pictures a run gets, and that they are files one can open.
#include "golden.hpp"
#include "report/reporter_host.hpp"
#include "support/file.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace charts_test {

using namespace assay;
using namespace assay::report;

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";

// What the reporter leaves in a folder for these events.
class Written {
public:
    explicit Written(const canned::Events& events, const std::string& options = "") {
        const auto spec = parse_reporter_spec("charts=" + folder_.file("index.html") + options);
        REQUIRE(spec.ok());
        auto receiver = open_reporter(*spec, plugin_path("charts"), {});
        REQUIRE(receiver.ok());
        for (const Event& event : events) {
            REQUIRE((*receiver)->on_event(event).ok());
        }
        REQUIRE((*receiver)->finish().ok());
    }

    [[nodiscard]] std::set<std::string> names() const {
        std::set<std::string> names;
        for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
            if (entry.is_regular_file()) {
                names.insert(fs::relative(entry.path(), folder_.path()).string());
            }
        }
        return names;
    }

    [[nodiscard]] std::string text(const std::string& name) const {
        const auto text = read_file(folder_.file(name));
        REQUIRE(text.ok());
        return *text;
    }

    [[nodiscard]] std::string page() const { return text("index.html"); }

private:
    test::TemporaryFolder folder_;
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

// Big-endian, as PNG has it.
unsigned number_at(const std::string& bytes, std::size_t at) {
    unsigned number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = number << 8U | static_cast<unsigned char>(bytes.at(at + i));
    }
    return number;
}

std::string page_of(const canned::Events& events) {
    return written_by("charts", events, "files=false");
}

} // namespace

TEST_CASE("a run gets a page with its times, its memory and the spread of each case") {
    check_golden("charts/run.html", page_of(canned::ordinary_run()));
}

TEST_CASE("every chart is an SVG beside the page") {
    const Written run(canned::ordinary_run(), ",png=false");
    CHECK(run.names() ==
          std::set<std::string>{"index.html",
                                "charts/times.svg",
                                "charts/memory.svg",
                                "charts/distribution/001-router_round_robin_n_16_.svg",
                                "charts/distribution/002-rag_retrieve_k_10_.svg",
                                "charts/distribution/003-vi_converge_n_64_.svg",
                                "charts/distribution/004-router_least_latency_n_16_.svg"});
    for (const std::string& name : run.names()) {
        if (name.ends_with(".svg")) {
            CAPTURE(name);
            CHECK(run.text(name).starts_with("<svg xmlns="));
            CHECK(run.text(name).ends_with("</svg>\n"));
            CHECK(has(run.page(), "<a href=\"" + name + "\">"));
        }
    }
}

TEST_CASE("every chart is a PNG of twice its size where cairo is there") {
    const Written run(canned::ordinary_run());
    if (!ASSAY_KNOWS_CAIRO) {
        CHECK(std::none_of(run.names().begin(), run.names().end(), [](const std::string& name) {
            return name.ends_with(".png");
        }));
        MESSAGE("PNG not tested: built without libcairo2-dev");
        return;
    }
    for (const char* name : {"charts/times.png",
                             "charts/memory.png",
                             "charts/distribution/002-rag_retrieve_k_10_.png"}) {
        CAPTURE(name);
        const std::string bytes = run.text(name);
        CHECK(bytes.starts_with(kPngSignature));
        CHECK(number_at(bytes, 16) == 1440);
        CHECK(bytes.size() > 4000); // more than an empty ground compresses to
    }
}

TEST_CASE("the width of the charts can be chosen") {
    const Written run(canned::ordinary_run(), ",png=false,width=400,distributions=0");
    CHECK(has(run.text("charts/times.svg"), "width=\"400\""));
    CHECK(run.names().size() == 3);
}

TEST_CASE("a comparison gets a chart of its changes") {
    const std::string page = page_of(canned::comparison_run());
    CHECK(has(page, "<title>Change of the time of every case</title>"));
    CHECK(has(page, "4 cases: 1 worse, 1 better, 1 the same, 1 undecided."));
    CHECK(has(page, ">\u25B2 slower<"));
    CHECK(has(page, "<title>router/slower: +5.2 %"));
    CHECK_FALSE(has(page, "router/lost"));
}

TEST_CASE("hit rates become a chart of the cache") {
    const std::string page = page_of(canned::variants_run());
    CHECK(has(page, "<title>Cache effectiveness</title>"));
    CHECK(has(page, "93.8 %"));
}

TEST_CASE("what was not observed has no place in a chart") {
    const std::string page = page_of(canned::unknown_figures_run());
    CHECK_FALSE(has(page, "demo/nothing:"));
    CHECK_FALSE(has(page, "nan"));
    CHECK(has(page_of(canned::empty_run()), "No case gave a figure that could be drawn."));
    CHECK(has(page_of(canned::aborted_run()), "<title>Median time of every case</title>"));
}

TEST_CASE("a page is whole, asks for nothing and runs nothing whatever the names are") {
    for (const canned::Events& events : {canned::hostile_text_run(),
                                         canned::every_status_run(),
                                         canned::interrupted_run(),
                                         canned::magnitudes_run()}) {
        const Written run(events, ",png=false");
        const std::string page = run.page();
        CHECK(page.starts_with("<!doctype html>"));
        CHECK(page.ends_with("</html>\n"));
        CHECK(has(page, "default-src 'none'"));
        CHECK(count(page, "<script") == 0);
        CHECK(count(page, " style=") == 0);
        CHECK(count(page, "http://") == count(page, "xmlns=\"http://www.w3.org/2000/svg\""));
        CHECK(count(page, "https://") == 0);
    }
}

TEST_CASE("of two thousand cases a page shows some and counts the rest") {
    std::vector<report::CaseResult> results;
    for (int i = 0; i < 2000; ++i) {
        results.push_back(canned::case_of("suite",
                                          "case_" + std::to_string(i),
                                          {canned::metric("time", "s", {1e-3, 1e-3, 1e-3})}));
    }
    const std::string page = page_of(canned::run_of(results));
    CHECK(has(page, "<p>2000 cases</p>"));
    CHECK(has(page, "1940 more are not drawn"));
    CHECK(has(page, "1970 more cases have samples that are not drawn"));
    CHECK(page.size() < 300'000);
}

TEST_CASE("an option that does not exist is refused with the nearest one") {
    const auto spec = parse_reporter_spec("charts=/nowhere/index.html,widht=400");
    REQUIRE(spec.ok());
    const auto receiver = open_reporter(*spec, plugin_path("charts"), {});
    REQUIRE_FALSE(receiver.ok());
    CHECK(has(receiver.error().message + receiver.error().hint, "width"));
}

} // namespace charts_test

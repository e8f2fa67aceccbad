// Which file belongs to which importer: all bundled importers against all samples.
#include "reading.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace assay;
using namespace assay::test;

namespace {

// By the beginning of its path; the longest counts. "": nobody may know it.
const std::vector<std::pair<std::string, std::string>> kOwners{
    {"google-benchmark/", "google_benchmark"},
    {"bencher/cpp/google/", "google_benchmark"},
    {"pytest-benchmark/", "pytest_benchmark"},
    {"bencher/python/pytest/", "pytest_benchmark"},
    {"bencher/shell/hyperfine/", "hyperfine"},
    {"go-benchfmt/", "go_benchfmt"},
    {"bencher/go/", "go_benchfmt"},
};

bool is_unknown(const std::string& name) {
    return name.ends_with("LICENSE") || name.ends_with(".stdout") || name.ends_with(".stderr") ||
           name.ends_with("tukey.json") || name.find("verified.txt") != std::string::npos;
}

// Nothing: an importer that is not built here may know it.
std::optional<std::string> owner_of(const std::string& name) {
    if (is_unknown(name)) {
        return "";
    }
    for (const auto& [prefix, owner] : kOwners) {
        if (name.starts_with(prefix)) {
            return owner;
        }
    }
    return std::nullopt;
}

struct Answer {
    std::string importer;
    std::int32_t sure = 0;
};

std::vector<Answer> answers_to(const std::string& name, const std::string& bytes) {
    std::vector<Answer> answers;
    for (const std::string& importer : importer_names()) {
        answers.push_back({importer, probe_with(importer, name, bytes)});
    }
    std::ranges::stable_sort(answers, std::ranges::greater(), &Answer::sure);
    return answers;
}

} // namespace

TEST_CASE("every sample is known to its own importer, and clearly better than to any other") {
    for (const std::string& name : all_samples()) {
        const std::optional<std::string> owner = owner_of(name);
        if (!owner) {
            continue;
        }
        CAPTURE(name);
        const std::string file = name.substr(name.rfind('/') + 1);
        const std::vector<Answer> answers = answers_to(file, *sample(name));
        REQUIRE(answers.size() >= 2);
        CAPTURE(answers[0].importer);
        CAPTURE(answers[0].sure);
        if (owner->empty()) {
            const bool openmetrics = name.starts_with("openmetrics/");
            CHECK((openmetrics || answers[0].sure < 60));
            continue;
        }
        CHECK(answers[0].importer == *owner);
        CHECK(answers[0].sure >= 60);
        CHECK(answers[0].sure - answers[1].sure >= 20);
    }
}

TEST_CASE("the importers of these formats leave every other tool's sample alone") {
    for (const std::string& name : all_samples()) {
        if (owner_of(name)) {
            continue;
        }
        CAPTURE(name);
        const std::string bytes = *sample(name);
        for (const auto& [prefix, importer] : kOwners) {
            CAPTURE(importer);
            CHECK(probe_with(importer, name, bytes) < 60);
        }
        CHECK(probe_with("github_action_benchmark", name, bytes) < 60);
    }
}

TEST_CASE("what github-action-benchmark reads and keeps is known") {
    const std::string store = R"({"lastUpdate": 1, "repoUrl": "u", "entries": {"a": []}})";
    for (const std::string& bytes : {std::string(R"([{"name": "a", "unit": "ms", "value": 1}])"),
                                     store,
                                     "window.BENCHMARK_DATA = " + store}) {
        const std::vector<Answer> answers = answers_to("data", bytes);
        CHECK(answers[0].importer == "github_action_benchmark");
        CHECK(answers[0].sure >= 60);
        CHECK(answers[0].sure - answers[1].sure >= 20);
    }
}

TEST_CASE("nobody knows an empty file, a licence or a list of numbers") {
    for (const std::string bytes : {"", "{}", "[]", "[1, 2]", "null", "Copyright (c) 2009\n"}) {
        CAPTURE(bytes);
        CHECK(answers_to("x.json", bytes)[0].sure < 60);
    }
}

// Writes a history for tools/measure-dashboard and for the tests that open the page in a browser.
//   dashboard_history FILE SERIES RUNS [PLATFORMS] [hostile]
#include "shown_history.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <span>
#include <string_view>

int main(int argc, char** argv) {
    using namespace assay;
    const std::span<char*> words(argv, static_cast<std::size_t>(argc));
    if (words.size() < 4) {
        fmt::print(stderr, "usage: dashboard_history FILE SERIES RUNS [PLATFORMS] [hostile]\n");
        return 2;
    }
    const auto count = [&words](std::size_t at, std::size_t fallback) {
        return words.size() > at ? static_cast<std::size_t>(std::atoll(words[at])) : fallback;
    };
    try {
        auto store = history::open_store(words[1], {.create = true});
        if (!store) {
            fmt::print(stderr, "dashboard_history: {}\n", store.error().message);
            return 3;
        }
        test::fill(**store,
                   {.series = count(2, 8),
                    .runs = count(3, 40),
                    .platforms = count(4, 1),
                    .hostile = words.size() > 5 && std::string_view(words[5]) == "hostile"});
    } catch (const std::exception& error) {
        fmt::print(stderr, "dashboard_history: {}\n", error.what());
        return 3;
    }
    return 0;
}

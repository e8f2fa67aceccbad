#include "told_histories.hpp"

#include <doctest/doctest.h>

#include <random>

namespace assay::tracking::test {

std::vector<double> steady(std::size_t n, double level, std::uint64_t phase) {
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) {
        const double off = static_cast<double>(((i + phase) * 7 + 3) % 11) - 5;
        values.push_back(level * (1 + 0.003 * off));
    }
    return values;
}

std::vector<double> noisy(std::size_t n, double level, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> noise(0, 0.01);
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) {
        values.push_back(level * (1 + noise(random)));
    }
    return values;
}

void tell(history::Store& store, int number, const Figures& figures) {
    const auto recorded = store.record(history::test::run(number, figures));
    REQUIRE_MESSAGE(recorded.ok(), recorded.error().message);
}

void tell(history::Store& store,
          const std::string& family,
          const std::vector<double>& values,
          int first) {
    for (const double value : values) {
        tell(store, first++, {{family, value}});
    }
}

BranchAnalysis looked_at(history::Store& store, const AnalysisChoice& choice) {
    auto all = analyse(store, choice, {}, each_in_turn);
    REQUIRE_MESSAGE(all.ok(), all.error().message);
    REQUIRE(all->size() == 1);
    return std::move(all->front());
}

const BranchAlert& Shown::only_alert() const {
    REQUIRE(book.alerts.size() == 1);
    return book.alerts.front();
}

Shown analysed(history::Store& store) {
    Shown shown{.analysis = looked_at(store)};
    auto book = open_alert_book(store, shown.analysis, history::test::kStart);
    REQUIRE_MESSAGE(book.ok(), book.error().message);
    const Status kept = keep_alert_book(store, *book);
    REQUIRE_MESSAGE(kept.ok(), kept.error().message);
    shown.book = std::move(*book);
    return shown;
}

std::size_t notifications(history::Store& store) {
    const auto alerts = store.alerts();
    REQUIRE(alerts.ok());
    std::size_t told = 0;
    for (const history::AlertRow& alert : *alerts) {
        const auto events = store.alert_events(alert.id);
        REQUIRE(events.ok());
        for (const history::AlertEventRow& event : *events) {
            const auto to = verdict::alert_state_from(event.to_state);
            const auto from = verdict::alert_state_from(event.from_state);
            REQUIRE(to);
            told += verdict::notifies(from.value_or(verdict::AlertState::candidate), *to) ? 1 : 0;
        }
    }
    return told;
}

} // namespace assay::tracking::test

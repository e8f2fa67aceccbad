// A store of its own with a history that a test has told, and the report of it.
//
//   const ReportHistory history({.series = 8, .runs = 40});
//   const json::object document = history.document();
//
// Each test case makes its own; nothing is shared.
#pragma once

#include "shown_history.hpp"
#include "support/result.hpp"
#include "temporary_folder.hpp"
#include "tracking/report/report_document.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <utility>

namespace assay::test {

class ReportHistory {
public:
    ReportHistory() {
        auto store = history::open_store(folder_.file("history.db"), {.create = true});
        REQUIRE_MESSAGE(store.ok(), store.error().message);
        store_ = std::move(*store);
    }

    explicit ReportHistory(const ShownShape& shape)
        : ReportHistory() {
        fill(*store_, shape);
    }

    [[nodiscard]] history::Store& store() const { return *store_; }

    [[nodiscard]] tracking::Dashboard shown(tracking::DashboardChoice choice = {}) const {
        choice.now = 1'900'000'000LL * 1'000'000'000;
        auto read = tracking::read_dashboard(*store_, choice, {}, tracking::each_in_turn);
        REQUIRE_MESSAGE(read.ok(), read.error().message);
        return std::move(*read);
    }

    [[nodiscard]] json::object document(tracking::DashboardChoice choice = {}) const {
        const tracking::Dashboard dashboard = shown(std::move(choice));
        return tracking::report_document(tracking::make_report(dashboard, {}));
    }

private:
    TemporaryFolder folder_;
    std::unique_ptr<history::Store> store_;
};

} // namespace assay::test

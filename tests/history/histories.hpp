// Runs to record, and stores of every kind that this machine can keep, for one suite of tests over
// all of them.
//
//   for (const StoreKind& kind : store_kinds()) { const auto place = kind.place(); ... }
//
// Each test case makes its own; nothing is shared.
#pragma once

#include "history/store.hpp"
#include "temporary_folder.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::history::test {

inline constexpr std::int64_t kSecond = 1'000'000'000;
inline constexpr std::int64_t kDay = 86'400 * kSecond;
inline constexpr std::int64_t kStart = 1'700'000'000 * kSecond;

inline constexpr const char* kAdd = "sums/add[n=64]"; // the case of series("add")

inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// Where a store of one kind lies while the object lives; open_store(where()) finds it.
class StorePlace {
public:
    StorePlace() = default;
    StorePlace(const StorePlace&) = delete;
    StorePlace& operator=(const StorePlace&) = delete;
    virtual ~StorePlace() = default;
    [[nodiscard]] virtual std::string where() const = 0;
};

struct StoreKind {
    std::string name;
    std::function<std::unique_ptr<StorePlace>()> make;
};

// SQLite, and PostgreSQL where a server can be started; says so where not.
std::vector<StoreKind> store_kinds();

// Opened for writing; fails the test where it cannot be.
std::unique_ptr<Store> opened(const StorePlace& place);

[[nodiscard]] std::string uuid(int number);
[[nodiscard]] Series series(std::string_view family, std::string_view metric = "time");
[[nodiscard]] Point point(std::string_view family, double center);

// Number n starts n minutes after kStart, on commit n of main; no points.
[[nodiscard]] Run run(int number);
// With one point `sums/<family>` of every family.
[[nodiscard]] Run run(int number, const std::vector<std::pair<std::string, double>>& points);

// The number of a series that has to be there.
[[nodiscard]] std::int64_t series_id(Store& store, const std::string& case_id);

[[nodiscard]] std::vector<double> centers(const std::vector<SeriesPoint>& points);

} // namespace assay::history::test

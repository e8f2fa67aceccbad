// Conditions that are there or not, with their values, as one text per combination: statements are
// remembered by their text.
//
//   Where where;
//   where.equal("run.branch", query.branch);
//   sql::each_row(db, "SELECT id FROM run" + where.text(), where.values(), ...);
//
// Borrows the texts it is given. One thread.
#pragma once

#include "history/sql/values.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::history::sql {

class Where {
public:
    void equal(const std::string& column, const std::optional<std::string>& text);
    void at_least(const std::string& column, const std::optional<std::int64_t>& number);
    void at_most(const std::string& column, const std::optional<std::int64_t>& number);
    // A condition as it is, "" for none.
    void also(const std::string& condition);
    // A platform by its label or by the first digits of its fingerprint; of a joined `platform`.
    void platform(const std::optional<std::string>& name);

    // The next free $n, for what stands behind the conditions.
    std::string value(Value value);

    // "" or " WHERE ... AND ...".
    [[nodiscard]] std::string text() const;

    [[nodiscard]] const std::vector<Value>& values() const noexcept { return values_; }

private:
    void add(std::string condition);

    std::string text_;
    std::vector<Value> values_;
};

} // namespace assay::history::sql

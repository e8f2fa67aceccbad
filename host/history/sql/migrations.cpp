#include "history/sql/migrations.hpp"

#include "history/sql/schema_sqlite.hpp"

#include <array>
#include <chrono>

namespace assay::history::sql {

namespace {

constexpr std::array<Migration, 1> kOfSqlite{{{1, kSchemaOfSqlite}}};

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

std::span<const Migration> sqlite_migrations() noexcept {
    return kOfSqlite;
}

int newest(std::span<const Migration> steps) noexcept {
    return steps.empty() ? 0 : steps.back().number;
}

Status apply(Connection& connection, std::span<const Migration> steps, int from) {
    for (const Migration& step : steps) {
        if (step.number <= from) {
            continue;
        }
        if (Status done = connection.execute(step.statements); !done) {
            return done;
        }
        Result<Statement*> insert = connection.prepare(
            "INSERT INTO schema_migration (version, applied, host_version) VALUES ($1, $2, $3)");
        if (!insert) {
            return insert.error();
        }
        (*insert)->bind(1, std::int64_t{step.number});
        (*insert)->bind(2, now());
        (*insert)->bind(3, std::string_view(ASSAY_HISTORY_VERSION));
        if (Result<bool> row = (*insert)->step(); !row) {
            return row.error();
        }
    }
    return {};
}

} // namespace assay::history::sql

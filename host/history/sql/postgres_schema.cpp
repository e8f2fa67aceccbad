#include "history/sql/postgres_schema.hpp"

#include "history/sql/schema_postgres.hpp"

#include <fmt/format.h>

#include <array>

namespace assay::history::sql {
namespace {

constexpr std::array<Migration, 1> kOfPostgres{{{1, kSchemaOfPostgres}}};

Result<std::int64_t> ask(Connection& connection, const std::string& question) {
    const Result<Statement*> statement = connection.prepare(question);
    if (!statement) {
        return statement.error();
    }
    const Result<bool> row = (*statement)->step();
    if (!row) {
        return row.error();
    }
    const std::int64_t answer = *row ? (*statement)->integer(0) : 0;
    (*statement)->reset();
    return answer;
}

// Asks the catalog's rows, as they are now. to_regclass() answers from the session's cache, which
// goes on saying "no such table" in a transaction that began before another process made it.
constexpr const char* kIsThere =
    "SELECT count(*) FROM pg_class t JOIN pg_namespace s ON s.oid = t.relnamespace WHERE "
    "t.relname = 'schema_migration' AND s.nspname = ANY (current_schemas(false))";

// The number of the schema that is there; 0: none.
Result<int> schema_of(Connection& connection) {
    const auto there = ask(connection, kIsThere);
    if (!there) {
        return there.error();
    }
    if (*there == 0) {
        return 0;
    }
    const auto number = ask(connection, "SELECT coalesce(max(version), 0) FROM schema_migration");
    if (!number) {
        return number.error();
    }
    return static_cast<int>(*number);
}

Status may_change(const Connection& connection, const PostgresSchemaOptions& options, int from) {
    if (from == 0 && (!options.create || options.read_only)) {
        return Error{.kind = ErrorKind::missing,
                     .message = "there is no history at " + connection.where(),
                     .hint = "record a run first: assay run --record"};
    }
    if (options.read_only) {
        return Error{.kind = ErrorKind::config,
                     .message = fmt::format("the history {} has schema {} and would have to be "
                                            "brought to {}, but is opened for reading only",
                                            connection.where(),
                                            from,
                                            newest(options.migrations)),
                     .hint = "open it once for writing as the owner of its tables"};
    }
    return {};
}

} // namespace

std::span<const Migration> postgres_migrations() noexcept {
    return kOfPostgres;
}

Status prepare_postgres_schema(Connection& connection, const PostgresSchemaOptions& options) {
    const Result<int> found = schema_of(connection);
    if (!found) {
        return found.error();
    }
    const int wanted = newest(options.migrations);
    if (*found > wanted) {
        return Error{.kind = ErrorKind::config,
                     .message = fmt::format("the history {} has schema {}, this assay knows up to "
                                            "{}",
                                            connection.where(),
                                            *found,
                                            wanted),
                     .hint = "update assay, or name another history"};
    }
    if (*found == wanted) {
        return {};
    }
    if (Status allowed = may_change(connection, options, *found); !allowed) {
        return allowed;
    }
    return in_transaction(connection, [&]() -> Status {
        const Result<int> now = schema_of(connection); // another process may have been faster
        return now ? apply(connection, options.migrations, *now) : Status(now.error());
    });
}

} // namespace assay::history::sql

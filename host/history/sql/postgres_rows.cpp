#include "history/sql/postgres_rows.hpp"

#include "support/text.hpp"

#include <libpq-fe.h>
#include <string_view>
#include <utility>

namespace assay::history::sql {
namespace {

// More than this is sent before the transaction ends.
constexpr std::size_t kLinesMax = std::size_t{8} << 20;

constexpr const char* kNull = "\\N";

// The text format of COPY: tabs and ends of lines separate, a backslash begins an escape.
std::string escaped(std::string_view text) {
    std::string line;
    for (const char c : text) {
        switch (c) {
        case '\\':
            line += "\\\\";
            break;
        case '\t':
            line += "\\t";
            break;
        case '\n':
            line += "\\n";
            break;
        case '\r':
            line += "\\r";
            break;
        default:
            line += c;
        }
    }
    return line;
}

} // namespace

PostgresRows::PostgresRows(PostgresSession& session,
                           std::string table,
                           std::vector<std::string> columns,
                           RowsAre rows)
    : session_(session)
    , table_(std::move(table))
    , columns_(std::move(columns))
    , fields_(columns_.size(), kNull)
    , rows_(rows) {}

void PostgresRows::bind(int index, std::int64_t value) {
    fields_.at(static_cast<std::size_t>(index) - 1) = std::to_string(value);
}

void PostgresRows::bind(int index, double value) {
    fields_.at(static_cast<std::size_t>(index) - 1) = shortest(value);
}

void PostgresRows::bind(int index, std::string_view text) {
    zero_byte_ = zero_byte_ || text.find('\0') != std::string_view::npos;
    fields_.at(static_cast<std::size_t>(index) - 1) = escaped(text);
}

void PostgresRows::bind_blob(int index, std::string_view bytes) {
    fields_.at(static_cast<std::size_t>(index) - 1) = "\\\\x" + hex(bytes);
}

void PostgresRows::bind_null(int index) {
    fields_.at(static_cast<std::size_t>(index) - 1) = kNull;
}

Result<bool> PostgresRows::step() {
    if (std::exchange(zero_byte_, false)) {
        return Error{.kind = ErrorKind::config,
                     .message = session_.where() + ": a text for the table " + table_ +
                                " has a zero byte in it",
                     .hint = "PostgreSQL keeps text without zero bytes only"};
    }
    if (lines_.empty()) {
        session_.settle_later(*this);
    }
    lines_ += join(fields_, "\t") + "\n";
    if (lines_.size() > kLinesMax) {
        if (Status sent = session_.settle_all(); !sent) {
            return sent.error();
        }
    }
    return false;
}

Status PostgresRows::settle() {
    const std::string names = join(columns_, ", ");
    if (!session_.in_transaction()) {
        return Error{.kind = ErrorKind::io,
                     .message = session_.where() + ": rows for the table " + table_ +
                                " were given outside a transaction",
                     .hint = "begin one before the first of them"};
    }
    const Result<bool> straight = goes_straight();
    if (!straight) {
        return straight.error();
    }
    if (!*straight) {
        return settle_through_own_table(names);
    }
    const std::string lines = std::exchange(lines_, {});
    return session_.copy_in("COPY " + table_ + " (" + names + ") FROM STDIN", lines);
}

Result<bool> PostgresRows::goes_straight() {
    if (rows_ == RowsAre::perhaps_there) {
        return false;
    }
    if (!straight_) {
        const auto answer = session_.run("SELECT row_security_active('" + table_ + "'::regclass)");
        if (!answer) {
            return answer.error();
        }
        straight_ = std::string_view(PQgetvalue(answer->get(), 0, 0)) == "f";
    }
    return *straight_;
}

Status PostgresRows::settle_through_own_table(const std::string& names) {
    const std::string incoming = "pg_temp.assay_incoming_" + table_;
    // Made once in a session; a transaction that is rolled back may take it along.
    if (!made_ || filled_) {
        const auto emptied =
            session_.run(made_ ? "DELETE FROM " + incoming
                               : "CREATE TEMP TABLE IF NOT EXISTS assay_incoming_" + table_ +
                                     " ON COMMIT DELETE ROWS AS SELECT " + names + " FROM " +
                                     table_ + " WITH NO DATA");
        if (!emptied) {
            return emptied.error();
        }
    }
    made_ = filled_ = true;
    const std::string lines = std::exchange(lines_, {});
    if (Status sent = session_.copy_in("COPY " + incoming + " (" + names + ") FROM STDIN", lines);
        !sent) {
        return sent;
    }
    const auto inserted = session_.run("INSERT INTO " + table_ + " (" + names + ") SELECT " +
                                       names + " FROM " + incoming + " ON CONFLICT DO NOTHING");
    return inserted ? Status{} : Status{inserted.error()};
}

void PostgresRows::rolled_back() noexcept {
    lines_.clear();
    made_ = filled_ = false;
}

} // namespace assay::history::sql

#include "history/sql/values.hpp"

namespace assay::history::sql {

namespace {

struct Binder {
    Statement& statement;
    int index;

    void operator()(std::monostate /*none*/) const { statement.bind_null(index); }

    void operator()(std::int64_t number) const { statement.bind(index, number); }

    void operator()(double number) const { statement.bind(index, number); }

    void operator()(std::string_view text) const { statement.bind(index, text); }

    void operator()(Blob blob) const { statement.bind_blob(index, blob.bytes); }
};

} // namespace

void bind(Statement& statement, int index, const Value& value) {
    std::visit(Binder{statement, index}, value);
}

Result<Statement*>
bound(Connection& db, const std::string& text, const std::vector<Value>& values) {
    Result<Statement*> statement = db.prepare(text);
    if (statement) {
        int index = 0;
        for (const Value& value : values) {
            bind(**statement, ++index, value);
        }
    }
    return statement;
}

Status run(Connection& db, const std::string& text, const std::vector<Value>& values) {
    const Result<std::int64_t> changed = changed_by(db, text, values);
    return changed ? Status() : Status(changed.error());
}

Result<std::int64_t>
changed_by(Connection& db, const std::string& text, const std::vector<Value>& values) {
    Result<Statement*> statement = bound(db, text, values);
    if (!statement) {
        return statement.error();
    }
    while (true) {
        const Result<bool> row = (*statement)->step();
        if (!row) {
            return row.error();
        }
        if (!*row) {
            return (*statement)->changes();
        }
    }
}

Result<std::optional<std::int64_t>>
first_integer(Connection& db, const std::string& text, const std::vector<Value>& values) {
    Result<Statement*> statement = bound(db, text, values);
    if (!statement) {
        return statement.error();
    }
    const Result<bool> row = (*statement)->step();
    if (!row) {
        return row.error();
    }
    std::optional<std::int64_t> first;
    if (*row) {
        first = integer_at(**statement, 0);
        (*statement)->reset();
    }
    return first;
}

} // namespace assay::history::sql

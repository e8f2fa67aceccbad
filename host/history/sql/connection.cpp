#include "history/sql/connection.hpp"

namespace assay::history::sql {

Result<Statement*> Connection::prepare_rows(const std::string& table,
                                            const std::vector<std::string>& columns) {
    std::string names;
    std::string values;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        names += (i == 0 ? "" : ", ") + columns[i];
        values += (i == 0 ? "$" : ", $") + std::to_string(i + 1);
    }
    return prepare("INSERT INTO " + table + " (" + names + ") VALUES (" + values +
                   ") ON CONFLICT DO NOTHING");
}

Result<Statement*> Connection::prepare_new_rows(const std::string& table,
                                                const std::vector<std::string>& columns) {
    return prepare_rows(table, columns);
}

Status in_transaction(Connection& connection, const std::function<Status()>& body) {
    if (Status begun = connection.begin_writing(); !begun) {
        return begun;
    }
    if (Status done = body(); !done) {
        connection.roll_back();
        return done;
    }
    Status committed = connection.commit();
    if (!committed) {
        connection.roll_back();
    }
    return committed;
}

} // namespace assay::history::sql

#include "history/sql/postgres_statement.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <libpq-fe.h>
#include <memory>
#include <utility>

namespace assay::history::sql {
namespace {

constexpr Oid kBytea = 17; // fixed for ever; its name is in a header of the server

// The greatest n of "$n".
std::size_t parameters_of(std::string_view statement) {
    std::size_t greatest = 0;
    for (std::size_t at = statement.find('$'); at != std::string_view::npos;
         at = statement.find('$', at + 1)) {
        std::size_t number = 0;
        std::from_chars(statement.data() + at + 1, statement.data() + statement.size(), number);
        greatest = std::max(greatest, number);
    }
    return greatest;
}

std::string bytes_of_bytea(const char* text) {
    std::size_t size = 0;
    const std::unique_ptr<unsigned char, decltype(&PQfreemem)> bytes(
        PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size), &PQfreemem);
    return bytes == nullptr ? std::string()
                            : std::string(reinterpret_cast<const char*>(bytes.get()), size);
}

} // namespace

PostgresStatement::PostgresStatement(PostgresSession& session, std::string name, std::string text)
    : session_(session)
    , name_(std::move(name))
    , text_(std::move(text))
    , values_(parameters_of(text_)) {}

PostgresStatement::Value& PostgresStatement::value(int index) {
    return values_.at(static_cast<std::size_t>(index) - 1);
}

void PostgresStatement::bind(int index, std::int64_t number) {
    value(index) = {.bytes = std::to_string(number)};
}

void PostgresStatement::bind(int index, double number) {
    value(index) = {.bytes = shortest(number)};
}

void PostgresStatement::bind(int index, std::string_view text) {
    value(index) = {.bytes = std::string(text)};
}

void PostgresStatement::bind_blob(int index, std::string_view bytes) {
    value(index) = {.bytes = std::string(bytes), .is_blob = true};
}

void PostgresStatement::bind_null(int index) {
    value(index) = {};
}

// libpq ends a text at its first zero byte: what follows would be lost without a word.
Status PostgresStatement::check_text() const {
    for (std::size_t i = 0; i < values_.size(); ++i) {
        if (!values_[i].is_blob && values_[i].bytes &&
            values_[i].bytes->find('\0') != std::string::npos) {
            return Error{.kind = ErrorKind::config,
                         .message = session_.where() + ": a text has a zero byte in it: \"" +
                                    values_[i].bytes->substr(0, values_[i].bytes->find('\0')) +
                                    "...\"",
                         .hint = "PostgreSQL keeps text without zero bytes only"};
        }
    }
    return {};
}

Status PostgresStatement::execute() {
    if (Status sound = check_text(); !sound) {
        return sound;
    }
    if (Status sent = session_.settle_before(text_); !sent) {
        return sent;
    }
    if (!prepared_) {
        if (Status done = session_.prepare(name_, text_); !done) {
            return done;
        }
        prepared_ = true;
    }
    PostgresValues given;
    for (const Value& one : values_) {
        given.pointers.push_back(one.bytes ? one.bytes->data() : nullptr);
        given.lengths.push_back(one.bytes ? static_cast<int>(one.bytes->size()) : 0);
        given.formats.push_back(one.is_blob ? 1 : 0);
    }
    auto answer = session_.run_prepared(name_, text_, given);
    if (!answer) {
        return answer.error();
    }
    answer_ = std::move(*answer);
    changes_ = to_int64(PQcmdTuples(answer_.get())).value_or(0);
    return {};
}

Result<bool> PostgresStatement::step() {
    if (answer_ == nullptr) {
        if (Status done = execute(); !done) {
            return done.error();
        }
        row_ = 0;
    } else {
        ++row_;
    }
    if (row_ < PQntuples(answer_.get())) {
        return true;
    }
    reset();
    return false;
}

void PostgresStatement::reset() {
    answer_.reset();
}

std::string_view PostgresStatement::field(int column) const {
    return {PQgetvalue(answer_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
}

bool PostgresStatement::is_null(int column) const {
    return PQgetisnull(answer_.get(), row_, column) == 1;
}

std::int64_t PostgresStatement::integer(int column) const {
    const std::string_view digits = field(column);
    std::int64_t number = digits == "t" ? 1 : 0; // a boolean
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

double PostgresStatement::real(int column) const {
    const std::string_view digits = field(column);
    double number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::string PostgresStatement::text(int column) const {
    return blob(column);
}

std::string_view PostgresStatement::view(int column) const {
    return field(column);
}

std::string PostgresStatement::blob(int column) const {
    if (PQftype(answer_.get(), column) == kBytea) {
        return bytes_of_bytea(PQgetvalue(answer_.get(), row_, column));
    }
    return std::string(field(column));
}

} // namespace assay::history::sql

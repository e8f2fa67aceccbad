#include "history/sql/sqlite_connection.hpp"

#include "history/sql/sqlite_creation.hpp"
#include "history/sql/sqlite_error.hpp"
#include "support/file.hpp"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <utility>

namespace assay::history::sql {

namespace {

namespace fs = std::filesystem;

Error cannot_back_up(const std::string& file, const std::string& why, std::string hint) {
    return {.kind = ErrorKind::io,
            .message = "cannot back up the history into " + file + ": " + why,
            .hint = std::move(hint)};
}

// "ok", or what SQLite found wrong.
Result<std::string> integrity_of(const std::string& file) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
    SqliteConnection copy(SqliteConnection::Handle(raw), file, std::nullopt);
    if (code != SQLITE_OK) {
        return sqlite_error(raw, "reading", file);
    }
    Result<Statement*> check = copy.prepare("PRAGMA integrity_check(1)");
    if (!check) {
        return check.error();
    }
    if (Result<bool> row = (*check)->step(); !row) {
        return row.error();
    }
    std::string answer = (*check)->text(0);
    (*check)->reset();
    return answer;
}

// Out of a folder in which SQLite cannot put the index of a log that it would keep: without a log
// the file is all there is. `refused`: what it said before.
Result<bool>
copy_unwritable(const std::string& file, const std::string& fresh, Result<bool> refused) {
    std::error_code absent;
    if (fs::file_size(file + "-wal", absent) > 0 && !absent) {
        return refused;
    }
    Opened db = connect({.uri = uri_of(fs::absolute(file).string(), "?immutable=1"),
                         .flags = SQLITE_OPEN_READONLY,
                         .file = file});
    const auto copy = db ? (*db)->prepare("VACUUM INTO $1") : Result<Statement*>(db.error());
    if (!copy) {
        return copy.error();
    }
    (*copy)->bind(1, std::string_view(fresh));
    return (*copy)->step();
}

Status flush_to_disk(const std::string& file) {
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) {
        return cannot_back_up(file, system_message(errno), "make room there, then repeat");
    }
    return {};
}

} // namespace

SqliteConnection::SqliteConnection(Handle db, std::string file, std::optional<FileLock> lock)
    : file_(std::move(file))
    , lock_(std::move(lock))
    , db_(std::move(db)) {}

SqliteConnection::~SqliteConnection() = default;

Status SqliteConnection::execute(const std::string& statements) {
    if (sqlite3_exec(db_.get(), statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return sqlite_error(db_.get(), "writing to", file_);
    }
    return {};
}

Result<Statement*> SqliteConnection::prepare(const std::string& statement) {
    const auto known = statements_.find(statement);
    if (known != statements_.end()) {
        known->second->reset();
        return static_cast<Statement*>(known->second.get());
    }
    sqlite3_stmt* handle = nullptr;
    if (sqlite3_prepare_v3(db_.get(),
                           statement.c_str(),
                           static_cast<int>(statement.size()) + 1,
                           SQLITE_PREPARE_PERSISTENT,
                           &handle,
                           nullptr) != SQLITE_OK) {
        return sqlite_error(db_.get(), "reading", file_);
    }
    auto made = std::make_unique<SqliteStatement>(db_.get(), handle, file_);
    return static_cast<Statement*>(
        statements_.emplace(statement, std::move(made)).first->second.get());
}

Status SqliteConnection::begin_writing() {
    if (lock_) {
        if (Status held = lock_->lock(); !held) {
            return held;
        }
    }
    // A transaction that has read cannot become a writing one while another writes: SQLite says
    // busy at once, whatever the timeout. This one waits for its turn before it reads.
    Status begun = execute("BEGIN IMMEDIATE");
    if (!begun && lock_) {
        lock_->unlock();
    }
    return begun;
}

Status SqliteConnection::commit() {
    Status done = execute("COMMIT");
    if (done && lock_) {
        lock_->unlock();
    }
    return done;
}

void SqliteConnection::roll_back() noexcept {
    for (auto& [text, statement] : statements_) {
        statement->reset(); // one that still reads would keep the transaction
    }
    // Some errors have rolled back already; then there is nothing left to do.
    sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    if (lock_) {
        lock_->unlock();
    }
}

Status SqliteConnection::backup(const std::string& file) {
    std::error_code ignored;
    if (fs::exists(file, ignored)) {
        return Error{.kind = ErrorKind::usage,
                     .message = "cannot back up into " + file + ": it is there already",
                     .hint = "name a new file; a backup never replaces another"};
    }
    const std::string fresh = file + ".partial";
    fs::remove(fresh, ignored);
    // SQLite would call the history damaged where it is the copy that cannot be written.
    constexpr mode_t kMode = 0644;
    if (const UniqueFd made(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, kMode)); !made) {
        return cannot_back_up(
            file, system_message(errno), "name a file in a folder that can be written to");
    }
    // A history that is only read can be copied too: it stays as it is, whatever SQLite may write.
    if (Status free = execute("PRAGMA query_only=OFF"); !free) {
        return free;
    }
    Result<Statement*> copy = prepare("VACUUM INTO $1");
    if (!copy) {
        return copy.error();
    }
    (*copy)->bind(1, std::string_view(fresh));
    Result<bool> copied = (*copy)->step();
    (*copy)->reset();
    if (is_read_only()) {
        static_cast<void>(execute("PRAGMA query_only=ON"));
    }
    if (!copied && is_read_only()) {
        fs::remove(fresh, ignored);
        copied = copy_unwritable(file_, fresh, std::move(copied));
    }
    Result<std::string> found = copied ? integrity_of(fresh) : Result<std::string>(copied.error());
    if (!found || *found != "ok") {
        fs::remove(fresh, ignored);
        return cannot_back_up(file,
                              found ? "the copy is not sound: " + *found : found.error().message,
                              "make room there; of a damaged history: " + rebuild_hint(file_));
    }
    if (Status flushed = flush_to_disk(fresh); !flushed) {
        return flushed;
    }
    std::error_code code;
    fs::rename(fresh, file, code);
    return code ? Status(cannot_back_up(file, code.message(), {})) : Status();
}

Status SqliteConnection::reclaim() {
    return execute("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<std::uint64_t> SqliteConnection::bytes() {
    std::uint64_t sum = 0;
    for (const char* part : {"", "-wal"}) {
        std::error_code absent;
        const std::uintmax_t size = fs::file_size(file_ + part, absent);
        sum += absent ? 0 : static_cast<std::uint64_t>(size);
    }
    return sum;
}

bool SqliteConnection::is_read_only() const noexcept {
    return sqlite3_db_readonly(db_.get(), "main") == 1;
}

Result<std::int64_t> SqliteConnection::ask(const std::string& query) {
    Result<Statement*> statement = prepare(query);
    if (!statement) {
        return statement.error();
    }
    Result<bool> row = (*statement)->step();
    if (!row) {
        return row.error();
    }
    const std::int64_t answer = *row ? (*statement)->integer(0) : 0;
    (*statement)->reset();
    return answer;
}

} // namespace assay::history::sql

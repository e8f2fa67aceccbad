// A connection to a history in one SQLite file. open_sqlite() decides how it is opened and refuses
// what is no history (sqlite_open.cpp); this class runs statements and transactions on it.
//
//   Result<std::unique_ptr<SqliteConnection>> db = open_sqlite(".assay/history.db", {.create =
//   true}); for (const std::string& warning : (*db)->warnings()) tell(warning);
//
// Write-ahead log: readers never wait for a writer, writers wait for each other up to 30 s. One
// connection per thread; any number of processes.
#pragma once

#include "history/sql/connection.hpp"
#include "history/sql/file_lock.hpp"
#include "history/sql/migrations.hpp"
#include "history/sql/sqlite_statement.hpp"

#include <sqlite3.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::history::sql {

struct SqliteOptions {
    bool create = false;    // where nothing is there
    bool read_only = false; // never migrates
    // Type of the file system a path lies on; nothing: ask the system.
    std::function<Result<std::int64_t>(const std::string&)> file_system = {};
    std::span<const Migration> migrations = sqlite_migrations();
};

// "ASAY" in the file's header: what tells a history from other people's databases.
inline constexpr std::int64_t kApplicationId = 0x41535359;

class SqliteConnection final : public Connection {
public:
    struct Close {
        void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
    };

    using Handle = std::unique_ptr<sqlite3, Close>;

    // `lock`: taken around every writing transaction.
    SqliteConnection(Handle db, std::string file, std::optional<FileLock> lock);
    ~SqliteConnection() override;

    [[nodiscard]] Dialect dialect() const noexcept override { return Dialect::sqlite; }

    [[nodiscard]] std::string where() const override { return file_; }

    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }

    void warn(std::string warning) { warnings_.push_back(std::move(warning)); }

    Status execute(const std::string& statements) override;
    Result<Statement*> prepare(const std::string& statement) override;
    Status begin_writing() override;
    Status commit() override;
    void roll_back() noexcept override;
    Status backup(const std::string& file) override;
    Status reclaim() override;
    [[nodiscard]] Result<std::uint64_t> bytes() override;

    // Opened for reading, or may not be written.
    [[nodiscard]] bool is_read_only() const noexcept;

    // The one integer that a pragma or a query answers with.
    Result<std::int64_t> ask(const std::string& query);

private:
    std::vector<std::string> warnings_;
    std::string file_;
    std::optional<FileLock> lock_;
    Handle db_; // before its statements, so that it is closed after them
    std::unordered_map<std::string, std::unique_ptr<SqliteStatement>> statements_;
};

Result<std::unique_ptr<SqliteConnection>> open_sqlite(const std::string& file,
                                                      const SqliteOptions& options);

} // namespace assay::history::sql

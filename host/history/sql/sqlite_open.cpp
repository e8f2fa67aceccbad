// How a history in a file is opened, what is refused, and how an older one is brought up to date.
#include "history/sql/file_system.hpp"
#include "history/sql/sqlite_creation.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <unistd.h>
#include <utility>

namespace assay::history::sql {

namespace {

namespace fs = std::filesystem;

Error refused(ErrorKind kind, std::string message, std::string hint) {
    return {.kind = kind, .message = std::move(message), .hint = std::move(hint)};
}

Error foreign(const std::string& file, const std::string& why) {
    return refused(ErrorKind::config,
                   file + " is a SQLite database, but not a history: " + why,
                   "name another file: this one is left as it is");
}

// A history at all, and not of a newer Assay; gives the number of its schema.
Result<int> check_kind(SqliteConnection& db, const SqliteOptions& options) {
    Result<std::int64_t> application = db.ask("PRAGMA application_id");
    if (!application) {
        return application.error();
    }
    if (*application != kApplicationId) {
        return foreign(db.where(),
                       fmt::format("its application id is {:#010x}, a history's {:#010x}",
                                   *application,
                                   kApplicationId));
    }
    const Result<std::int64_t> tables =
        db.ask("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN "
               "('schema_migration', 'series', 'run', 'point', 'platform')");
    if (!tables) {
        return tables.error();
    }
    if (*tables != 5) {
        return foreign(db.where(), "tables of a history are missing");
    }
    const Result<std::int64_t> version = db.ask("PRAGMA user_version");
    if (!version) {
        return version.error();
    }
    if (*version > newest(options.migrations)) {
        return refused(ErrorKind::config,
                       fmt::format("the history {} has schema {}, this assay knows up to {}",
                                   db.where(),
                                   *version,
                                   newest(options.migrations)),
                       "update assay, or name another history");
    }
    return static_cast<int>(*version);
}

Status migrate(SqliteConnection& db, const SqliteOptions& options, int from) {
    const int to = newest(options.migrations);
    if (options.read_only) {
        return refused(ErrorKind::config,
                       fmt::format("the history {} has schema {} and would have to be brought to "
                                   "{}, but is opened for reading only",
                                   db.where(),
                                   from,
                                   to),
                       "open it once for writing: assay history compact --dry-run");
    }
    const std::string copy = fmt::format("{}.schema-{}", db.where(), from);
    if (std::error_code code; !fs::exists(copy, code)) {
        if (Status saved = db.backup(copy); !saved) {
            return saved;
        }
    }
    return in_transaction(db, [&]() -> Status {
        const Result<std::int64_t> now = db.ask("PRAGMA user_version");
        if (!now) {
            return now.error();
        }
        if (*now != from) {
            return {}; // another process was faster
        }
        if (Status done = apply(db, options.migrations, from); !done) {
            return done;
        }
        return db.execute(fmt::format("PRAGMA user_version={}", to));
    });
}

// Reading from a folder that cannot be written: the log's index cannot be made there. Without a log
// the file is all there is.
Opened open_immutable(const std::string& file) {
    std::error_code absent;
    if (fs::file_size(file + "-wal", absent) > 0 && !absent) {
        return refused(ErrorKind::io,
                       "cannot read the history " + file +
                           ": its last runs are still in the log beside it, and the folder is "
                           "read-only",
                       "open it once where it can be written, or copy it from there");
    }
    return connect({.uri = uri_of(fs::absolute(file).string(), "?immutable=1"),
                    .flags = SQLITE_OPEN_READONLY,
                    .file = file});
}

Opened open_for_reading(const std::string& file) {
    Opened db = connect({.uri = uri_of(file), .flags = SQLITE_OPEN_READONLY, .file = file});
    if (!db) {
        return db;
    }
    const Result<std::int64_t> readable = (*db)->ask("PRAGMA application_id");
    if (!readable && ::access(fs::absolute(file).parent_path().c_str(), W_OK) != 0) {
        return open_immutable(file);
    }
    return db;
}

Opened open_for_writing(const std::string& file, bool network) {
    const std::string folder = fs::absolute(file).parent_path().string();
    Connecting how{.uri = uri_of(file), .flags = SQLITE_OPEN_READWRITE, .file = file};
    if (network) {
        how.lock.emplace(file + ".lock");
    }
    Opened db = connect(std::move(how));
    // SQLite opens for reading what it may not write, and puts its log beside the file.
    if (db && ((*db)->is_read_only() || ::access(folder.c_str(), W_OK) != 0)) {
        return refused(ErrorKind::io,
                       "cannot write to the history " + file + ": it or its folder is read-only",
                       "make both writable, or choose another place");
    }
    return db;
}

// Whether a file with something in it is there; a folder and the like is an error.
Result<bool> is_there(const std::string& file) {
    std::error_code code;
    const fs::file_status status = fs::status(file, code);
    if (fs::is_regular_file(status)) {
        const std::uintmax_t size = fs::file_size(file, code);
        return code || size > 0;
    }
    if (status.type() == fs::file_type::not_found) {
        return false;
    }
    if (fs::is_directory(status)) {
        return refused(ErrorKind::config,
                       "cannot open the history " + file + ": it is a folder",
                       "name a file in it, such as " + (fs::path(file) / "history.db").string());
    }
    return refused(code ? ErrorKind::io : ErrorKind::config,
                   "cannot open the history " + file + ": " +
                       (code ? code.message() : std::string("it is no regular file")),
                   "name a file");
}

Status find_or_make(const std::string& file, const SqliteOptions& options, bool network) {
    const Result<bool> there = is_there(file);
    if (!there) {
        return there.error();
    }
    if (!options.read_only) {
        remove_abandoned_histories(file);
    }
    if (*there) {
        return {};
    }
    std::error_code absent;
    if (fs::file_size(file + "-wal", absent) > 0 && !absent) {
        return refused(ErrorKind::config,
                       "there is no history at " + file + ", but the log of one, " + file + "-wal",
                       "it was moved away without its last runs: move the log after it, beside "
                       "it and under its name, or remove the log");
    }
    if (!options.create || options.read_only) {
        return refused(ErrorKind::missing,
                       "there is no history at " + file,
                       "record a run first: assay run --record");
    }
    return make_history_file(file, options, network);
}

Status prepare_for_use(SqliteConnection& db, const SqliteOptions& options, bool network) {
    const Result<int> schema = check_kind(db, options);
    if (!schema) {
        return schema.error();
    }
    if (*schema < newest(options.migrations)) {
        if (Status done = migrate(db, options, *schema); !done) {
            return done;
        }
    }
    if (options.read_only) {
        return db.execute("PRAGMA query_only=ON; PRAGMA cache_size=-65536");
    }
    if (network) {
        db.warn("the history " + db.where() +
                " lies on a network file system: it is kept with a rollback journal and a lock "
                "file, which is slower; a shared history belongs into PostgreSQL");
    }
    return db.execute(journal_pragmas(network) +
                      "; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; "
                      "PRAGMA wal_autocheckpoint=4000");
}

} // namespace

Opened open_sqlite(const std::string& file, const SqliteOptions& options) {
    const Result<std::int64_t> type =
        options.file_system ? options.file_system(file) : file_system_of(file);
    if (!type) {
        return type.error();
    }
    const bool network = is_network(*type);
    if (Status there = find_or_make(file, options, network); !there) {
        return there.error();
    }
    Opened db = options.read_only ? open_for_reading(file) : open_for_writing(file, network);
    if (!db) {
        return db;
    }
    if (Status ready = prepare_for_use(**db, options, network); !ready) {
        return ready.error();
    }
    return db;
}

} // namespace assay::history::sql

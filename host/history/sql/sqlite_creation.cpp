#include "history/sql/sqlite_creation.hpp"

#include "history/sql/sqlite_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <random>
#include <thread>
#include <unistd.h>
#include <utility>

namespace assay::history::sql {

namespace {

namespace fs = std::filesystem;

constexpr int kPausesMax = 30'000; // of a millisecond: 30 s at least

// SQLite's own busy_timeout pauses for up to 100 ms, during which the lock often lies idle: a run
// is written in a few. Eight writers at once get several times as far with short pauses.
int wait_for_turn(void* /*nothing*/, int pauses) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return pauses < kPausesMax ? 1 : 0;
}

Status fill(SqliteConnection& fresh, const SqliteOptions& options, bool network) {
    if (Status set = fresh.execute("PRAGMA auto_vacuum=INCREMENTAL; " + journal_pragmas(network));
        !set) {
        return set;
    }
    return in_transaction(fresh, [&]() -> Status {
        if (Status made = apply(fresh, options.migrations, 0); !made) {
            return made;
        }
        return fresh.execute(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}",
                                         kApplicationId,
                                         newest(options.migrations)));
    });
}

// Gives the finished file its name unless there is a history of that name by now.
Status give_name(const std::string& fresh, const std::string& file) {
    if (::link(fresh.c_str(), file.c_str()) == 0 || errno == EEXIST) {
        std::error_code code;
        if (fs::file_size(file, code) == 0 && !code) {
            fs::rename(fresh, file, code); // an empty file was nobody's history
        }
        fs::remove(fresh, code);
        return {};
    }
    // Without hard links (FAT, some FUSE): the last of several that make it at once wins.
    std::error_code code;
    fs::rename(fresh, file, code);
    return code ? Status(Error{.kind = ErrorKind::io,
                               .message = "cannot make the history " + file + ": " + code.message(),
                               .hint = "check that its folder may be written"})
                : Status();
}

} // namespace

void remove_abandoned_histories(const std::string& file) {
    // Making one takes milliseconds.
    constexpr auto kGrace = std::chrono::hours(1);
    const fs::path path(file);
    const std::string begin = path.filename().string() + ".new-";
    const fs::path folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
    std::error_code failed;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed)) {
        if (!entry.path().filename().string().starts_with(begin)) {
            continue;
        }
        std::error_code gone; // another process may remove it as well
        const auto written = fs::last_write_time(entry.path(), gone);
        if (!gone && fs::file_time_type::clock::now() - written > kGrace) {
            fs::remove(entry.path(), gone);
        }
    }
}

Status make_history_file(const std::string& file, const SqliteOptions& options, bool network) {
    std::error_code code;
    if (const fs::path folder = fs::path(file).parent_path(); !folder.empty()) {
        fs::create_directories(folder, code);
        if (code) {
            return Error{.kind = ErrorKind::io,
                         .message = "cannot make the folder of the history " + file + ": " +
                                    code.message(),
                         .hint = "choose another place, or make it writable"};
        }
    }
    const std::string fresh = fmt::format("{}.new-{}-{}", file, ::getpid(), std::random_device{}());
    {
        Opened made = connect({.uri = uri_of(fresh),
                               .flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                               .file = file});
        Status filled = made ? fill(**made, options, network) : Status(made.error());
        if (!filled) {
            made = Error{}; // closed before its files are removed
            for (const char* part : {"", "-wal", "-shm", "-journal"}) {
                fs::remove(fresh + part, code);
            }
            return filled;
        }
    }
    return give_name(fresh, file);
}

Opened connect(Connecting how) {
    // Nobody asks SQLite how much memory it uses; counting takes a lock at every allocation.
    static std::once_flag configured;
    std::call_once(configured, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
    sqlite3* raw = nullptr;
    // Without a lock around every call: a connection has one thread.
    const int code = sqlite3_open_v2(
        how.uri.c_str(), &raw, how.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, nullptr);
    SqliteConnection::Handle db(raw);
    if (code != SQLITE_OK) {
        return sqlite_error(raw, "opening", how.file);
    }
    sqlite3_busy_handler(raw, wait_for_turn, nullptr);
    return std::make_unique<SqliteConnection>(
        std::move(db), std::move(how.file), std::move(how.lock));
}

// Characters that mean something in a file: URI.
std::string uri_of(const std::string& file, std::string_view query) {
    std::string uri = "file:";
    for (const char c : file) {
        if (c == '%' || c == '?' || c == '#') {
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        } else {
            uri += c;
        }
    }
    return uri + std::string(query);
}

std::string journal_pragmas(bool network) {
    // What a rollback journal loses with synchronous=NORMAL is the file; a log loses the last runs.
    return network ? "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL"
                   : "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL";
}

} // namespace assay::history::sql

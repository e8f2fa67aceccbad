#include "history/sql/sqlite_error.hpp"

#include "support/file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>

namespace assay::history::sql {

namespace {

Error said(ErrorKind kind, std::string message, std::string hint) {
    return {.kind = kind, .message = std::move(message), .hint = std::move(hint)};
}

// A full disk, a used-up quota and a limit on the size of files look alike to whoever writes.
bool is_full(int code, int system) {
    return code == SQLITE_FULL ||
           (code == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT || system == EFBIG));
}

// For a shell.
std::string quoted(const std::string& path) {
    std::string text = "'";
    for (const char c : path) {
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return text + "'";
}

} // namespace

std::string rebuild_hint(const std::string& file) {
    const std::filesystem::path folder = std::filesystem::path(file).parent_path();
    const std::string aside = (folder / "damaged").string();
    // With its log, which would spoil another history of the same name.
    return "put a backup in its place, or build it anew from the bundles of its runs: mkdir " +
           quoted(aside) + " && mv " + quoted(file) + "* " + quoted(aside) +
           " && assay history pull " + quoted((folder / "runs").string()) + " --history " +
           quoted(file);
}

Error sqlite_error(sqlite3* db, std::string_view doing, const std::string& file) {
    const int last = errno; // SQLite does not pass on why a COMMIT could not write
    const int code = sqlite3_errcode(db) & 0xff;
    const int passed_on = sqlite3_system_errno(db);
    const int system = passed_on == 0 && code == SQLITE_IOERR ? last : passed_on;
    const std::string text = sqlite3_errmsg(db);
    const std::string what = fmt::format("{} the history {}", doing, file);
    if (is_full(code, system)) {
        return said(ErrorKind::io,
                    what + " failed: there is no room left (" + text + ")",
                    "make room on its disk, then repeat: what was not recorded is wholly absent");
    }
    switch (code) {
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return said(ErrorKind::io,
                    what + " failed: it or its folder is read-only (" + text + ")",
                    "make file and folder writable, or choose another place");
    case SQLITE_NOTADB:
        return said(ErrorKind::config,
                    file + " is no SQLite database, so no history",
                    "name another file: this one is left as it is; if it was a history, put a "
                    "backup in its place");
    case SQLITE_CORRUPT:
        return said(ErrorKind::io,
                    what + " failed: the file is damaged (" + text + ")",
                    rebuild_hint(file));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return said(ErrorKind::io,
                    what + " failed: another process kept it locked for 30 s",
                    "see who has it open (fuser " + file + "), then repeat");
    case SQLITE_CANTOPEN:
        return said(ErrorKind::io,
                    what + " failed: " + (system != 0 ? system_message(system) : text),
                    "check that the folder is there and may be read and written");
    default:
        return said(ErrorKind::io,
                    fmt::format("{} failed: {}{}",
                                what,
                                text,
                                system != 0 ? " (" + system_message(system) + ")" : std::string()),
                    {});
    }
}

} // namespace assay::history::sql

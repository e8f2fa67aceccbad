#include "python_peer.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace assay::history::measured {
namespace {

constexpr const char* kScript = R"(
import sqlite3, statistics, sys, time
db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
ids = [row[0] for row in db.execute("SELECT id FROM series ORDER BY id LIMIT ?", (sys.argv[2],))]
looks = []
for _ in range(6):
    begin = time.perf_counter()
    for id in ids:
        rows = db.execute("SELECT run_id, center, status, flags FROM point WHERE series_id = ? "
                          "AND flags & 4 = 0 ORDER BY run_id DESC LIMIT ?", (id, sys.argv[3])).fetchall()
        assert len(rows) == int(sys.argv[3])
    looks.append(time.perf_counter() - begin)
print(statistics.median(looks[1:]))
)";

constexpr const char* kWriting = R"py(
import os, sqlite3, random, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536",
               "wal_autocheckpoint=4000"):
    db.execute("PRAGMA " + pragma)
db.execute("CREATE TABLE point (series_id INTEGER, run_id INTEGER, center REAL, lo REAL, hi REAL, "
           "spread REAL, min REAL, max REAL, p95 REAL, p99 REAL, status INTEGER, n INTEGER, "
           "n_launches INTEGER, flags INTEGER, build INTEGER, "
           "PRIMARY KEY (series_id, run_id)) WITHOUT ROWID")
db.execute("CREATE TABLE sample (run_id INTEGER, series_id INTEGER, encoding INTEGER, body BLOB, "
           "PRIMARY KEY (run_id, series_id)) WITHOUT ROWID")
batches, runs, points = map(int, sys.argv[2:5])
number, spent, r = 0, 0, random.random
for _ in range(batches):
    rows, samples = [], []
    for _ in range(runs):
        number += 1
        for i in range(points):
            rows.append((i, number, r(), r(), r(), r(), r(), r(), r(), r(), 0, 60, 6, 0, 1))
            samples.append((number, i, 0, os.urandom(240)))
    begin = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    db.executemany("INSERT INTO point VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    db.executemany("INSERT INTO sample VALUES (?,?,?,?)", samples)
    db.execute("COMMIT")
    spent += time.perf_counter() - begin
print(batches * runs * points / spent)
)py";

std::optional<double> told_by_python(const std::string& command) {
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return std::nullopt;
    }
    std::array<char, 64> line{};
    const bool said = std::fgets(line.data(), static_cast<int>(line.size()), pipe) != nullptr;
    if (::pclose(pipe) != 0 || !said) {
        return std::nullopt;
    }
    return std::strtod(line.data(), nullptr);
}

} // namespace

std::optional<double>
python_reads(const std::string& file, std::size_t series, std::size_t points) {
    return told_by_python(
        fmt::format("python3 -c '{}' '{}' {} {} 2>/dev/null", kScript, file, series, points));
}

std::optional<double> python_writes(const std::string& file, const Rows& rows) {
    return told_by_python(fmt::format("python3 -c '{}' '{}' {} {} {} 2>/dev/null",
                                      kWriting,
                                      file,
                                      rows.batches,
                                      rows.runs,
                                      rows.points));
}

} // namespace assay::history::measured

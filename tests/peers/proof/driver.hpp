// Makes the comparisons that are missing, cell by cell and method by method in turns, so that a
// slow hour of the machine hits all of them alike.
//
//   Driver driver(options);
//   if (const auto ready = driver.prepare(); !ready) ...
//   driver.run(interrupted);
//
// One thread.
#pragma once

#include "builds.hpp"
#include "options.hpp"
#include "record.hpp"

#include <csignal>
#include <map>
#include <string>
#include <vector>

namespace proof {

class Driver {
public:
    explicit Driver(const Options& options);

    // Reads what is recorded and copies the builds. Errors: a file is missing, other builds.
    [[nodiscard]] assay::Status prepare();

    // Until every cell has its comparisons, or `interrupted` is set. Every one is recorded at once.
    [[nodiscard]] assay::Status run(const volatile std::sig_atomic_t& interrupted);

    [[nodiscard]] const std::vector<Record>& records() const noexcept { return records_; }

private:
    struct Turn {
        const Cell* cell;
        std::string method;
        std::int64_t index;
    };

    [[nodiscard]] std::vector<Turn> missing() const;
    [[nodiscard]] std::int64_t wanted(const Cell& cell, const std::string& method) const;
    [[nodiscard]] Record make(const Turn& turn) const;
    [[nodiscard]] Record measure_overhead() const;
    [[nodiscard]] double seconds_of(const Cell& cell, const std::string& method) const;
    [[nodiscard]] double seconds_left(const std::vector<Turn>& turns, std::size_t next) const;
    void keep_document(const Record& record) const;

    const Options& options_;
    std::map<std::string, Builds> builds_;
    std::vector<Record> records_;
};

} // namespace proof

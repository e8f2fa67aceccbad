// What `assay doctor` asks of the machine besides files: each a value, so that a finding can be
// tested with any of them.
//
//   const Readings readings = take_readings(installation);
//
// Taken once, by main's thread, while nothing else runs: workers are started and timed.
#pragma once

#include "app/installation.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

// A program that a part of assay would use.
struct ProgramReading {
    std::string name;
    std::string path;    // empty = not found in PATH
    std::string version; // what it says; empty = it did not run
};

struct FolderReading {
    std::string path;
    bool writable = false;
    std::optional<std::uint64_t> available_bytes;
};

// Some launches of a worker that loads no plugin.
struct WorkerReading {
    std::string program;
    Status started;              // the reason if one did not start
    std::vector<double> start_s; // spawn to HELLO, each
    json::object isolation;      // what the first achieved, by its own word
    std::optional<int> pin_wanted;
    std::size_t layouts = 0; // different ones among the starts
};

struct BuildReading {
    std::string version, compiler, worker_program;
    bool optimised = true;
    std::string sanitizer{}; // "address", or empty
    std::vector<std::filesystem::path> plugin_folders;
    std::size_t plugins = 0; // libraries in them
};

struct Readings {
    std::vector<unsigned> allowed_cpus;
    bool is_root = false;
    Status instructions; // why the processor does not count them for this process
    ProgramReading valgrind, git;
    FolderReading scratch, cache;
    WorkerReading worker;
    BuildReading build;
};

[[nodiscard]] Readings take_readings(const Installation& installation);

} // namespace assay::app

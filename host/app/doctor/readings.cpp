#include "app/doctor/readings.hpp"

#include "app/version.hpp"
#include "catalog/folders.hpp"
#include "measure/instruction_counter.hpp"
#include "support/command.hpp"
#include "support/text.hpp"
#include "workers/worker.hpp"

#include <algorithm>
#include <cstdlib>
#include <sched.h>
#include <set>
#include <system_error>
#include <unistd.h>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

constexpr int kStarts = 5;
constexpr std::string_view kPluginEnding = ".assay.so";

std::vector<unsigned> allowed_cpus() {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    std::vector<unsigned> cpus;
    if (::sched_getaffinity(0, sizeof mask, &mask) == 0) {
        for (unsigned cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
            if (CPU_ISSET(cpu, &mask)) {
                cpus.push_back(cpu);
            }
        }
    }
    return cpus;
}

std::string found_in_path(const std::string& name) {
    const char* const path = std::getenv("PATH");
    for (const std::string& folder : split(path == nullptr ? "/usr/bin:/bin" : path, ':')) {
        const fs::path file = fs::path(folder) / name;
        std::error_code failed;
        if (!folder.empty() && fs::is_regular_file(file, failed) &&
            ::access(file.c_str(), X_OK) == 0) {
            return file.string();
        }
    }
    return {};
}

ProgramReading program(std::string name) {
    ProgramReading reading{.name = name, .path = found_in_path(name), .version = {}};
    if (reading.path.empty()) {
        return reading;
    }
    const auto output = run_command({reading.path, "--version"});
    if (output && output->exit_code == 0 && is_utf8(output->text)) {
        reading.version = trim(std::string_view(output->text).substr(0, output->text.find('\n')));
    }
    return reading;
}

// Of a folder that may not exist yet, the nearest one that does decides.
FolderReading folder(const fs::path& path) {
    FolderReading reading{.path = path.string(), .writable = false, .available_bytes = {}};
    std::error_code failed;
    fs::path there = path;
    while (!fs::exists(there, failed) && there.has_relative_path()) {
        there = there.parent_path();
    }
    reading.writable = fs::is_directory(there, failed) && ::access(there.c_str(), W_OK | X_OK) == 0;
    if (const fs::space_info space = fs::space(there, failed); !failed) {
        reading.available_bytes = space.available;
    }
    return reading;
}

fs::path scratch_folder() {
    const char* const base = std::getenv("TMPDIR"); // as workers::ScratchFolder
    return base != nullptr && *base == '/' ? base : "/tmp";
}

WorkerReading start_workers(const std::string& worker_program, std::optional<int> cpu) {
    WorkerReading reading;
    reading.program = worker_program;
    reading.pin_wanted = cpu;
    workers::SupervisorOptions settings;
    settings.worker_program = worker_program;
    workers::Supervisor supervisor(settings);
    std::set<std::pair<std::int64_t, std::int64_t>> layouts;
    for (int i = 0; i < kStarts; ++i) {
        workers::WorkerOptions options;
        options.plugin_path = worker_program; // never loaded: that takes a check
        options.for_check = true;
        options.cpu = cpu;
        const auto worker = supervisor.start(options);
        if (!worker) {
            reading.started = worker.error();
            return reading;
        }
        const workers::Hello& hello = (*worker)->hello();
        reading.start_s.push_back(hello.start_s);
        layouts.emplace(json_int(hello.isolation, "heap_offset_bytes", 0),
                        json_int(hello.isolation, "stack_offset_bytes", 0));
        if (i == 0) {
            reading.isolation = hello.isolation;
            reading.isolation.erase("environment"); // whose variables need not be told
        }
        (*worker)->quit();
    }
    reading.layouts = layouts.size();
    return reading;
}

BuildReading build(const Installation& installation) {
    BuildReading reading{.version = kVersion,
                         .compiler = {},
                         .worker_program = installation.worker_program.string(),
                         .plugin_folders = installation.plugin_folders};
#if defined(__clang__)
    reading.compiler = __VERSION__; // "Clang 14.0.6"
#else
    reading.compiler = std::string("g++ ") + __VERSION__;
#endif
#if !defined(__OPTIMIZE__)
    reading.optimised = false;
#endif
#if defined(__SANITIZE_ADDRESS__)
    reading.sanitizer = "address";
#elif defined(__SANITIZE_THREAD__)
    reading.sanitizer = "thread";
#endif
    for (const fs::path& plugins : reading.plugin_folders) {
        std::error_code failed;
        for (const auto& entry : fs::directory_iterator(plugins, failed)) {
            reading.plugins += entry.path().string().ends_with(kPluginEnding) ? 1 : 0;
        }
    }
    return reading;
}

} // namespace

Readings take_readings(const Installation& installation) {
    Readings readings;
    readings.allowed_cpus = allowed_cpus();
    readings.is_root = ::geteuid() == 0;
    if (const auto counter = measure::open_instruction_counter(); !counter) {
        readings.instructions = counter.error();
    }
    readings.valgrind = program("valgrind");
    readings.git = program("git");
    readings.scratch = folder(scratch_folder());
    readings.cache = folder(catalog::cache_folder());
    const auto cpu = readings.allowed_cpus.empty()
                         ? std::optional<int>{}
                         : std::optional(static_cast<int>(readings.allowed_cpus.back()));
    readings.worker = start_workers(installation.worker_program.string(), cpu);
    readings.build = build(installation);
    return readings;
}

} // namespace assay::app

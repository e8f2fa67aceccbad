#include "app/doctor/readings.hpp"

#include "app/version.hpp"
#include "catalog/folders.hpp"
#include "measure/host_build.hpp"
#include "measure/instruction_counter.hpp"
#include "measure/platform_sources.hpp"
#include "support/command.hpp"
#include "support/text.hpp"
#include "workers/worker.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <system_error>
#include <unistd.h>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

constexpr int kStarts = 5;
constexpr std::string_view kPluginEnding = ".assay.so";

ProgramReading program(std::string name) {
    const char* const path = std::getenv("PATH");
    ProgramReading reading{.name = name,
                           .path = find_program(name, path == nullptr ? "/usr/bin:/bin" : path),
                           .version = {}};
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
    const measure::HostBuild host = measure::host_build();
    reading.compiler = host.compiler;
    reading.optimised = host.optimised;
    reading.sanitizer = host.sanitizer;
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
    readings.allowed_cpus = measure::allowed_cpus();
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

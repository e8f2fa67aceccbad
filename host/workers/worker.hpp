// The host's side of a worker process: started by the one supervisor thread, spoken to in frames
// over pipes, watched through a pidfd, given deadlines, and always reaped.
//
//   Supervisor supervisor({.worker_program = "/usr/lib/assay/assay-worker"});
//   auto worker = supervisor.start({.plugin_path = stored, .plugin_id = "org.example.dot"});
//   LaunchOutcome outcome = worker->launch(request, turns, deadline);
//   worker->quit();
//
// A Worker is driven by one lane at a time; a Supervisor may be called from any thread.
#pragma once

#include "measure/conformance.hpp"
#include "measure/importing.hpp"
#include "measure/launch.hpp"
#include "measure/withheld_cpu.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::workers {

struct SupervisorOptions {
    std::string worker_program{};    // absolute path of assay-worker
    std::vector<std::string> wrap{}; // put before the worker's argv: {"gdb", "--args"}
    bool wait_for_debugger = false;  // the worker raises SIGSTOP after HELLO
    bool core_dumps = false;         // --cores
    bool pin = true;                 // pin a worker to the CPU its lane asks for
    std::chrono::milliseconds hello_timeout{10'000}; // six times as long behind `wrap`
};

struct WorkerOptions {
    std::string plugin_path{};    // absolute, in the content store
    std::string plugin_id{};      // expected; for messages
    std::optional<int> cpu{};     // pin to this CPU of the inherited mask
    std::string scratch_folder{}; // the worker's cwd and TMPDIR; created and removed by the
                                  // Supervisor when empty
    std::optional<std::uint64_t> layout_seed{}; // size of the environment, stack and heap offsets;
                                                // drawn when absent
    std::string preload{}; // a library loaded before all others (LD_PRELOAD); empty = none, as
                           // ever when something is timed
    int pair_page_fd = -1; // memfd with a measure::PairPage, given to both workers of a pair
    bool counts = false;   // opens the kernel's counter of instructions before the plugin is loaded
    bool for_check = false; // for Worker::check alone: the plugin is loaded by the check
};

// How a process ended, from waitid: never a shell-style 128 + n.
struct Death {
    bool killed = false;   // by a signal
    int signal = 0;        // when killed
    int exit_code = 0;     // when it exited
    bool said_bye = false; // a proper end; anything else is a crash, exit(0) included
    bool killed_by_host = false;
    std::string phase;  // where the launch was, from DYING or the shared page
    std::string detail; // "SIGSEGV at 0x0 in run, slice 3", "probably out of memory (RSS 7.9 GB)"
    std::uint64_t peak_rss_bytes = 0; // wait4 rusage
    double user_cpu_s = 0, system_cpu_s = 0;
};

// One launch as the host sees it: the worker's record, or how it died instead.
struct LaunchOutcome {
    measure::LaunchRecord record; // status is final: crashed and timed_out included
    std::optional<Death> death;   // when the process ended with or during this launch
    std::string output;           // what the plugin printed (capped at 1 MiB; the rest is counted)
    std::uint64_t output_bytes_dropped = 0;
    std::string stack;             // symbols dumped by a dying or hanging worker
    measure::WithheldCpu withheld; // while it had its turn; filled in by who gave the turn
};

// Any end without BYE is a crash, also one between the record and the farewell: what was measured
// stays in the record, but the launch did not pass. Asked once `death` is known.
void blame_for_its_end(LaunchOutcome& outcome);

// Domain tokens and progress, offered by whoever drives the launch. Called on the lane's thread.
class LaunchTurns {
public:
    LaunchTurns() = default;
    LaunchTurns(const LaunchTurns&) = delete;
    LaunchTurns& operator=(const LaunchTurns&) = delete;
    virtual ~LaunchTurns() = default;
    virtual void acquire() = 0; // blocks until the domain tokens are held
    virtual void release() = 0;
    virtual void on_log(std::int32_t level, std::string_view text) = 0;
    virtual void on_phase(measure::LaunchPhase phase, std::uint32_t slice) = 0;

    // How long the launch has been kept waiting between its slices; the deadline is put off by it.
    [[nodiscard]] virtual std::chrono::nanoseconds waited() const { return {}; }
};

struct Deadline {
    std::chrono::milliseconds timeout{60'000};   // per launch, waiting for a turn excluded
    std::chrono::milliseconds grace{2'000};      // after cancel, before SIGQUIT
    std::chrono::milliseconds quit_grace{1'000}; // after SIGQUIT, before SIGKILL to the group
};

// A check's report, or how its worker ended without one.
struct CheckAnswer {
    measure::CheckOutcome outcome = measure::CheckOutcome::success;
    measure::CheckReport report;
    std::string reason; // for crashed, timed_out, and failed without findings
};

struct Hello {
    int pid = 0;
    std::string plugin_id, plugin_version;
    std::vector<std::pair<std::string, std::string>> provides; // kind, name
    json::object isolation; // what was achieved: {"pinned_cpu": 1, "no_new_privs": true, ...}, and
                            // by the host: "environment" (names and values), "layout_seed"
    double start_s = 0;     // spawn to HELLO
};

class Worker {
public:
    Worker() = default;
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    virtual ~Worker() = default; // kills and reaps what is still alive

    [[nodiscard]] virtual const Hello& hello() const = 0;
    // The description of one suite as JSON text; error kinds plugin, protocol, cancelled.
    virtual Result<measure::SuiteDescription> describe(const std::string& suite,
                                                       const std::string& config_json,
                                                       std::chrono::milliseconds timeout) = 0;
    virtual LaunchOutcome
    launch(const measure::LaunchRequest& request, LaunchTurns& turns, Deadline deadline) = 0;
    // Runs one check of `assay check` in a worker that was started for_check, which is of no use
    // afterwards. Kills it at the deadline.
    virtual CheckAnswer check(const measure::CheckRequest& request,
                              std::chrono::milliseconds timeout) = 0;
    // How sure the importer is that the file is its own, 0 to 100. Error kinds as of describe().
    virtual Result<std::int32_t> probe(const measure::ImportRequest& request,
                                       std::chrono::milliseconds timeout) = 0;
    // Gives each event of the file to `take`, in order; ends early where that fails. Errors: what
    // the importer says is wrong (plugin), besides those of describe().
    virtual Status import_file(const measure::ImportRequest& request,
                               const std::function<Status(measure::ImportedEvent&&)>& take,
                               std::chrono::milliseconds timeout) = 0;
    // Asks it to end, waits, reaps. Its rusage and manner of death.
    virtual Death quit() = 0;
    [[nodiscard]] virtual bool alive() const = 0;
    // Ends what it is doing as cancelled, and everything after it. From any thread.
    virtual void cancel() = 0;
};

// Starts workers from one long-lived thread: PR_SET_PDEATHSIG fires when the spawning *thread*
// ends.
class Supervisor {
public:
    explicit Supervisor(SupervisorOptions options);
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;
    ~Supervisor();

    // Spawns, waits for HELLO (10 s). The error says why the plugin was refused or how the worker
    // died.
    Result<std::unique_ptr<Worker>> start(const WorkerOptions& options);

    // Sets the cancel word of every living worker (Ctrl-C); launches end as cancelled, and start()
    // gives ErrorKind::cancelled from now on.
    void cancel_all();
    // Kills every living worker's process group at once (second Ctrl-C).
    void kill_all();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace assay::workers

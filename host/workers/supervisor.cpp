#include "support/file.hpp"
#include "workers/environment.hpp"
#include "workers/live_worker.hpp"
#include "workers/worker_arguments.hpp"

#include <condition_variable>
#include <csignal>
#include <deque>
#include <future>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

namespace assay::workers {

namespace {

// What stands before a worker makes it slower: a simulator starts it and writes its findings at its
// end.
constexpr int kPatienceBehindWrap = 6;

using Spawned = Result<std::shared_ptr<Process>>;

// A child that nobody waits for is reaped by the kernel when SIGCHLD is ignored, and then its
// manner of death is lost. Some parents (cron, old daemons) hand that setting down.
void make_children_waitable() {
    struct sigaction current {};

    if (::sigaction(SIGCHLD, nullptr, &current) == 0 &&
        (current.sa_handler == SIG_IGN || (current.sa_flags & SA_NOCLDWAIT) != 0)) {
        struct sigaction standard {};

        standard.sa_handler = SIG_DFL;
        ::sigaction(SIGCHLD, &standard, nullptr);
    }
}

json::object recorded(const Environment& environment, std::uint64_t seed) {
    json::object variables;
    for (const std::string& entry : environment.variables) {
        const std::size_t equals = entry.find('=');
        variables[entry.substr(0, equals)] = entry.substr(equals + 1);
    }
    variables.erase(kPaddingName);
    return {{"environment", std::move(variables)},
            {"environment_padding", environment.padding},
            {"layout_seed", std::to_string(seed)}};
}

} // namespace

// The thread that spawns, the queue before it, and the workers that are alive.
struct Supervisor::State {
    struct Job {
        SpawnRequest request;
        std::promise<Spawned> promise;
    };

    explicit State(SupervisorOptions given)
        : options(std::move(given))
        , random(std::random_device{}()) {}

    void spawn_for_ever();
    Spawned spawn_on_thread(SpawnRequest request);
    std::uint64_t draw_seed();
    void remember(const std::shared_ptr<Process>& process);
    template <class Do>
    void for_each_process(Do action);

    const SupervisorOptions options;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Job> jobs;
    std::vector<std::weak_ptr<Process>> processes;
    std::mt19937_64 random;
    bool stopping = false, cancelled = false;
    std::thread thread; // last: it uses all of the above
};

void Supervisor::State::spawn_for_ever() {
    std::unique_lock lock(mutex);
    while (true) {
        changed.wait(lock, [&] { return stopping || !jobs.empty(); });
        if (jobs.empty()) {
            return;
        }
        Job job = std::move(jobs.front());
        jobs.pop_front();
        lock.unlock();
        job.promise.set_value(spawn(job.request));
        lock.lock();
    }
}

Spawned Supervisor::State::spawn_on_thread(SpawnRequest request) {
    std::future<Spawned> spawned;
    {
        const std::lock_guard lock(mutex);
        Job job{std::move(request), {}};
        spawned = job.promise.get_future();
        jobs.push_back(std::move(job));
    }
    changed.notify_one();
    return spawned.get();
}

std::uint64_t Supervisor::State::draw_seed() {
    const std::lock_guard lock(mutex);
    return random();
}

// A worker that was spawned while cancel_all ran is cancelled here.
void Supervisor::State::remember(const std::shared_ptr<Process>& process) {
    const std::lock_guard lock(mutex);
    std::erase_if(processes, [](const auto& known) { return known.expired(); });
    processes.push_back(process);
    if (cancelled) {
        process->cancel();
    }
}

template <class Do>
void Supervisor::State::for_each_process(Do action) {
    const std::lock_guard lock(mutex);
    for (const auto& known : processes) {
        if (const auto process = known.lock()) {
            action(*process);
        }
    }
}

Supervisor::Supervisor(SupervisorOptions options)
    : state_(std::make_unique<State>(std::move(options))) {
    make_children_waitable();
    // Signals are for the host's main thread.
    sigset_t every, before;
    ::sigfillset(&every);
    ::pthread_sigmask(SIG_SETMASK, &every, &before);
    state_->thread = std::thread([state = state_.get()] { state->spawn_for_ever(); });
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Supervisor::~Supervisor() {
    // Workers that are still held somewhere would lose their parent thread: they end here, and
    // whoever holds them finds them dead.
    state_->for_each_process([](Process& process) { process.kill_group(); });
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_one();
    state_->thread.join();
}

Result<std::unique_ptr<Worker>> Supervisor::start(const WorkerOptions& options) {
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->cancelled) {
            return Error{ErrorKind::cancelled, options.plugin_path + ": cancelled", ""};
        }
    }
    Result<ScratchFolder> scratch = options.scratch_folder.empty()
                                        ? ScratchFolder::make()
                                        : ScratchFolder::borrow(options.scratch_folder);
    if (!scratch) {
        return scratch.error();
    }
    const SupervisorOptions& settings = state_->options;
    const std::uint64_t seed = options.layout_seed ? *options.layout_seed : state_->draw_seed();
    Environment environment = worker_environment(environ, scratch->path(), seed, options.preload);
    json::object record = recorded(environment, seed);
    Handshake handshake;
    handshake.path = options.plugin_path;
    handshake.plugin = options.plugin_id.empty()
                           ? options.plugin_path
                           : options.plugin_id + " (" + options.plugin_path + ")";
    const int patience = settings.wrap.empty() ? 1 : kPatienceBehindWrap;
    handshake.timeout = settings.hello_timeout * patience;
    handshake.spawned = std::chrono::steady_clock::now();
    Spawned process = state_->spawn_on_thread({worker_arguments(settings, options, seed),
                                               std::move(environment.variables),
                                               scratch->path(),
                                               options.pair_page_fd});
    if (!process) {
        return process.error();
    }
    state_->remember(*process);
    auto connection = std::make_unique<Connection>(std::move(*process));
    Result<Hello> hello = await_hello(*connection, handshake);
    if (!hello) {
        return hello.error();
    }
    for (auto& [key, value] : record) {
        hello->isolation[key] = std::move(value);
    }
    return std::unique_ptr<Worker>(std::make_unique<LiveWorker>(std::move(connection),
                                                                std::move(*scratch),
                                                                std::move(*hello),
                                                                !settings.wait_for_debugger,
                                                                patience));
}

void Supervisor::cancel_all() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->cancelled = true;
    }
    state_->for_each_process([](Process& process) { process.cancel(); });
}

void Supervisor::kill_all() {
    cancel_all();
    state_->for_each_process([](Process& process) { process.kill_group(); });
}

} // namespace assay::workers

// The Worker that stands for a real process. Made by the Supervisor once HELLO has come.
#pragma once

#include "workers/connection.hpp"
#include "workers/scratch_folder.hpp"
#include "workers/worker.hpp"

namespace assay::workers {

struct Handshake {
    std::string path;                     // of the plugin
    std::string plugin;                   // path and expected id, for messages
    std::chrono::milliseconds timeout{0}; // until HELLO
    TimePoint spawned;                    // when posix_spawn was called
};

// Waits for HELLO. The error says why the plugin was refused or how the worker died.
Result<Hello> await_hello(Connection& connection, const Handshake& handshake);

class LiveWorker final : public Worker {
public:
    LiveWorker(std::unique_ptr<Connection> connection,
               ScratchFolder scratch,
               Hello hello,
               bool has_deadlines,
               int patience = 1); // times as long as usual for its end
    ~LiveWorker() override;

    [[nodiscard]] const Hello& hello() const override { return hello_; }

    Result<measure::SuiteDescription> describe(const std::string& suite,
                                               const std::string& config_json,
                                               std::chrono::milliseconds timeout) override;
    LaunchOutcome
    launch(const measure::LaunchRequest& request, LaunchTurns& turns, Deadline deadline) override;
    CheckAnswer check(const measure::CheckRequest& request,
                      std::chrono::milliseconds timeout) override;
    Result<std::int32_t> probe(const measure::ImportRequest& request,
                               std::chrono::milliseconds timeout) override;
    Status import_file(const measure::ImportRequest& request,
                       const std::function<Status(measure::ImportedEvent&&)>& take,
                       std::chrono::milliseconds timeout) override;
    Death quit() override;
    [[nodiscard]] bool alive() const override;

    void cancel() override { connection_->process().cancel(); }

private:
    // One PROBE or IMPORT: frames go to `on_frame` until that says true. `what`: for messages.
    Status converse(const std::string& what,
                    std::chrono::milliseconds timeout,
                    const std::function<Result<bool>(const Frame&)>& on_frame);

    // What has been printed since nobody took it, and how it ended, as one sentence.
    std::string how_it_ended();

    // The process is declared after its folder: it must be gone before the folder is.
    ScratchFolder scratch_;
    std::unique_ptr<Connection> connection_;
    Hello hello_;
    bool has_deadlines_;
    int patience_;
};

} // namespace assay::workers

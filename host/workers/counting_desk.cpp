#include "workers/counting_desk.hpp"

#include "measure/instruction_counter.hpp"
#include "support/file.hpp"
#include "workers/callgrind.hpp"
#include "workers/scratch_folder.hpp"
#include "workers/untimed_turns.hpp"

#include <csignal>

namespace assay::workers {

namespace {

using measure::CaseStatus;

// Size of the environment, heap and stack offsets: the same for all, so that where memory lies does
// not show in a count.
constexpr std::uint64_t kLayoutSeed = 1;

CountAnswer nothing(std::string reason) {
    return {.instructions = {}, .reason = std::move(reason)};
}

} // namespace

std::string_view name_of(CountingMeans means) noexcept {
    switch (means) {
    case CountingMeans::none:
        return "none";
    case CountingMeans::perf_event:
        return "perf_event";
    case CountingMeans::callgrind:
        return "callgrind";
    }
    return "unknown";
}

CountingDesk::CountingDesk(SupervisorOptions options) {
    options.wrap.clear();
    options.pin = false;
    if (const auto counter = measure::open_instruction_counter()) {
        means_ = CountingMeans::perf_event;
    } else {
        reason_ = counter.error().message;
        const Result<std::string> valgrind = valgrind_program();
        if (!valgrind) {
            reason_ += "; " + valgrind.error().message;
            return;
        }
        means_ = CountingMeans::callgrind;
        options.wrap = callgrind_command(*valgrind);
    }
    supervisor_ = std::make_unique<Supervisor>(std::move(options));
}

CountingDesk::~CountingDesk() = default;

CountAnswer CountingDesk::count(const std::string& plugin_path,
                                const std::string& plugin_id,
                                const measure::LaunchRequest& request,
                                Deadline deadline) {
    if (means_ == CountingMeans::none) {
        return nothing(reason_);
    }
    // Borrowed by the worker: what callgrind writes at its end is read after it.
    const Result<ScratchFolder> folder = ScratchFolder::make();
    if (!folder) {
        return nothing(folder.error().message);
    }
    WorkerOptions options;
    options.plugin_path = plugin_path;
    options.plugin_id = plugin_id;
    options.scratch_folder = folder->path();
    options.layout_seed = kLayoutSeed;
    options.counts = means_ == CountingMeans::perf_event;
    auto worker = supervisor_->start(options);
    if (!worker) {
        return nothing(worker.error().message);
    }
    if (means_ == CountingMeans::callgrind) {
        deadline.timeout *= kCallgrindSlowness;
    }
    UntimedTurns turns;
    LaunchOutcome outcome = (*worker)->launch(request, turns, deadline);
    const int pid = (*worker)->hello().pid;
    outcome.death = (*worker)->quit();
    blame_for_its_end(outcome);
    return judge(outcome, folder->path(), pid);
}

CountAnswer
CountingDesk::judge(const LaunchOutcome& outcome, const std::string& folder, int pid) const {
    const measure::LaunchRecord& record = outcome.record;
    if (record.status == CaseStatus::crashed && means_ == CountingMeans::callgrind &&
        outcome.death && outcome.death->killed && outcome.death->signal == SIGILL) {
        return nothing("callgrind: SIGILL: valgrind does not know an instruction of this code, "
                       "such as one of AVX-512");
    }
    if (record.status != CaseStatus::passed) {
        return nothing("the counting launch " + std::string(measure::name_of(record.status)) +
                       (record.reason.empty() ? "" : ": " + record.reason));
    }
    if (!record.count || record.count->iterations == 0) {
        return nothing("the counting launch ran no iteration");
    }
    const auto iterations = static_cast<double>(record.count->iterations);
    if (means_ == CountingMeans::perf_event) {
        return record.count->instructions
                   ? CountAnswer{.instructions =
                                     static_cast<double>(*record.count->instructions) / iterations,
                                 .reason = {}}
                   : nothing("perf_event: the counter was shared with somebody and has gaps");
    }
    const Result<std::string> text = read_file(folder + "/" + callgrind_file(pid));
    if (!text) {
        return nothing("callgrind: " + text.error().message);
    }
    const Result<std::uint64_t> total = instructions_in(*text);
    return total
               ? CountAnswer{.instructions = static_cast<double>(*total) / iterations, .reason = {}}
               : nothing(total.error().message);
}

void CountingDesk::cancel_all() {
    if (supervisor_) {
        supervisor_->cancel_all();
    }
}

void CountingDesk::kill_all() {
    if (supervisor_) {
        supervisor_->kill_all();
    }
}

} // namespace assay::workers

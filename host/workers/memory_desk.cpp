#include "workers/memory_desk.hpp"

#include "workers/untimed_turns.hpp"

#include <algorithm>
#include <unistd.h>

namespace assay::workers {

namespace {

// Size of the environment, heap and stack offsets: the same for all, so that where memory lies does
// not show in a figure that is to repeat exactly.
constexpr std::uint64_t kLayoutSeed = 1;

MemoryAnswer nothing(std::string reason) {
    MemoryAnswer answer;
    answer.reason = std::move(reason);
    return answer;
}

std::string fault_of(const std::string& counter) {
    if (counter.find_first_of(" :") != std::string::npos) {
        return counter +
               " cannot be preloaded: LD_PRELOAD ends a name at a blank or colon; install "
               "assay into a folder without them";
    }
    if (::access(counter.c_str(), R_OK) != 0) {
        return "the counter of allocations, " + counter +
               ", is not there: builds with a sanitizer have none, else install assay again";
    }
    return {};
}

MemoryAnswer judge(LaunchOutcome&& outcome) {
    measure::LaunchRecord& record = outcome.record;
    if (record.status == measure::CaseStatus::unavailable && !record.reason.empty()) {
        return nothing(record.reason);
    }
    if (record.status != measure::CaseStatus::passed) {
        return nothing("the memory launch " + std::string(measure::name_of(record.status)) +
                       (record.reason.empty() ? "" : ": " + record.reason));
    }
    if (record.memory.empty() ||
        std::ranges::count(record.memory, 0u, &measure::MemoryBatch::iterations) > 0) {
        return nothing("the memory launch ran no iteration");
    }
    MemoryAnswer answer;
    answer.batches = std::move(record.memory);
    answer.notes = std::move(record.notes);
    answer.peak_rss_bytes = outcome.death ? outcome.death->peak_rss_bytes : 0;
    return answer;
}

} // namespace

MemoryDesk::MemoryDesk(SupervisorOptions options, std::string counter)
    : counter_(std::move(counter))
    , reason_(fault_of(counter_)) {
    if (reason_.empty()) {
        options.wrap.clear();
        options.pin = false;
        supervisor_ = std::make_unique<Supervisor>(std::move(options));
    }
}

MemoryDesk::~MemoryDesk() = default;

MemoryAnswer MemoryDesk::measure(const std::string& plugin_path,
                                 const std::string& plugin_id,
                                 const measure::LaunchRequest& request,
                                 Deadline deadline) {
    if (!reason_.empty()) {
        return nothing(reason_);
    }
    WorkerOptions options;
    options.plugin_path = plugin_path;
    options.plugin_id = plugin_id;
    options.layout_seed = kLayoutSeed;
    options.preload = counter_;
    auto worker = supervisor_->start(options);
    if (!worker) {
        return nothing(worker.error().message);
    }
    UntimedTurns turns;
    LaunchOutcome outcome = (*worker)->launch(request, turns, deadline);
    outcome.death = (*worker)->quit();
    blame_for_its_end(outcome);
    return judge(std::move(outcome));
}

void MemoryDesk::cancel_all() {
    if (supervisor_) {
        supervisor_->cancel_all();
    }
}

void MemoryDesk::kill_all() {
    if (supervisor_) {
        supervisor_->kill_all();
    }
}

} // namespace assay::workers

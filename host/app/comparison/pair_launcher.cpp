#include "app/comparison/pair_launcher.hpp"

#include "catalog/folders.hpp"
#include "catalog/private_folder.hpp"
#include "lanes/processor_supply.hpp"
#include "support/text.hpp"

#include <system_error>
#include <unistd.h>

namespace assay::app {
namespace {

// CPUs are drawn from a stream of their own, roles and orders from another of the same seed.
constexpr std::uint64_t kCpuStream = 0x14057B7EF767814F;

namespace fs = std::filesystem;

// Comparisons measure one pair at a time: there is nobody to wait for.
class FreeTurns final : public workers::LaunchTurns {
public:
    FreeTurns(const WorkerPairLauncher::OnLog& on_log, const std::string& case_id)
        : on_log_(on_log)
        , case_id_(case_id) {}

    void acquire() override {}

    void release() override {}

    void on_log(std::int32_t level, std::string_view text) override {
        on_log_(case_id_, level, text);
    }

    void on_phase(measure::LaunchPhase, std::uint32_t) override {}

private:
    const WorkerPairLauncher::OnLog& on_log_;
    const std::string& case_id_;
};

workers::PairSide
side_of(const SessionSuite& suite, std::string path, measure::LaunchRequest request) {
    workers::PairSide side;
    side.worker.plugin_path = std::move(path);
    side.worker.plugin_id = suite.plugin_id;
    side.request = std::move(request);
    return side;
}

// Both sides say why when a side could not even be prepared.
PairAnswer refused(const Error& error) {
    PairAnswer answer;
    answer.new_side.record.status = measure::CaseStatus::failed;
    answer.new_side.record.reason = error.message;
    answer.old_side.record = answer.new_side.record;
    return answer;
}

} // namespace

WorkerPairLauncher::WorkerPairLauncher(workers::Supervisor& supervisor,
                                       bool pin,
                                       std::uint64_t seed,
                                       OnLog on_log)
    : supervisor_(supervisor)
    , cpus_(pin ? lanes::allowed_cpus() : std::vector<int>{})
    , random_(seed ^ kCpuStream)
    , on_log_(std::move(on_log)) {}

WorkerPairLauncher::~WorkerPairLauncher() {
    for (const fs::path& folder : folders_) {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
}

// The whole unit of the store, libraries beside the plugin included, under a path of equal length:
// even that can move a stack.
Result<std::string> WorkerPairLauncher::own_copy(const SessionSuite& suite) {
    if (const auto known = copies_.find(suite.plugin_path); known != copies_.end()) {
        return known->second;
    }
    const fs::path stored = suite.plugin_path;
    const fs::path unit = stored.parent_path();
    const fs::path root = catalog::cache_folder() / "twins";
    if (const Status made = catalog::make_private_folder(root); !made) {
        return made.error();
    }
    std::string name = unit.filename().string();
    const std::string mark = std::to_string(::getpid()) + "-" + std::to_string(folders_.size());
    name.replace(0, std::min(mark.size(), name.size()), mark);
    const fs::path copy = root / name;
    std::error_code failed;
    fs::remove_all(copy, failed);
    fs::copy(unit, copy, fs::copy_options::recursive, failed);
    if (failed) {
        return Error{.kind = ErrorKind::io,
                     .message = copy.string() + ": cannot copy the build: " + failed.message(),
                     .hint = "a comparison needs room for a second copy of each plugin there"};
    }
    folders_.push_back(copy);
    return copies_[suite.plugin_path] = (copy / stored.filename()).string();
}

// Both sides alike. The lanes of one case want CPUs of their own: not the workers are pinned there,
// their lanes are.
void WorkerPairLauncher::pin(workers::PairRequest& request, std::size_t first) const {
    for (workers::PairSide& side : request.sides) {
        if (side.request.lanes > 1) {
            side.request.lane_cpus = lanes::cpus_of_lanes(cpus_, side.request.lanes, first);
        } else {
            side.worker.cpu = cpus_[first];
        }
    }
}

PairAnswer WorkerPairLauncher::run(const PairWish& wish) {
    std::string new_path = wish.new_suite.plugin_path;
    if (new_path == wish.old_suite.plugin_path) {
        Result<std::string> copy = own_copy(wish.new_suite);
        if (!copy) {
            return refused(copy.error());
        }
        new_path = *std::move(copy);
    }
    workers::PairRequest request;
    const std::uint32_t new_seat = wish.new_is_worker_1 ? 1 : 0;
    request.sides[new_seat] = side_of(wish.new_suite, std::move(new_path), wish.new_request);
    request.sides[1 - new_seat] =
        side_of(wish.old_suite, wish.old_suite.plugin_path, wish.old_request);
    request.first = wish.new_goes_first ? new_seat : 1 - new_seat;
    if (!cpus_.empty()) {
        pin(request, random_() % cpus_.size());
    }
    FreeTurns turns(on_log_, wish.new_request.case_id);
    workers::PairOutcome outcome = workers::run_pair(supervisor_, request, turns, wish.deadline);
    PairAnswer answer;
    answer.new_side = std::move(outcome.sides[new_seat]);
    answer.old_side = std::move(outcome.sides[1 - new_seat]);
    answer.seconds = outcome.seconds;
    answer.steal_ticks = outcome.steal_ticks;
    return answer;
}

} // namespace assay::app

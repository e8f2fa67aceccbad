#include "real_comparison.hpp"

#include "workers/worker.hpp"

#include <cstdlib>
#include <stdexcept>

namespace soundness {
namespace {

using namespace assay;

namespace fs = std::filesystem;

// The workers themselves know nothing of the fault: it is the positive control's chain, put on
// whoever sits on seat 0.
class FaultyPairs final : public app::PairLauncher {
public:
    FaultyPairs(app::PairLauncher& pairs, double slow_worker_0)
        : pairs_(pairs)
        , slow_worker_0_(slow_worker_0) {}

    app::PairAnswer run(const app::PairWish& wish) override {
        app::PairWish faulty = wish;
        (wish.new_is_worker_1 ? faulty.old_request : faulty.new_request).handicap = slow_worker_0_;
        return pairs_.run(faulty);
    }

private:
    app::PairLauncher& pairs_;
    double slow_worker_0_;
};

workers::SupervisorOptions supervisor_options() {
    workers::SupervisorOptions options;
    options.worker_program = SOUNDNESS_WORKER;
    return options;
}

app::Side side_of(const fs::path& plugin) {
    workers::Supervisor supervisor(supervisor_options());
    auto worker = supervisor.start({.plugin_path = plugin.string()});
    if (!worker) {
        throw std::runtime_error(worker.error().message);
    }
    auto description = (*worker)->describe("soundness", "{}", std::chrono::seconds(10));
    if (!description) {
        throw std::runtime_error(description.error().message);
    }
    (*worker)->quit();
    auto plan = plan::make_plan({{.plugin = 0, .description = *description}}, {});
    if (!plan) {
        throw std::runtime_error(plan.error().message);
    }
    app::Side side;
    side.name = plugin.string();
    app::SessionSuite suite;
    suite.plugin_id = "org.assay.soundness";
    suite.plugin_path = plugin.string();
    suite.description = *std::move(description);
    side.suites.push_back(std::move(suite));
    side.cases = std::move(plan->cases);
    return side;
}

} // namespace

RealComparison::RealComparison(const fs::path& old_plugin, const fs::path& new_plugin) {
    std::string pattern = (fs::temp_directory_path() / "assay-soundness-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("cannot make a folder in " + fs::temp_directory_path().string());
    }
    folder_ = pattern;
    // Paths of equal length: even that can move a stack.
    fs::create_directories(folder_ / "old");
    fs::create_directories(folder_ / "new");
    fs::copy_file(old_plugin, folder_ / "old" / "chain.assay.so");
    fs::copy_file(new_plugin, folder_ / "new" / "chain.assay.so");
    old_side_ = side_of(folder_ / "old" / "chain.assay.so");
    new_side_ = side_of(folder_ / "new" / "chain.assay.so");
}

RealComparison::~RealComparison() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

app::ComparedCase RealComparison::run(const Trial& trial) const {
    app::ComparisonOptions options;
    options.session.lanes = 1;
    options.session.order_seed = trial.seed;
    options.budget = trial.budget;
    options.controls = false;
    options.random_roles = trial.random_roles;
    workers::Supervisor supervisor(supervisor_options());
    app::WorkerLauncher launcher(supervisor, app::Isolation::launch, true, 1);
    app::WorkerPairLauncher pairs(
        supervisor, true, trial.seed, [](const std::string&, std::int32_t, std::string_view) {});
    FaultyPairs faulty(pairs, trial.slow_worker_0);
    app::Progress progress({.terminal = false, .quiet = true, .columns = 80});
    app::ComparisonSession session(
        app::match(old_side_, new_side_), options, launcher, faulty, progress);
    app::ComparisonOutcome outcome = session.run([] { return false; });
    app::ComparedCase compared = std::move(outcome.cases.at(0));
    if (compared.matched.fate != app::CaseFate::compared) {
        throw std::runtime_error("the case was not compared: " + compared.reason);
    }
    return compared;
}

} // namespace soundness

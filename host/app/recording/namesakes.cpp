#include "app/recording/namesakes.hpp"

#include "history/repositories.hpp"

namespace assay::app {

void warn_of_namesakes(const Messages& say, history::Store& store, const history::Run& run) {
    constexpr std::size_t kLookedThrough = 100; // the newest: who has renamed one is left alone
    if (run.project.empty()) {
        return;
    }
    const auto others = store.run_facts({.project = run.project, .limit = kLookedThrough});
    if (!others) {
        return; // the run is recorded, and this no reason to say otherwise
    }
    if (const auto other = history::other_repository(run, *others)) {
        say.warning("another repository's runs are called '" + run.project + "' too in " +
                        store.where() + ": " + *other +
                        ". Their figures, baselines and alerts are taken for those of one project",
                    "\"project\": \"NAME\" in .assay/assay.json of one of them tells its runs from "
                    "then on apart");
    }
}

} // namespace assay::app

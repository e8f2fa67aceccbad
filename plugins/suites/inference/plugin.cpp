// The plugin: the families of the suite, each declared in a file of its own. README.md explains
// every axis and metric.
#include "agent_step_case.hpp"
#include "agents_case.hpp"
#include "bp_case.hpp"
#include "efe_case.hpp"
#include "fpi_case.hpp"
#include "learning_case.hpp"
#include "mmp_case.hpp"
#include "model_axis.hpp"
#include "model_settings.hpp"
#include "sophisticated_case.hpp"
#include "vmp_case.hpp"

#include <assay/suite.hpp>

ASSAY_SUITE("org.assay.inference",
            "inference",
            "1.0.0",
            R"("license":"Apache-2.0","description":"What discrete active inference costs")") {
    namespace inference = assay::inference;
    s.config_schema(inference::settings_schema()).config<inference::ModelSettings>();
    // Families whose sizes, or whose model, the settings may give.
    s.configured([](assay::suite& families, const assay::document& config) {
        const inference::ModelAxis models(config);
        inference::add_fpi(families, models);
        inference::add_mmp(families, models);
        inference::add_vmp(families, models);
        inference::add_bp(families, config);
        inference::add_efe(families, models);
        inference::add_agent_step(families, models);
        inference::add_agents(families, models);
        inference::add_learning(families, models);
        inference::add_sophisticated(families, models);
    });
}

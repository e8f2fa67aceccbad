#include "module_list.hpp"

#include "alert_module.hpp"
#include "cache_module.hpp"
#include "net_module.hpp"
#include "policy_module.hpp"
#include "token_module.hpp"

namespace assay::coordination_suite {
namespace {

constexpr std::size_t kNetPlace = 0, kPolicyPlace = 3;

} // namespace

std::vector<std::unique_ptr<coordination::Module>> make_modules(const ModuleSetup& setup) {
    std::vector<std::unique_ptr<coordination::Module>> modules;
    modules.push_back(std::make_unique<NetModule>(setup.period,
                                                  setup.seed,
                                                  setup.is_reference ? kuramoto::Way::naive_n2
                                                                     : kuramoto::Way::fast));
    modules.push_back(std::make_unique<TokenModule>(
        setup.seed, setup.is_reference ? TokenWay::naive : TokenWay::fast));
    modules.push_back(std::make_unique<CacheModule>(
        setup.seed, setup.is_reference ? LookupWay::every_vector : LookupWay::store));
    modules.push_back(std::make_unique<PolicyModule>(
        kNetPlace, setup.is_reference ? DecisionWay::naive : DecisionWay::indexed));
    modules.push_back(
        std::make_unique<AlertModule>(AlertSources{.net = kNetPlace, .policy = kPolicyPlace}));
    return modules;
}

} // namespace assay::coordination_suite

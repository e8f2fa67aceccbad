#include "plan/plan.hpp"

#include "plan/expansion.hpp"
#include "plan/filter.hpp"
#include "plan/order.hpp"
#include "plan/shard.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace assay::plan {
namespace {

constexpr std::array<std::string_view, 3> kModes{"quick", "standard", "comprehensive"};

Status check_suites(const std::vector<PlannedSuite>& suites, const Selection& selection) {
    std::vector<std::string> names;
    names.reserve(suites.size());
    for (const PlannedSuite& suite : suites) {
        names.push_back(suite.description.name);
    }
    for (const std::string& wanted : selection.suites) {
        if (std::find(names.begin(), names.end(), wanted) == names.end()) {
            return Error{ErrorKind::usage,
                         "there is no suite '" + wanted + "'" + did_you_mean(wanted, names),
                         "run 'assay list' to see the suites"};
        }
    }
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) {
        return Error{ErrorKind::usage,
                     "two plugins provide the suite '" + *twice + "'",
                     "take one of them out of the plugin folders"};
    }
    return {};
}

// One override per name: `--param n=1 --param n=2` gives two values.
std::vector<ParameterOverride> merged(const std::vector<ParameterOverride>& params) {
    std::vector<ParameterOverride> merged;
    for (const ParameterOverride& param : params) {
        const auto same = std::find_if(merged.begin(), merged.end(), [&](const auto& earlier) {
            return earlier.name == param.name;
        });
        if (same == merged.end()) {
            merged.push_back(param);
        } else {
            same->values.insert(same->values.end(), param.values.begin(), param.values.end());
        }
    }
    return merged;
}

Status check_params(const std::vector<PlannedSuite>& suites, const Selection& selection) {
    std::set<std::string> axes;
    for (const PlannedSuite& suite : suites) {
        const auto& wanted = selection.suites;
        if (wanted.empty() ||
            std::find(wanted.begin(), wanted.end(), suite.description.name) != wanted.end()) {
            for (const measure::FamilyDescription& family : suite.description.families) {
                for (const measure::AxisDescription& axis : family.axes) {
                    axes.insert(axis.name);
                }
            }
        }
    }
    const std::vector<std::string> names(axes.begin(), axes.end());
    for (const ParameterOverride& param : selection.params) {
        if (!axes.contains(param.name)) {
            return Error{ErrorKind::usage,
                         "--param " + param.name + ": no selected suite has an axis of that name" +
                             did_you_mean(param.name, names),
                         "--param changes the values of an axis, it cannot add one"};
        }
        if (param.values.empty()) {
            return Error{ErrorKind::usage,
                         "--param " + param.name + " names no value",
                         "write --param " + param.name + "=VALUE[,VALUE...]"};
        }
    }
    return {};
}

bool matches_any(const Filter& filter, const Universe& universe) {
    const auto& cases = universe.cases();
    return std::any_of(cases.begin(), cases.end(), [&](const PlannedCase& planned) {
        return filter.matches(planned, universe);
    });
}

// A filter that matches nothing here may name what the mode leaves out; then the hint says so.
Error matched_nothing(const Filter& filter,
                      const Universe& universe,
                      const std::vector<PlannedSuite>& suites,
                      const Selection& selection) {
    const std::string none = "filter '" + filter.text() + "' matches none of " +
                             std::to_string(universe.cases().size()) + " cases";
    Selection all = selection;
    all.mode = Mode::comprehensive;
    if (const auto expansion = expand(suites, all)) {
        const Universe larger(suites, expansion->cases);
        const auto again = Filter::make(filter.text(), larger);
        if (again && matches_any(*again, larger)) {
            return Error{ErrorKind::usage,
                         none + ": mode " + std::string(name_of(selection.mode)) + " leaves it out",
                         "use --mode comprehensive, or give the axis its value with --param"};
        }
    }
    return Error{ErrorKind::usage,
                 none + universe.suggestion(filter.pattern()),
                 "run 'assay list --cases' to see the ids"};
}

Result<std::vector<Filter>> read_filters(const Universe& universe,
                                         const std::vector<PlannedSuite>& suites,
                                         const Selection& selection) {
    std::vector<Filter> filters;
    for (const std::string& text : selection.filters) {
        auto filter = Filter::make(text, universe);
        if (!filter) {
            return filter.error();
        }
        if (!matches_any(*filter, universe)) {
            return matched_nothing(*filter, universe, suites, selection);
        }
        filters.push_back(*std::move(filter));
    }
    return filters;
}

struct Chosen {
    std::vector<std::size_t> cases; // indexes
    std::size_t matched = 0;
};

Chosen choose(const std::vector<Filter>& filters, const Universe& universe) {
    const auto hit = [&](const PlannedCase& planned, bool excluding) {
        return std::any_of(filters.begin(), filters.end(), [&](const Filter& filter) {
            return filter.excludes() == excluding && filter.matches(planned, universe);
        });
    };
    const bool everything = std::all_of(
        filters.begin(), filters.end(), [](const Filter& filter) { return filter.excludes(); });
    Chosen chosen;
    for (std::size_t i = 0; i < universe.cases().size(); ++i) {
        const PlannedCase& planned = universe.cases()[i];
        if (everything || hit(planned, false)) {
            ++chosen.matched;
            if (!hit(planned, true)) {
                chosen.cases.push_back(i);
            }
        }
    }
    return chosen;
}

// `--param` that does not fit a family is an error only if somebody wants to measure it.
const Misfit* wanted_misfit(const Expansion& expansion, const Chosen& chosen) {
    for (const Misfit& misfit : expansion.misfits) {
        for (const std::size_t index : chosen.cases) {
            const PlannedCase& planned = expansion.cases[index];
            if (planned.suite == misfit.suite && planned.family == misfit.family) {
                return &misfit;
            }
        }
    }
    return nullptr;
}

Plan assemble(Expansion expansion, const Chosen& chosen, const Selection& selection) {
    Plan plan;
    plan.expanded = expansion.cases.size();
    plan.matched = chosen.matched;
    plan.selected = chosen.cases.size();
    for (const std::size_t index : chosen.cases) {
        if (!selection.shard || in_shard(expansion.cases[index].id, *selection.shard)) {
            plan.cases.push_back(std::move(expansion.cases[index]));
        }
    }
    if (!selection.declared_order) {
        put_in_order(plan.cases, selection.order_seed);
    }
    return plan;
}

} // namespace

std::string_view name_of(Mode mode) noexcept {
    return kModes[static_cast<std::size_t>(mode)];
}

std::optional<Mode> mode_from(std::string_view name) noexcept {
    const auto found = std::find(kModes.begin(), kModes.end(), name);
    if (found == kModes.end()) {
        return std::nullopt;
    }
    return static_cast<Mode>(found - kModes.begin());
}

Result<Plan> make_plan(const std::vector<PlannedSuite>& suites, const Selection& asked) {
    Selection selection = asked;
    selection.params = merged(asked.params);
    if (auto status = check_suites(suites, selection); !status) {
        return status.error();
    }
    if (auto status = check_params(suites, selection); !status) {
        return status.error();
    }
    if (selection.shard) {
        if (auto status = check_shard(*selection.shard); !status) {
            return status.error();
        }
    }
    auto expansion = expand(suites, selection);
    if (!expansion) {
        return expansion.error();
    }
    const Universe universe(suites, expansion->cases);
    const auto filters = read_filters(universe, suites, selection);
    if (!filters) {
        return filters.error();
    }
    const Chosen chosen = choose(*filters, universe);
    if (const Misfit* misfit = wanted_misfit(*expansion, chosen)) {
        return misfit->error;
    }
    return assemble(*std::move(expansion), chosen, selection);
}

} // namespace assay::plan

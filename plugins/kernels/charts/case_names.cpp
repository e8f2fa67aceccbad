#include "charts/case_names.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace assay::charts {
namespace {

struct Parameter {
    std::string_view name, value;
};

struct CaseId {
    std::string_view suite, family;
    std::vector<Parameter> parameters;
    std::string_view behind; // ", result" of a layer
};

std::vector<Parameter> parameters_of(std::string_view text) {
    std::vector<Parameter> parameters;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view one = text.substr(0, comma);
        const std::size_t equal = std::min(one.find('='), one.size());
        parameters.push_back({one.substr(0, equal), one.substr(std::min(equal + 1, one.size()))});
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parameters;
}

CaseId case_id_of(std::string_view id) {
    CaseId parts;
    const std::size_t open = std::min(id.find('['), id.size());
    const std::size_t close = id.rfind(']');
    const std::string_view front = id.substr(0, open);
    const std::size_t slash = front.find('/');
    parts.suite = slash == std::string_view::npos ? "" : front.substr(0, slash);
    parts.family = slash == std::string_view::npos ? front : front.substr(slash + 1);
    if (open < id.size() && close != std::string_view::npos && close > open) {
        parts.parameters = parameters_of(id.substr(open + 1, close - open - 1));
        parts.behind = id.substr(close + 1);
    }
    return parts;
}

using Shared = std::map<std::string_view, std::string_view>;

// Parameters with one value in all cases that have them.
Shared shared_parameters(const std::vector<CaseId>& cases) {
    Shared shared;
    std::set<std::string_view> differing;
    for (const CaseId& one : cases) {
        for (const Parameter& parameter : one.parameters) {
            const auto [known, is_new] = shared.try_emplace(parameter.name, parameter.value);
            if (!is_new && known->second != parameter.value) {
                differing.insert(parameter.name);
            }
        }
    }
    for (const std::string_view name : differing) {
        shared.erase(name);
    }
    return shared;
}

// For each family those of its own cases: what sets it apart from others is its name.
std::map<std::string, Shared> shared_in_families(const std::vector<CaseId>& cases) {
    std::map<std::string, std::vector<CaseId>> families;
    for (const CaseId& one : cases) {
        families[std::string(one.suite) + "/" + std::string(one.family)].push_back(one);
    }
    std::map<std::string, Shared> shared;
    for (const auto& [family, members] : families) {
        shared[family] = shared_parameters(members);
    }
    return shared;
}

std::string short_name(const CaseId& of, bool with_suite, const Shared& shared) {
    std::string parameters;
    for (const Parameter& parameter : of.parameters) {
        if (!shared.contains(parameter.name)) {
            parameters += (parameters.empty() ? "" : ",") + std::string(parameter.name) + "=" +
                          std::string(parameter.value);
        }
    }
    std::string name = with_suite ? std::string(of.suite) + "/" : std::string{};
    name += of.family;
    name += parameters.empty() ? "" : "[" + parameters + "]";
    return name + std::string(of.behind);
}

} // namespace

CaseNames case_names(std::span<const std::string> ids) {
    CaseNames unchanged{{ids.begin(), ids.end()}, {}};
    if (ids.size() < 2) {
        return unchanged;
    }
    std::vector<CaseId> cases;
    std::transform(ids.begin(), ids.end(), std::back_inserter(cases), [](const std::string& id) {
        return case_id_of(id);
    });
    const bool one_suite = std::all_of(cases.begin(), cases.end(), [&](const CaseId& one) {
        return !one.suite.empty() && one.suite == cases.front().suite;
    });
    const auto in_families = shared_in_families(cases);
    CaseNames result;
    for (const CaseId& one : cases) {
        const std::string family = std::string(one.suite) + "/" + std::string(one.family);
        result.names.push_back(
            short_name(one, !one_suite && !one.suite.empty(), in_families.at(family)));
    }
    const std::set<std::string> before(ids.begin(), ids.end());
    const std::set<std::string> after(result.names.begin(), result.names.end());
    if (before.size() != after.size()) {
        return unchanged;
    }
    result.shared = one_suite ? std::string(cases.front().suite) : "";
    for (const auto& [name, value] : shared_parameters(cases)) {
        result.shared +=
            (result.shared.empty() ? "" : ", ") + std::string(name) + "=" + std::string(value);
    }
    return result;
}

} // namespace assay::charts

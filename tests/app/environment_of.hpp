// An environment made of given variables, for tests.
#pragma once

#include "app/environment.hpp"

#include <map>
#include <string>

namespace assay::app {

inline Environment environment_of(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() || found->second.empty()
                   ? std::optional<std::string>{}
                   : std::optional<std::string>(found->second);
    };
}

} // namespace assay::app

// The process environment as a function, so that tests can give another one.
//
//   const Environment environment = process_environment();
//   if (auto mode = environment("BENCHMARK_MODE")) ...
//
// Nothing in the host changes the environment after start-up: callable from any thread.
#pragma once

#include <cstdlib>
#include <functional>
#include <optional>
#include <string>

namespace assay {

// The value of a variable; nothing when it is unset. Empty counts as unset, as with NO_COLOR.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

inline Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* const value = std::getenv(name.c_str());
        if (value == nullptr || *value == '\0') {
            return std::nullopt;
        }
        return std::string(value);
    };
}

} // namespace assay

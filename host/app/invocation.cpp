#include "app/command_table.hpp"
#include "app/value_text.hpp"

#include <string>

namespace assay::app {

bool Invocation::has(std::string_view option) const {
    const std::string name(option);
    return options.contains(name) || environment.contains(name);
}

std::optional<std::string> Invocation::value(std::string_view option) const {
    const std::string name(option);
    if (const auto given = options.find(name); given != options.end() && !given->second.empty()) {
        return given->second.back();
    }
    if (const auto set = environment.find(name); set != environment.end()) {
        return set->second;
    }
    return std::nullopt;
}

std::vector<std::string> Invocation::values(std::string_view option) const {
    const std::string name(option);
    if (const auto given = options.find(name); given != options.end()) {
        return given->second;
    }
    if (const auto set = environment.find(name); set != environment.end()) {
        return {set->second};
    }
    return {};
}

std::optional<std::uint64_t> Invocation::count(std::string_view option) const {
    const std::optional<std::string> text = value(option);
    return text ? count_from(*text) : std::nullopt;
}

std::optional<std::chrono::milliseconds> Invocation::duration(std::string_view option) const {
    const std::optional<std::string> text = value(option);
    return text ? duration_from(*text) : std::nullopt;
}

} // namespace assay::app

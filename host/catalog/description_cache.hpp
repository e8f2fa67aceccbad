// Suite descriptions by content: a plugin that was described once with a configuration need not be
// loaded again to be listed or planned. $XDG_CACHE_HOME/assay/describe/<store key>-<config
// hash>.json.
//
// Damaged or unreadable entries are as good as absent; writing is atomic and best effort.
#pragma once

#include "measure/description.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace assay::catalog {

class DescriptionCache {
public:
    explicit DescriptionCache(std::filesystem::path folder)
        : folder_(std::move(folder)) {}

    [[nodiscard]] std::optional<measure::SuiteDescription>
    find(const std::string& content_key,
         const std::string& suite,
         const std::string& config_json) const;
    void keep(const std::string& content_key,
              const std::string& suite,
              const std::string& config_json,
              const measure::SuiteDescription& description) const;

private:
    std::filesystem::path folder_;
};

} // namespace assay::catalog

// Points the XDG folders of this process into a folder of the test's own, and back.
#pragma once

#include "temporary_folder.hpp"

#include <cstdlib>
#include <map>
#include <optional>
#include <string>

namespace assay::app {

class PrivateFolders {
public:
    PrivateFolders() {
        for (const char* const name : {"XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"}) {
            const char* const value = std::getenv(name);
            before_[name] = value ? std::optional<std::string>(value) : std::nullopt;
            ::setenv(name, (folder_.path() / name).c_str(), 1);
        }
    }

    PrivateFolders(const PrivateFolders&) = delete;
    PrivateFolders& operator=(const PrivateFolders&) = delete;

    ~PrivateFolders() {
        for (const auto& [name, value] : before_) {
            if (value) {
                ::setenv(name.c_str(), value->c_str(), 1);
            } else {
                ::unsetenv(name.c_str());
            }
        }
    }

private:
    test::TemporaryFolder folder_;
    std::map<std::string, std::optional<std::string>> before_;
};

} // namespace assay::app

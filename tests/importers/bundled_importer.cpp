#include "bundled_importer.hpp"

#include "measure/host_services.hpp"
#include "support/plugin_library.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string_view>

namespace assay::test {
namespace {

const std::string kPluginFolder = std::string(ASSAY_BUILD_DIR) + "/lib/assay/plugins";
constexpr std::string_view kPrefix = "import_", kSuffix = ".assay.so";

const assay_importer_v1* load_importer(const std::string& name) {
    const std::string path =
        kPluginFolder + "/" + std::string(kPrefix) + name + std::string(kSuffix);
    const auto plugin = load_plugin(path, measure::host_services(), measure::library_failure());
    if (!plugin) {
        throw std::runtime_error(plugin.error().message);
    }
    const auto* const importer =
        static_cast<const assay_importer_v1*>(find_provided(**plugin, ASSAY_KIND_IMPORTER, name));
    if (importer == nullptr) {
        throw std::runtime_error(path + " provides no importer " + name);
    }
    return importer;
}

} // namespace

const assay_importer_v1& bundled_importer(const std::string& name) {
    static std::map<std::string, const assay_importer_v1*> known;
    const auto [at, is_new] = known.try_emplace(name, nullptr);
    if (is_new) {
        at->second = load_importer(name);
    }
    return *at->second;
}

std::vector<std::string> importer_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kPluginFolder)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(kPrefix) && name.ends_with(kSuffix)) {
            names.push_back(
                name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size()));
        }
    }
    std::ranges::sort(names);
    return names;
}

} // namespace assay::test

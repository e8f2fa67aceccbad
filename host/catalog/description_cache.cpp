#include "catalog/description_cache.hpp"

#include "support/file.hpp"
#include "support/json.hpp"
#include "support/sha256.hpp"

namespace assay::catalog {
namespace {

constexpr std::string_view kDescriptionSchema = "assay.description/1";

// The same configuration written in another way is the same configuration.
std::string canonical(const std::string& config_json) {
    const auto config = parse_json(config_json);
    return config ? canonical_json(*config) : config_json;
}

// Keys come from us; anything else must not become a path.
bool is_key(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::filesystem::path file_for(const std::filesystem::path& folder,
                               const std::string& content_key,
                               const std::string& suite,
                               const std::string& config) {
    return folder / (content_key + "-" + sha256_of(suite + "\n" + config) + ".json");
}

} // namespace

std::optional<measure::SuiteDescription>
DescriptionCache::find(const std::string& content_key,
                       const std::string& suite,
                       const std::string& config_json) const {
    if (!is_key(content_key)) {
        return std::nullopt;
    }
    const std::string config = canonical(config_json);
    const auto document = read_json_file(file_for(folder_, content_key, suite, config).string());
    if (!document || !document->is_object()) {
        return std::nullopt;
    }
    const json::object& object = document->get_object();
    const json::value* description = object.if_contains("description");
    if (description == nullptr || json_string(object, "schema") != kDescriptionSchema ||
        json_string(object, "key") != content_key || json_string(object, "suite") != suite ||
        json_string(object, "config") != config) {
        return std::nullopt;
    }
    auto found = measure::suite_description_from_json(*description);
    return found ? std::optional(std::move(*found)) : std::nullopt;
}

void DescriptionCache::keep(const std::string& content_key,
                            const std::string& suite,
                            const std::string& config_json,
                            const measure::SuiteDescription& description) const {
    if (!is_key(content_key)) {
        return;
    }
    const std::string config = canonical(config_json);
    const json::object document{{"schema", kDescriptionSchema},
                                {"key", content_key},
                                {"suite", suite},
                                {"config", config},
                                {"description", measure::to_json(description)}};
    // Best effort: without it the plugin is described again.
    (void)write_file_atomically(file_for(folder_, content_key, suite, config).string(),
                                write_json(document));
}

} // namespace assay::catalog

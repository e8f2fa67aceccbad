#include "reading.hpp"

#include "bundled_importer.hpp"
#include "measure/host_services.hpp"
#include "support/file.hpp"
#include "support/plugin_library.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

namespace assay::test {
namespace {

namespace fs = std::filesystem;

const fs::path kSamples = fs::path(ASSAY_SOURCE_DIR) / "../shared/data/imports";

assay_status on_event(void* self, const assay_event* event) noexcept {
    Reading& reading = *static_cast<Reading*>(self);
    const auto taken = measure::imported_event(*event);
    if (!taken) {
        reading.broken = taken.error().message;
        return ASSAY_E_STATE;
    }
    if (*taken) {
        reading.events.push_back(**taken);
    }
    return ASSAY_OK;
}

template <class Kind>
std::vector<Kind> of_kind(const std::vector<measure::ImportedEvent>& events) {
    std::vector<Kind> found;
    for (const measure::ImportedEvent& event : events) {
        if (const auto* one = std::get_if<Kind>(&event)) {
            found.push_back(*one);
        }
    }
    return found;
}

} // namespace

std::vector<measure::ImportedRun> Reading::runs() const {
    return of_kind<measure::ImportedRun>(events);
}

std::vector<measure::ImportedCase> Reading::cases() const {
    return of_kind<measure::ImportedCase>(events);
}

std::string Reading::partial() const {
    const auto ends = of_kind<measure::ImportedEnd>(events);
    return ends.empty() ? "" : ends.back().partial;
}

std::string Reading::lines() const {
    std::string all = std::to_string(status) + " " + text + "\n";
    for (const measure::ImportedEvent& event : events) {
        all += write_json(measure::to_json(event)) + "\n";
    }
    return all;
}

measure::ImportedMetric Reading::metric(const std::string& name, const std::string& key) const {
    for (const measure::ImportedCase& row : cases()) {
        const auto found = std::ranges::find(row.metrics, key, &measure::ImportedMetric::key);
        if (row.name == name && found != row.metrics.end()) {
            return *found;
        }
    }
    FAIL("there is no metric '" << key << "' of a case '" << name << "'");
    return {};
}

std::vector<double> Reading::samples(const std::string& name, const std::string& key) const {
    std::vector<double> all;
    for (const measure::ImportedCase& row : cases()) {
        for (const measure::ImportedMetric& metric : row.metrics) {
            if (row.name == name && metric.key == key) {
                all.insert(all.end(), metric.samples.begin(), metric.samples.end());
            }
        }
    }
    return all;
}

std::int32_t
probe_with(const std::string& importer, const std::string& name, const std::string& bytes) {
    return bundled_importer(importer).probe(
        abi_str(name),
        abi_str(std::string_view(bytes).substr(0, measure::kProbedBytes)),
        bytes.size());
}

Reading read_with(const std::string& importer, const std::string& name, const std::string& bytes) {
    Reading reading;
    measure::ServiceDesk desk(nullptr, nullptr);
    assay_emit emit{};
    emit.struct_size = sizeof emit;
    emit.self = &reading;
    emit.event = on_event;
    reading.status = bundled_importer(importer).parse(&measure::host_services(),
                                                      desk.scope(),
                                                      abi_str("{}"),
                                                      abi_str(name),
                                                      abi_str(bytes),
                                                      &emit);
    reading.text = desk.take_failure();
    return reading;
}

std::optional<std::string> sample(const std::string& relative) {
    if (!fs::exists(kSamples)) {
        MESSAGE("skipped: there are no samples at " << kSamples.string());
        return std::nullopt;
    }
    const auto bytes = read_file((kSamples / relative).string());
    REQUIRE_MESSAGE(bytes.ok(), bytes.error().message);
    return *bytes;
}

std::vector<std::string> all_samples() {
    std::vector<std::string> names;
    if (!fs::exists(kSamples)) {
        MESSAGE("skipped: there are no samples at " << kSamples.string());
        return names;
    }
    for (const auto& entry : fs::recursive_directory_iterator(kSamples)) {
        if (entry.is_regular_file()) {
            names.push_back(entry.path().lexically_relative(kSamples).generic_string());
        }
    }
    std::ranges::sort(names);
    return names;
}

} // namespace assay::test

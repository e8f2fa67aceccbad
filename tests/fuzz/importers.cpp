#include "bundled_importer.hpp"
#include "measure/host_services.hpp"
#include "measure/importing.hpp"
#include "property.hpp"
#include "support/plugin_library.hpp"
#include "targets.hpp"

#include <string>
#include <vector>

namespace assay::fuzz {
namespace {

struct Emitted {
    bool sound = true;
};

assay_status take(void* self, const assay_event* event) noexcept {
    const auto taken = measure::imported_event(*event);
    if (!taken) {
        static_cast<Emitted*>(self)->sound = false;
        return ASSAY_E_STATE;
    }
    return ASSAY_OK;
}

// A folder is handed over as a tar image, under a name that ends like one.
std::string_view name_of(std::string_view bytes) {
    constexpr std::size_t kMagic = 257;
    return bytes.size() > kMagic && bytes.substr(kMagic).starts_with("ustar") ? "x/" : "x";
}

void read_with(const assay_importer_v1& importer, std::string_view bytes) {
    const assay_str name = abi_str(name_of(bytes));
    const std::int32_t sure =
        importer.probe(name, abi_str(bytes.substr(0, measure::kProbedBytes)), bytes.size());
    require(sure >= 0 && sure <= 100, "a probe answers 0 to 100");
    Emitted emitted;
    measure::ServiceDesk desk(nullptr, nullptr);
    assay_emit emit{};
    emit.struct_size = sizeof emit;
    emit.self = &emitted;
    emit.event = take;
    const assay_status status = importer.parse(
        &measure::host_services(), desk.scope(), abi_str("{}"), name, abi_str(bytes), &emit);
    require(emitted.sound, "every event of an importer is as agreed");
    require(status >= 0 || !desk.take_failure().empty(), "a refusal says why");
}

} // namespace

void importers(std::string_view bytes) {
    static const std::vector<std::string> names = test::importer_names();
    require(names.size() > 20, "the bundled importers are there");
    for (const std::string& name : names) {
        read_with(test::bundled_importer(name), bytes);
    }
}

} // namespace assay::fuzz

#include "catalog/elf.hpp"
#include "catalog/manifest.hpp"
#include "property.hpp"
#include "targets.hpp"

namespace assay::fuzz {

void elf_manifest(std::string_view bytes) {
    using namespace catalog;
    const auto image = ElfImage::from_bytes(bytes);
    if (!image) {
        require(!image.error().message.empty(), "a refusal says why");
        return;
    }
    for (const ElfSection& section : image->sections()) {
        require(section.name.size() <= 255, "names of sections are bounded");
    }
    if (const auto text = manifest_text(*image)) {
        require(text->size() <= kManifestBytesMax, "a manifest has at most 64 KiB");
        if (const auto manifest = parse_manifest(*text)) {
            require(!manifest->id.empty() && !manifest->provides.empty(),
                    "an accepted manifest names what it provides");
            (void)version_conflict(*manifest);
        }
    }
    (void)image->dynamic();
    (void)image->exported_symbols();
    (void)image->version_needs();
    (void)image->build_id();
    (void)image->executable_stack();
    (void)image->has_debug_info();
}

} // namespace assay::fuzz

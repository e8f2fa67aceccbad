// Writes small ELF files byte by byte, so that tests can ask for any of them, hostile ones too.
//
//   ElfSpec spec{.manifests = {manifest_json("org.example.a")}};
//   write(path, build_elf(spec));
#pragma once

#include <cstdint>
#include <elf.h>
#include <string>
#include <string_view>
#include <vector>

namespace assay::test {

struct ElfSpec {
    std::vector<std::string> manifests = {}; // one section .assay.manifest each
    std::vector<std::string> needed = {};
    std::string runpath = {}, rpath = {}, soname = {}; // empty = absent
    std::string ballast = {};                          // other content, other hash
    std::uint32_t manifest_type = SHT_PROGBITS;
    bool executable_stack = false;
    bool text_relocations = false;
};

std::string build_elf(const ElfSpec& spec);

// {"assay":1,"id":ID,"version":"1.0.0","provides":[{"kind":"assay.suite/1","name":NAME}]}
std::string manifest_json(std::string_view id, std::string_view name = "demo");

// A library with that manifest and nothing else.
std::string plugin_bytes(std::string_view id, std::string_view name = "demo");

// The ELF header, for patching.
inline Elf64_Ehdr& header_of(std::string& elf) {
    return *reinterpret_cast<Elf64_Ehdr*>(elf.data());
}

// Section header number `index`, for patching. 0 = none, 1.. = the manifests.
inline Elf64_Shdr& section_of(std::string& elf, std::size_t index) {
    return reinterpret_cast<Elf64_Shdr*>(elf.data() + header_of(elf).e_shoff)[index];
}

} // namespace assay::test

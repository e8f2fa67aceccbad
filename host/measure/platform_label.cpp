#include "measure/platform_label.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::measure {
namespace {

constexpr std::size_t kLabelBytesMax = 100;
constexpr const char* kLabelVariable = "PERFORMANCE_PLATFORM";

// Models of one family that are one generation to their maker.
struct Generation {
    std::string_view vendor, family;
    std::int64_t model_first, model_last;
    std::string_view name;
};

constexpr std::string_view kAmd = "AuthenticAMD";
constexpr std::string_view kIntel = "GenuineIntel";

constexpr std::array kGenerations{
    Generation{kAmd, "23", 0x01, 0x01, "epyc-7xx1"},
    Generation{kAmd, "23", 0x31, 0x31, "epyc-7xx2"},
    Generation{kAmd, "23", 0x71, 0x71, "ryzen-3000"},
    Generation{kAmd, "25", 0x00, 0x01, "epyc-7xx3"},
    Generation{kAmd, "25", 0x10, 0x1F, "epyc-9xx4"},
    Generation{kAmd, "25", 0x20, 0x2F, "ryzen-5000"},
    Generation{kAmd, "25", 0x40, 0x4F, "ryzen-6000"},
    Generation{kAmd, "25", 0x50, 0x5F, "ryzen-5000g"},
    Generation{kAmd, "25", 0x60, 0x6F, "ryzen-7000"},
    Generation{kAmd, "25", 0x70, 0x7F, "ryzen-7040"},
    Generation{kAmd, "25", 0xA0, 0xAF, "epyc-9xx4c"},
    Generation{kAmd, "26", 0x00, 0x0F, "epyc-9xx5"},
    Generation{kAmd, "26", 0x10, 0x1F, "epyc-9xx5c"},
    Generation{kAmd, "26", 0x40, 0x4F, "ryzen-9000"},
    Generation{kIntel, "6", 0x3F, 0x3F, "xeon-haswell"},
    Generation{kIntel, "6", 0x4F, 0x4F, "xeon-broadwell"},
    Generation{kIntel, "6", 0x55, 0x55, "xeon-scalable"}, // first and second, told by stepping
    Generation{kIntel, "6", 0x6A, 0x6C, "xeon-icelake"},
    Generation{kIntel, "6", 0x8F, 0x8F, "xeon-sapphirerapids"},
    Generation{kIntel, "6", 0xCF, 0xCF, "xeon-emeraldrapids"},
    Generation{kIntel, "6", 0xAD, 0xAE, "xeon-graniterapids"},
    Generation{kIntel, "6", 0x5E, 0x5E, "core-skylake"},
    Generation{kIntel, "6", 0x8E, 0x8E, "core-kabylake"},
    Generation{kIntel, "6", 0x9E, 0x9E, "core-coffeelake"},
    Generation{kIntel, "6", 0xA5, 0xA6, "core-cometlake"},
    Generation{kIntel, "6", 0x8C, 0x8D, "core-tigerlake"},
    Generation{kIntel, "6", 0x97, 0x9A, "core-alderlake"},
    Generation{kIntel, "6", 0xB7, 0xBF, "core-raptorlake"},
    Generation{kIntel, "6", 0xAA, 0xAC, "core-meteorlake"},
};

struct ArmPart {
    std::string_view vendor, part, name;
};

constexpr std::array kArmParts{
    ArmPart{"0x41", "0xd03", "cortex-a53"},
    ArmPart{"0x41", "0xd08", "cortex-a72"},
    ArmPart{"0x41", "0xd0b", "cortex-a76"},
    ArmPart{"0x41", "0xd0c", "neoverse-n1"},
    ArmPart{"0x41", "0xd40", "neoverse-v1"},
    ArmPart{"0x41", "0xd49", "neoverse-n2"},
    ArmPart{"0x41", "0xd4f", "neoverse-v2"},
    ArmPart{"0xc0", "0xac3", "ampere-1"},
    ArmPart{"0xc0", "0xac4", "ampere-1a"},
};

// Letters, digits and what joins them: a label may become a file's name.
std::string plain(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        const auto letter = static_cast<unsigned char>(c);
        if (std::isalnum(letter) != 0 || c == '-' || c == '.') {
            kept += static_cast<char>(std::tolower(letter));
        } else if (c == ' ' && !kept.empty() && kept.back() != '-') {
            kept += '-';
        }
    }
    return kept;
}

std::string vendor_name(std::string_view vendor) {
    if (vendor == kAmd) {
        return "amd";
    }
    if (vendor == kIntel) {
        return "intel";
    }
    if (vendor.starts_with("0x")) {
        return vendor == "0x41" ? "arm" : vendor == "0x61" ? "apple" : "arm-" + plain(vendor);
    }
    return plain(vendor);
}

std::string cpus_text(const json::object& identity) {
    const std::int64_t cores = json_int(identity, "cores", 1);
    const double threads = json_double(identity, "threads_per_core", 1);
    const double cpus = static_cast<double>(cores) * threads;
    const std::int64_t quota = json_int(identity, "cpu_quota", 0);
    if (quota > 0 && static_cast<double>(quota) < cpus) {
        return std::to_string(quota) + "c";
    }
    const std::string cores_text = std::to_string(cores) + "c";
    return threads > 1 ? cores_text + shortest(cpus) + "t" : cores_text;
}

// "2xh200": the maker's own name is not needed to know one.
std::string gpus_text(const json::array& gpus) {
    std::string model;
    for (const json::value& gpu : gpus) {
        std::string name = plain(json_string(gpu.as_object(), "model", "gpu"));
        for (const std::string_view maker : {"nvidia-", "amd-", "geforce-", "tesla-"}) {
            if (name.starts_with(maker)) {
                name.erase(0, maker.size());
            }
        }
        if (!model.empty() && model != name) {
            return std::to_string(gpus.size()) + "xgpu"; // of several kinds
        }
        model = name;
    }
    return (gpus.size() > 1 ? std::to_string(gpus.size()) + "x" : "") + model;
}

} // namespace

std::string processor_name(const json::object& identity) {
    const json::value* found = identity.if_contains("cpu");
    const json::object cpu =
        found != nullptr && found->is_object() ? found->get_object() : json::object{};
    const std::string vendor = json_string(cpu, "vendor");
    const std::string family = json_string(cpu, "family");
    const std::string model = json_string(cpu, "model");
    for (const ArmPart& part : kArmParts) {
        if (part.vendor == vendor && part.part == model) {
            return std::string(part.name);
        }
    }
    const auto number = to_int64(model);
    for (const Generation& one : kGenerations) {
        if (one.vendor == vendor && one.family == family && number && *number >= one.model_first &&
            *number <= one.model_last) {
            return std::string(one.name);
        }
    }
    std::string name = vendor_name(vendor);
    // Of an Arm processor the family is the instruction set, and says nothing more.
    for (const std::string& part : {vendor.starts_with("0x") ? "" : family, model}) {
        name += part.empty() ? "" : (name.empty() ? "" : "-") + plain(part);
    }
    return name.empty() ? plain(json_string(identity, "arch", "unknown")) : name;
}

std::string label_of(const json::object& identity) {
    std::string label = processor_name(identity) + "_" + cpus_text(identity);
    if (const std::int64_t memory = json_int(identity, "memory_gib", 0); memory > 0) {
        label += "_" + std::to_string(memory) + "GiB";
    }
    if (const json::value* gpus = identity.if_contains("gpus");
        gpus != nullptr && gpus->is_array() && !gpus->get_array().empty()) {
        label += "_" + gpus_text(gpus->get_array());
    }
    for (const char* const field : {"virtualisation", "container", "ci"}) {
        const std::string kind = plain(json_string(identity, field, "none"));
        label += kind == "none" || kind.empty() ? "" : "_" + kind;
    }
    return label;
}

std::string platform_label(const Environment& environment, const json::object& identity) {
    const auto given = environment(kLabelVariable);
    return given && check_label(*given) ? *given : label_of(identity);
}

Status check_label(std::string_view label) {
    const bool printable = std::ranges::none_of(
        label, [](char c) { return std::iscntrl(static_cast<unsigned char>(c)) != 0; });
    if (!label.empty() && label.size() <= kLabelBytesMax && is_utf8(label) && printable) {
        return {};
    }
    return Error{ErrorKind::usage,
                 std::string(kLabelVariable) + ": " + std::to_string(label.size()) +
                     " bytes will not do, expected a label of 1 to " +
                     std::to_string(kLabelBytesMax) + " printable bytes",
                 "unset it: the label is then made from the machine"};
}

} // namespace assay::measure

#include "catalog/manifest.hpp"

#include "catalog/elf.hpp"
#include "support/json.hpp"

#include <assay/plugin.h>

#include <algorithm>
#include <limits>

namespace assay::catalog {
namespace {

constexpr std::size_t kIdBytesMax = 128;
constexpr std::size_t kNameBytesMax = 64;
constexpr std::size_t kTextBytesMax = 4096;
constexpr std::size_t kProvidedMax = 256;

Error bad(const std::string& what) {
    return Error{ErrorKind::plugin, "manifest: " + what, {}};
}

bool consists_of(std::string_view text, std::string_view extra, bool capitals) {
    return std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               (capitals && c >= 'A' && c <= 'Z') || extra.find(c) != std::string_view::npos;
    });
}

// Reverse DNS: at least two parts, none empty.
bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= kIdBytesMax && consists_of(text, "._-", true) &&
           text.find('.') != std::string_view::npos && text.front() != '.' && text.back() != '.' &&
           text.find("..") == std::string_view::npos;
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= kNameBytesMax && consists_of(text, "_", false);
}

// "assay.suite/1"
bool is_kind(std::string_view text) {
    const auto slash = text.find('/');
    return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() &&
           text.size() <= kNameBytesMax && consists_of(text.substr(0, slash), "._-", false) &&
           text.find_first_not_of("0123456789", slash + 1) == std::string_view::npos;
}

// These texts reach terminals before anybody trusts the plugin: no escape sequences, no new lines.
bool is_plain(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool c1 =
            byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (byte < 0x20 || byte == 0x7F || c1) {
            return false;
        }
    }
    return text.size() <= kTextBytesMax;
}

class Reader {
public:
    explicit Reader(const json::object& object)
        : object_(object) {}

    // A text of the manifest, "" where an optional one is absent.
    std::string text(std::string_view key, bool required) {
        const json::value* value = object_.if_contains(key);
        if (value == nullptr) {
            if (required) {
                fail("the key '" + std::string(key) + "' is missing (expected a text)");
            }
            return {};
        }
        if (!value->is_string() || !is_plain(value->get_string())) {
            fail("the key '" + std::string(key) + "' is not a text of at most " +
                 std::to_string(kTextBytesMax) + " bytes without control characters");
            return {};
        }
        return std::string(std::string_view(value->get_string()));
    }

    std::uint32_t count(std::string_view key, bool required, std::int64_t least) {
        const json::value* value = object_.if_contains(key);
        if (value == nullptr && !required) {
            return 0;
        }
        if (value == nullptr) {
            fail("the key '" + std::string(key) + "' is missing (expected an integer from " +
                 std::to_string(least) + ")");
            return 0;
        }
        if (!value->is_int64() || value->get_int64() < least ||
            value->get_int64() > std::numeric_limits<std::int32_t>::max()) {
            fail("the key '" + std::string(key) + "' is " + write_json(*value).substr(0, 40) +
                 ", expected an integer from " + std::to_string(least));
            return 0;
        }
        return static_cast<std::uint32_t>(value->get_int64());
    }

    void fail(std::string what) {
        if (problem_.empty()) {
            problem_ = std::move(what);
        }
    }

    [[nodiscard]] const std::string& problem() const noexcept { return problem_; }

private:
    const json::object& object_;
    std::string problem_;
};

Result<std::vector<Provided>> read_provided(const json::object& object) {
    const json::value* list = object.if_contains("provides");
    if (list == nullptr) {
        return bad("the key 'provides' is missing (expected a list of {kind, name})");
    }
    if (!list->is_array() || list->get_array().empty() || list->get_array().size() > kProvidedMax) {
        return bad("the key 'provides' is not a list of 1 to " + std::to_string(kProvidedMax) +
                   " elements");
    }
    std::vector<Provided> provides;
    for (const json::value& element : list->get_array()) {
        const std::string place = "provides[" + std::to_string(provides.size()) + "]";
        if (!element.is_object()) {
            return bad(place + " is not an object {kind, name}");
        }
        Provided provided{json_string(element.get_object(), "kind"),
                          json_string(element.get_object(), "name")};
        if (!is_kind(provided.kind)) {
            return bad(place + ".kind is not a kind like assay.suite/1");
        }
        if (!is_name(provided.name)) {
            return bad(place + ".name is not a name of [a-z0-9_]+ with at most " +
                       std::to_string(kNameBytesMax) + " characters");
        }
        const bool twice = std::ranges::any_of(provides, [&](const Provided& other) {
            return other.kind == provided.kind && other.name == provided.name;
        });
        if (twice) {
            return bad("provides " + provided.kind + " '" + provided.name + "' twice");
        }
        provides.push_back(std::move(provided));
    }
    return provides;
}

} // namespace

Result<Manifest> parse_manifest(std::string_view json_text) {
    if (json_text.size() > kManifestBytesMax) {
        return bad("has " + std::to_string(json_text.size()) + " bytes, more than the limit of " +
                   std::to_string(kManifestBytesMax));
    }
    const auto document = parse_json(json_text, {DuplicateKeys::reject, kManifestBytesMax});
    if (!document) {
        return bad(document.error().message);
    }
    if (!document->is_object()) {
        return bad("is not a JSON object");
    }
    Reader reader(document->get_object());
    Manifest manifest;
    manifest.abi_major = reader.count("assay", true, 1);
    manifest.abi_minor = reader.count("abi_minor", false, 0);
    manifest.min_host_minor = reader.count("min_host_minor", false, 0);
    manifest.id = reader.text("id", true);
    manifest.version = reader.text("version", true);
    manifest.description = reader.text("description", false);
    manifest.license = reader.text("license", false);
    manifest.homepage = reader.text("homepage", false);
    if (const json::value* optimised = document->get_object().if_contains("optimized");
        optimised != nullptr && optimised->is_bool()) {
        manifest.optimised = optimised->get_bool();
    }
    if (reader.problem().empty() && !is_id(manifest.id)) {
        reader.fail("the id '" + manifest.id + "' is not a reverse DNS name like org.example.demo");
    }
    if (reader.problem().empty() && manifest.version.empty()) {
        reader.fail("the version is empty");
    }
    if (!reader.problem().empty()) {
        return bad(reader.problem());
    }
    auto provides = read_provided(document->get_object());
    if (!provides) {
        return provides.error();
    }
    manifest.provides = std::move(*provides);
    return manifest;
}

Result<std::string> manifest_text(const ElfImage& image) {
    auto text = image.section_once(".assay.manifest", kManifestBytesMax);
    if (!text) {
        return text.error();
    }
    while (!text->empty() && text->back() == '\0') { // the literal's end, and padding
        text->pop_back();
    }
    return text;
}

std::string version_conflict(const Manifest& manifest) {
    const std::string host =
        std::to_string(ASSAY_ABI_MAJOR) + "." + std::to_string(ASSAY_ABI_MINOR);
    if (manifest.abi_major != ASSAY_ABI_MAJOR) {
        return "built for ABI " + std::to_string(manifest.abi_major) + "." +
               std::to_string(manifest.abi_minor) + ", this host speaks " + host +
               ": rebuild it against this SDK, or update assay";
    }
    if (manifest.min_host_minor > ASSAY_ABI_MINOR) {
        return "needs a host of ABI " + std::to_string(manifest.abi_major) + "." +
               std::to_string(manifest.min_host_minor) +
               " or newer (min_host_minor), this host speaks " + host + ": update assay";
    }
    return {};
}

Result<std::string> read_manifest_text(const std::string& path) {
    const auto image = ElfImage::open(path);
    if (!image) {
        return image.error().kind == ErrorKind::io
                   ? image.error()
                   : Error{image.error().kind, path + " " + image.error().message, {}};
    }
    auto text = manifest_text(*image);
    if (!text) {
        return Error{text.error().kind,
                     path + " " + text.error().message,
                     "a plugin carries its manifest with ASSAY_MANIFEST (assay/plugin.h)"};
    }
    return text;
}

Result<Manifest> read_manifest(const std::string& path) {
    const auto text = read_manifest_text(path);
    if (!text) {
        return text.error();
    }
    auto manifest = parse_manifest(*text);
    if (!manifest) {
        return Error{manifest.error().kind, path + ": " + manifest.error().message, {}};
    }
    return manifest;
}

} // namespace assay::catalog

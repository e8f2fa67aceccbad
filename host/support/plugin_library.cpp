#include "support/plugin_library.hpp"

#include <boost/dll/shared_library.hpp>

#include <cstring>
#include <mutex>
#include <vector>

namespace assay {
namespace {

// Nothing that crosses the boundary is larger; a bigger figure is a lie or another layout.
constexpr std::uint32_t kStructBytesMax = 4096;
// A real library provides a handful; more means that n_provided is not what was meant.
constexpr std::uint32_t kProvidedMax = 256;
constexpr std::uint64_t kNameBytesMax = 256;

// Handles are kept for the life of the process: unloading is a silent no-op with unique symbols and
// a crash with threads of the plugin still running. Never destroyed, so that no exit handler closes
// them either.
struct Handles {
    std::mutex mutex;
    std::vector<boost::dll::shared_library> libraries;
};

Handles& handles() {
    static auto* const all = new Handles; // reachable until the end, on purpose
    return *all;
}

Error refused(const std::string& path, const std::string& why, std::string hint = {}) {
    return Error{ErrorKind::plugin, "cannot load " + path + ": " + why, std::move(hint)};
}

const std::string kRebuild = "rebuild the plugin against this host's assay/plugin.h";

// A name that the plugin gives: present, short, and with bytes behind the pointer.
bool plausible(assay_str text) noexcept {
    return text.data != nullptr && text.len > 0 && text.len <= kNameBytesMax;
}

Status check_provided(const std::string& path, const assay_plugin& plugin) {
    for (std::uint32_t i = 0; i < plugin.n_provided; ++i) {
        const assay_provided& entry = plugin.provided[i];
        const std::string field = "assay_plugin.provided[" + std::to_string(i) + "]";
        if (!plausible(entry.kind) || !plausible(entry.name)) {
            return refused(path,
                           field + (plausible(entry.kind) ? ".name" : ".kind") +
                               " is empty or longer than 256 bytes");
        }
        if (entry.iface == nullptr) {
            return refused(path, field + ".iface is NULL, expected the interface of its kind");
        }
        std::uint32_t size = 0; // every interface begins with its struct_size
        std::memcpy(&size, entry.iface, sizeof size);
        const bool suite = view(entry.kind) == ASSAY_KIND_SUITE;
        const bool reporter = view(entry.kind) == ASSAY_KIND_REPORTER;
        const bool importer = view(entry.kind) == ASSAY_KIND_IMPORTER;
        const std::size_t least = suite      ? sizeof(assay_suite_v1)
                                  : reporter ? sizeof(assay_reporter_v1)
                                  : importer ? sizeof(assay_importer_v1)
                                             : sizeof(std::uint32_t);
        const bool known = suite || reporter || importer; // unknown kinds are listed, left alone
        if (known && (size < least || size > kStructBytesMax)) {
            return refused(path,
                           field + ".iface->struct_size is " + std::to_string(size) +
                               ", expected " + std::to_string(least) + " or a little more",
                           kRebuild);
        }
    }
    return {};
}

Status check_plugin(const std::string& path, const assay_plugin& plugin) {
    if (plugin.struct_size < sizeof(assay_plugin) || plugin.struct_size > kStructBytesMax) {
        return refused(path,
                       "assay_plugin.struct_size is " + std::to_string(plugin.struct_size) +
                           ", expected " + std::to_string(sizeof(assay_plugin)) +
                           " or a little more",
                       kRebuild);
    }
    if (plugin.min_host_minor > ASSAY_ABI_MINOR) {
        return refused(path,
                       "assay_plugin.min_host_minor asks for ABI " +
                           std::to_string(ASSAY_ABI_MAJOR) + "." +
                           std::to_string(plugin.min_host_minor) + ", this host speaks " +
                           std::to_string(ASSAY_ABI_MAJOR) + "." + std::to_string(ASSAY_ABI_MINOR),
                       "update assay, or build the plugin for an older host");
    }
    if (!plausible(plugin.id) || !plausible(plugin.version)) {
        return refused(path,
                       std::string("assay_plugin.") + (plausible(plugin.id) ? "version" : "id") +
                           " is empty or longer than 256 bytes");
    }
    if (plugin.n_provided > kProvidedMax) {
        return refused(path,
                       "assay_plugin.n_provided is " + std::to_string(plugin.n_provided) +
                           ", expected at most " + std::to_string(kProvidedMax));
    }
    if (plugin.n_provided > 0 && plugin.provided == nullptr) {
        return refused(path, "assay_plugin.provided is NULL although n_provided is not 0");
    }
    return check_provided(path, plugin);
}

Error no_entry(const std::string& path) {
    return refused(path,
                   std::string("it has no symbol ") + ASSAY_ENTRY_SYMBOL +
                       ", so it is no plugin of an ABI this host speaks (major " +
                       std::to_string(ASSAY_ABI_MAJOR) + ")",
                   "export the entry function, or update assay if the plugin is newer");
}

using Entry = const assay_plugin*(const assay_host*);

struct EntryPoint {
    Entry* call = nullptr;
};

Result<EntryPoint> open_entry(const std::string& path) {
    using boost::dll::load_mode::rtld_local;
    using boost::dll::load_mode::rtld_now;
    try {
        boost::dll::shared_library library;
        // The overload with error_code says "Bad file descriptor" for every reason alike.
        library.load(std::filesystem::path(path), rtld_now | rtld_local);
        EntryPoint entry;
        if (library.has(ASSAY_ENTRY_SYMBOL)) {
            entry.call = std::addressof(library.get<Entry>(ASSAY_ENTRY_SYMBOL));
        }
        const std::lock_guard lock(handles().mutex);
        handles().libraries.push_back(std::move(library));
        if (entry.call == nullptr) {
            return no_entry(path);
        }
        return entry;
    } catch (const std::exception& error) {
        return refused(path, error.what(), "run 'ldd' on it to see what is missing");
    }
}

} // namespace

Result<const assay_plugin*>
load_plugin(const std::string& path, const assay_host& host, const std::string& refusal) {
    const Result<EntryPoint> entry = open_entry(path);
    if (!entry) {
        return entry.error();
    }
    const assay_plugin* plugin = entry->call(&host);
    if (plugin == nullptr) {
        return refused(path,
                       refusal.empty() ? "its entry function returned NULL without saying why"
                                       : "it refused: " + refusal);
    }
    if (Status status = check_plugin(path, *plugin); !status) {
        return status.error();
    }
    return plugin;
}

const void*
find_provided(const assay_plugin& plugin, std::string_view kind, std::string_view name) noexcept {
    for (std::uint32_t i = 0; i < plugin.n_provided; ++i) {
        if (view(plugin.provided[i].kind) == kind && view(plugin.provided[i].name) == name) {
            return plugin.provided[i].iface;
        }
    }
    return nullptr;
}

} // namespace assay

#include "catalog/saved_binaries.hpp"

#include "catalog/folders.hpp"
#include "catalog/private_folder.hpp"
#include "support/file.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <system_error>

namespace assay::catalog {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBinariesSchema = "assay.binaries/1";
constexpr std::size_t kNameLengthMax = 100;

bool is_name(const std::string& name) {
    constexpr std::string_view kMarks = "._-/+";
    return !name.empty() && name.size() <= kNameLengthMax &&
           std::ranges::all_of(name, [kMarks](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      kMarks.find(c) != std::string_view::npos;
           });
}

json::object to_json(const SavedBuild& build) {
    json::array plugins;
    for (const SavedPlugin& plugin : build.plugins) {
        plugins.push_back(json::object{{"id", plugin.id},
                                       {"version", plugin.version},
                                       {"sha256", plugin.sha256},
                                       {"path", plugin.path.string()}});
    }
    return {{"saved", build.saved}, {"git", build.git}, {"plugins", std::move(plugins)}};
}

SavedBuild build_from(const std::string& name, const json::object& object) {
    SavedBuild build;
    build.name = name;
    build.saved = json_string(object, "saved");
    if (const json::value* git = object.if_contains("git"); git != nullptr && git->is_object()) {
        build.git = git->get_object();
    }
    const json::value* plugins = object.if_contains("plugins");
    if (plugins == nullptr || !plugins->is_array()) {
        return build;
    }
    for (const json::value& value : plugins->get_array()) {
        if (value.is_object()) {
            const json::object& plugin = value.get_object();
            build.plugins.push_back({.id = json_string(plugin, "id"),
                                     .version = json_string(plugin, "version"),
                                     .sha256 = json_string(plugin, "sha256"),
                                     .path = json_string(plugin, "path")});
        }
    }
    return build;
}

} // namespace

fs::path default_binaries_folder() {
    return data_folder() / "binaries";
}

SavedBinaries::SavedBinaries(fs::path root, const fs::path& project)
    : root_(std::move(root))
    , project_(fs::weakly_canonical(project))
    , store_(root_ / "store") {}

fs::path SavedBinaries::index_file() const {
    return root_ / "projects" / (sha256_of(project_.string()) + ".json");
}

Result<std::vector<SavedBuild>> SavedBinaries::all() const {
    const fs::path file = index_file();
    std::error_code failed;
    if (!fs::exists(file, failed)) {
        return std::vector<SavedBuild>{};
    }
    const Error damaged{.kind = ErrorKind::config,
                        .message = file.string() + ": the index of saved builds is damaged",
                        .hint = "remove it and save the builds again"};
    if (!is_private_folder(root_)) {
        return Error{.kind = ErrorKind::untrusted,
                     .message = root_.string() + ": others can write there, so what it holds is "
                                                 "not loaded",
                     .hint = "chmod -R go-w '" + root_.string() + "' if you know who wrote it"};
    }
    const auto document = read_json_file(file.string());
    if (!document || !document->is_object() ||
        json_string(document->get_object(), "schema") != kBinariesSchema) {
        return damaged;
    }
    const json::value* builds = document->get_object().if_contains("builds");
    if (builds == nullptr || !builds->is_object()) {
        return damaged;
    }
    std::vector<SavedBuild> all;
    for (const auto& [name, value] : builds->get_object()) {
        if (!value.is_object()) {
            return damaged;
        }
        all.push_back(build_from(name, value.get_object()));
    }
    std::ranges::sort(all, {}, &SavedBuild::name);
    return all;
}

Result<SavedBuild> SavedBinaries::save(const SavedBuild& build) const {
    if (!is_name(build.name)) {
        return Error{.kind = ErrorKind::usage,
                     .message = "'" + build.name + "' will not do as the name of a build",
                     .hint = "letters, digits and . _ - / + , at most " +
                             std::to_string(kNameLengthMax)};
    }
    for (const fs::path& folder : {root_, root_ / "projects"}) {
        if (const Status made = make_private_folder(folder); !made) {
            return made.error();
        }
    }
    auto builds = all();
    if (!builds) {
        return builds.error();
    }
    SavedBuild kept = build;
    for (SavedPlugin& plugin : kept.plugins) {
        auto stored = store_.admit(plugin.path, plugin.sha256);
        if (!stored) {
            return stored.error();
        }
        plugin.path = stored->path;
        plugin.sha256 = stored->sha256;
    }
    json::object named;
    for (const SavedBuild& other : *builds) {
        if (other.name != kept.name) {
            named[other.name] = to_json(other);
        }
    }
    named[kept.name] = to_json(kept);
    const json::object index{
        {"schema", kBinariesSchema}, {"project", project_.string()}, {"builds", std::move(named)}};
    if (const Status written =
            write_file_atomically(index_file().string(),
                                  write_json(index, JsonLayout::indented, KeyOrder::sorted) + "\n");
        !written) {
        return written.error();
    }
    return kept;
}

Result<SavedBuild> SavedBinaries::find(const std::string& name) const {
    auto builds = all();
    if (!builds) {
        return builds.error();
    }
    std::vector<std::string> names;
    for (SavedBuild& build : *builds) {
        if (build.name != name) {
            names.push_back(build.name);
            continue;
        }
        for (const SavedPlugin& plugin : build.plugins) {
            std::error_code failed;
            if (!fs::exists(plugin.path, failed)) {
                return Error{.kind = ErrorKind::io,
                             .message = plugin.path.string() + ": the build saved as '" + name +
                                        "' is gone",
                             .hint = "build it again and save it: assay baseline save " + name};
            }
        }
        return std::move(build);
    }
    return Error{.kind = ErrorKind::missing,
                 .message = "no build is saved as '" + name + "' for " + project_.string() +
                            did_you_mean(name, names),
                 .hint = names.empty() ? "save one: assay baseline save " + name
                                       : "there are: " + join(names, ", ")};
}

} // namespace assay::catalog

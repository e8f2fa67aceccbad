#include "builds.hpp"

#include "support/file.hpp"
#include "support/sha256.hpp"

namespace proof {

namespace fs = std::filesystem;
namespace json = assay::json;

namespace {

assay::Status copy_build(const fs::path& from, const fs::path& to) {
    std::error_code error;
    if (!fs::exists(from, error)) {
        return assay::Error{assay::ErrorKind::io,
                            from.string() + " is missing",
                            "tools/prove-measurement builds it; Google Benchmark's side needs "
                            "libbenchmark-dev"};
    }
    fs::create_directories(to.parent_path(), error);
    fs::remove(to, error);
    fs::copy_file(from, to, error);
    if (error) {
        return assay::Error{assay::ErrorKind::io,
                            "cannot copy " + from.string() + " to " + to.string() + ": " +
                                error.message(),
                            "give another --out"};
    }
    return {};
}

std::string program_of(const Cell& cell, int percent) {
    return "google_benchmark_" + std::string(cell.body) + "_" + std::to_string(percent);
}

} // namespace

assay::Result<Builds> lay_out(const Cell& cell, const fs::path& built, const fs::path& out) {
    Builds builds;
    for (const bool is_new : {false, true}) {
        const int percent = is_new ? cell.percent : 0;
        const fs::path folder = out / cell.name / (is_new ? "new" : "old");
        fs::path& plugin = is_new ? builds.new_plugin : builds.old_plugin;
        plugin = folder / "proof.assay.so";
        if (const auto copied =
                copy_build(built / (plugin_of(cell, percent) + ".assay.so"), plugin);
            !copied) {
            return copied.error();
        }
        if (cell.kind == Kind::fifty) {
            continue;
        }
        fs::path& program = is_new ? builds.new_program : builds.old_program;
        program = folder / "google_benchmark";
        if (const auto copied = copy_build(built / program_of(cell, percent), program); !copied) {
            return copied.error();
        }
    }
    return builds;
}

assay::Status remember(const std::vector<fs::path>& files, const fs::path& path) {
    json::object known;
    if (fs::exists(path)) {
        auto document = assay::read_json_file(path);
        if (!document || !document->is_object()) {
            return assay::Error{assay::ErrorKind::config,
                                path.string() + " cannot be read",
                                "remove the folder, or give another --out"};
        }
        known = document->get_object();
    }
    for (const fs::path& file : files) {
        const auto hash = assay::sha256_of_file(file);
        if (!hash) {
            return hash.error();
        }
        const json::value* before = known.if_contains(file.string());
        if (before != nullptr && *before != json::string(*hash)) {
            return assay::Error{assay::ErrorKind::usage,
                                path.parent_path().string() +
                                    " holds results of another build of " +
                                    file.filename().string(),
                                "remove that folder to begin anew, or give another --out"};
        }
        known[file.string()] = *hash;
    }
    return assay::write_file_atomically(path,
                                        assay::write_json(known, assay::JsonLayout::indented));
}

} // namespace proof

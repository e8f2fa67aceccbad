// A run as one file of lines (assay.bundle/1): what is written first and kept whatever becomes of a
// database. A header, one line per event (assay.event/1, but for progress), and an end line with
// the number of the lines before it and their SHA-256. It gets its name, <run uuid>.ndjson, when it
// is complete; until then the name ends with ".part". What a killed writer left of one is removed
// by a later writer (abandoned_parts.hpp).
//
//   Result<BundleWriter> bundle = BundleWriter::create(".assay/runs", {.run = uuid});
//   Status added = bundle->add(event);
//   Result<SealedBundle> sealed = bundle->seal();
//
//   Result<SealedBundle> read = read_bundle(sealed->file, [&](const json::object& event) {
//       return run.take(event);
//   });                       // what was taken counts only if this succeeds
//
// A writer belongs to one thread; reading is callable from any.
#pragma once

#include "history/records.hpp"
#include "support/json.hpp"
#include "support/result.hpp"
#include "support/sha256.hpp"
#include "support/unique_fd.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace assay::history {

// A case with a million samples takes 20 MB; what is longer is no bundle of ours.
inline constexpr std::size_t kBundleLineBytesMax = std::size_t{64} << 20;

struct BundleHeader {
    std::string run; // uuid
    std::string host_version = {};
    // "run": written while it was measured, with everything that is known of it. "history": made
    // from a store, with what a store keeps.
    std::string source = "run";
    Delivery delivery = {};
};

struct SealedBundle {
    std::filesystem::path file;
    BundleHeader header;
    std::uint64_t lines = 0; // before the end line
    std::string sha256;      // of those lines
    bool known = false;      // the same bundle was there already
};

// "<uuid>.ndjson"
std::string bundle_name(const std::string& run_uuid);

class BundleWriter {
public:
    // Makes the folder. Errors: usage (no uuid), io.
    static Result<BundleWriter> create(const std::filesystem::path& folder, BundleHeader header);

    BundleWriter(BundleWriter&&) noexcept;
    BundleWriter& operator=(BundleWriter&&) = delete;
    BundleWriter(const BundleWriter&) = delete;
    BundleWriter& operator=(const BundleWriter&) = delete;
    ~BundleWriter(); // without seal(): nothing is left behind

    Status add(const json::value& event);
    // The end line, fsync, the name. Where the run has a bundle already, that one stays; if both
    // were written while it was measured and differ: plugin, and both are named.
    Result<SealedBundle> seal();

private:
    BundleWriter(BundleHeader header,
                 UniqueFd fd,
                 std::filesystem::path part,
                 std::filesystem::path target);
    Status put_line(const std::string& text);
    Status flush();

    BundleHeader header_;
    UniqueFd fd_;
    std::filesystem::path part_, target_; // part_ is empty once sealed
    std::string buffer_;
    Sha256 hash_;
    std::uint64_t lines_ = 0;
};

// Line by line, its end at last. Errors: plugin (no valid end line, wrong hash or count, a line
// that is too long or no object, something behind the end), io, and whatever `each` answers.
Result<SealedBundle> read_bundle(const std::filesystem::path& file,
                                 const std::function<Status(const json::object& event)>& each);

// A bundle that is whole, byte by byte into a folder, under the name of its run.
Result<SealedBundle> copy_bundle(const std::filesystem::path& from,
                                 const std::filesystem::path& folder);

} // namespace assay::history

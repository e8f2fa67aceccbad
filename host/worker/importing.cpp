#include "worker/importing.hpp"

#include "measure/abi_field.hpp"
#include "measure/host_services.hpp"
#include "support/file.hpp"
#include "support/plugin_library.hpp"
#include "support/unique_fd.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <utility>

namespace assay::worker {
namespace {

using measure::ImportedEvent;
using measure::ImportRequest;

// Eight times the largest document: enough for a tree of it, and an end to what never ends.
[[maybe_unused]] constexpr rlim_t kMemoryBytesMax = rlim_t{2} << 30;

Error about(const ImportRequest& request, const std::string& what, std::string hint = {}) {
    return {
        .kind = ErrorKind::plugin, .message = request.name + ": " + what, .hint = std::move(hint)};
}

// A file's bytes without reading them: what is never looked at costs no memory.
class MappedFile {
public:
    static Result<MappedFile> open(const ImportRequest& request) {
        const UniqueFd fd(::open(request.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));

        struct stat info {};

        if (!fd || ::fstat(fd.get(), &info) != 0) {
            return about(request, system_message(errno));
        }
        if (!S_ISREG(info.st_mode)) {
            return about(request, "is no regular file");
        }
        const auto size = static_cast<std::uint64_t>(info.st_size);
        if (size > measure::kImportBytesMax) {
            return about(request,
                         "has " + std::to_string(size) + " bytes, and the limit is " +
                             std::to_string(measure::kImportBytesMax),
                         "split it, or leave out what is not needed");
        }
        if (size == 0) {
            return MappedFile(nullptr, 0);
        }
        void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd.get(), 0);
        if (bytes == MAP_FAILED) {
            return about(request, system_message(errno));
        }
        return MappedFile(static_cast<const char*>(bytes), size);
    }

    MappedFile(MappedFile&& other) noexcept
        : bytes_(std::exchange(other.bytes_, nullptr))
        , size_(other.size_) {}

    MappedFile& operator=(MappedFile&&) = delete;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    ~MappedFile() {
        if (bytes_ != nullptr) {
            ::munmap(const_cast<char*>(bytes_), size_);
        }
    }

    [[nodiscard]] std::string_view bytes() const noexcept {
        return {bytes_ == nullptr ? "" : bytes_, size_};
    }

private:
    MappedFile(const char* bytes, std::size_t size) noexcept
        : bytes_(bytes)
        , size_(size) {}

    const char* bytes_;
    std::size_t size_;
};

Result<const assay_importer_v1*> find_importer(const assay_plugin& plugin,
                                               const ImportRequest& request) {
    const auto* const importer = static_cast<const assay_importer_v1*>(
        find_provided(plugin, ASSAY_KIND_IMPORTER, request.importer));
    const bool whole = importer != nullptr && importer->struct_size >= sizeof(assay_importer_v1) &&
                       importer->probe != nullptr && importer->parse != nullptr;
    if (!whole) {
        return Error{ErrorKind::plugin,
                     "the plugin provides no importer '" + request.importer + "'" +
                         (importer == nullptr ? "" : " that is whole"),
                     {}};
    }
    return importer;
}

// The limit is on what is allocated, which a sanitizer does beyond all measure.
void limit_memory() noexcept {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    rlimit now{};
    if (::getrlimit(RLIMIT_DATA, &now) == 0) {
        const rlim_t most = now.rlim_max == RLIM_INFINITY ? kMemoryBytesMax
                                                          : std::min(now.rlim_max, kMemoryBytesMax);
        const rlimit wanted{most, now.rlim_max};
        static_cast<void>(::setrlimit(RLIMIT_DATA, &wanted));
    }
#endif
}

// Receives what parse() emits.
class Emission {
public:
    explicit Emission(const std::function<void(const ImportedEvent&)>& tell) noexcept
        : tell_(tell) {}

    assay_emit as_abi() noexcept {
        assay_emit emit{};
        emit.struct_size = sizeof emit;
        emit.self = this;
        emit.event = on_event;
        return emit;
    }

    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }

private:
    static assay_status on_event(void* self, const assay_event* event) noexcept {
        auto& emission = *static_cast<Emission*>(self);
        try {
            return emission.take(*event);
        } catch (...) { // bad_alloc
            return ASSAY_E_NOMEM;
        }
    }

    assay_status take(const assay_event& given) {
        if (error_) {
            return ASSAY_E_CANCELLED; // it was told to stop
        }
        const Result<std::optional<ImportedEvent>> event = measure::imported_event(given);
        if (!event) {
            error_ = event.error();
            return ASSAY_E_STATE;
        }
        if (!*event) {
            return ASSAY_OK;
        }
        if (std::holds_alternative<measure::ImportedCase>(**event) &&
            ++cases_ > measure::kImportedCasesMax) {
            error_ = Error{ErrorKind::plugin,
                           "it holds more than " + std::to_string(measure::kImportedCasesMax) +
                               " results",
                           "import it in parts"};
            return ASSAY_E_CANCELLED;
        }
        tell_(**event);
        return ASSAY_OK;
    }

    const std::function<void(const ImportedEvent&)>& tell_;
    std::uint64_t cases_ = 0;
    std::optional<Error> error_;
};

} // namespace

Result<std::int32_t> probe_file(const assay_plugin& plugin, const ImportRequest& request) {
    const auto importer = find_importer(plugin, request);
    if (!importer) {
        return importer.error();
    }
    const Result<MappedFile> file = MappedFile::open(request);
    if (!file) {
        return file.error();
    }
    const std::string_view bytes = file->bytes();
    const std::int32_t sure = (*importer)->probe(
        abi_str(request.name), abi_str(bytes.substr(0, measure::kProbedBytes)), bytes.size());
    return std::clamp(sure, 0, 100);
}

Status import_file(const assay_plugin& plugin,
                   const ImportRequest& request,
                   const measure::CancelWord& cancel,
                   const std::function<void(const ImportedEvent&)>& tell) {
    const auto importer = find_importer(plugin, request);
    if (!importer) {
        return importer.error();
    }
    const Result<MappedFile> file = MappedFile::open(request);
    if (!file) {
        return file.error();
    }
    limit_memory();
    measure::ServiceDesk desk(nullptr, &cancel);
    Emission emission(tell);
    const assay_emit emit = emission.as_abi();
    const assay_status status = (*importer)->parse(&measure::host_services(),
                                                   desk.scope(),
                                                   abi_str(request.options),
                                                   abi_str(request.name),
                                                   abi_str(file->bytes()),
                                                   &emit);
    if (emission.error()) {
        Error error = *emission.error();
        error.message = request.name + ": " + error.message;
        return error;
    }
    if (status < 0) {
        const std::string why = desk.take_failure();
        return about(request,
                     why.empty() ? "the importer '" + request.importer + "' returned " +
                                       measure::status_name(status)
                                 : why);
    }
    return {};
}

} // namespace assay::worker

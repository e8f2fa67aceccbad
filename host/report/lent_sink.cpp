#include "report/lent_sink.hpp"

#include "support/plugin_library.hpp"

#include <exception>

namespace assay::report {

LentSink::LentSink(Sink& sink)
    : LentSink(sink, *this) {}

LentSink::LentSink(Sink& sink, LentSink& root)
    : sink_(sink)
    , root_(root) {
    abi_.struct_size = sizeof abi_;
    abi_.is_terminal = sink.is_terminal() ? 1 : 0;
    abi_.columns = sink.columns();
    abi_.self = this;
    abi_.write = [](void* self, assay_str bytes) noexcept {
        return static_cast<LentSink*>(self)->write(bytes);
    };
    abi_.open_extra = [](void* self, assay_str name, const assay_sink** out) noexcept {
        return static_cast<LentSink*>(self)->open_extra(name, out);
    };
}

assay_status LentSink::refuse(assay_status code, Error error) {
    if (root_.first_error_.ok()) {
        root_.first_error_ = Status(std::move(error));
    }
    return code;
}

assay_status LentSink::write(assay_str bytes) {
    if (root_.closed_) {
        return refuse(ASSAY_E_STATE,
                      Error{ErrorKind::plugin, "wrote to its output after finish", {}});
    }
    if (!root_.first_error_) {
        return ASSAY_E_IO; // after an error the output is lost: more bytes cannot mend it
    }
    Status status = sink_.write(view(bytes));
    return status ? ASSAY_OK : refuse(ASSAY_E_IO, status.error());
}

assay_status LentSink::open_extra(assay_str name, const assay_sink** out) {
    if (out == nullptr) {
        return refuse(ASSAY_E_FAIL,
                      Error{ErrorKind::plugin, "called open_extra with out = NULL", {}});
    }
    *out = nullptr;
    auto extra = sink_.open_extra(view(name));
    if (!extra) {
        const bool refused = extra.error().kind != ErrorKind::io;
        return refuse(refused ? ASSAY_E_UNSUPPORTED : ASSAY_E_IO, extra.error());
    }
    root_.extras_.push_back(std::unique_ptr<LentSink>(new LentSink(**extra, root_)));
    *out = &root_.extras_.back()->get();
    return ASSAY_OK;
}

} // namespace assay::report

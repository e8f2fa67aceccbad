// Lends a Sink to a reporter plugin as assay_sink, and remembers the first thing that went wrong:
// a reporter that ignores what write() returned still fails.
//
//   LentSink lent(*sink);
//   reporter->create(host, scope, options, &lent.get(), &instance);
//   if (!lent.status()) ...
//
// Lives as long as the reporter instance; used by one thread at a time.
#pragma once

#include "report/sink.hpp"

#include <assay/plugin.h>

#include <memory>
#include <vector>

namespace assay::report {

class LentSink {
public:
    explicit LentSink(Sink& sink);
    LentSink(const LentSink&) = delete;
    LentSink& operator=(const LentSink&) = delete;

    [[nodiscard]] const assay_sink& get() const noexcept { return abi_; }

    // The first error of this sink and of the extra files opened through it.
    [[nodiscard]] const Status& status() const noexcept { return root_.first_error_; }

    // What is written from now on is refused: the output is complete.
    void close() noexcept { closed_ = true; }

private:
    LentSink(Sink& sink, LentSink& root);
    assay_status write(assay_str bytes);
    assay_status open_extra(assay_str name, const assay_sink** out);
    assay_status refuse(assay_status code, Error error);

    Sink& sink_;
    LentSink& root_; // the sink the reporter was created with
    bool closed_ = false;
    Status first_error_;
    std::vector<std::unique_ptr<LentSink>> extras_;
    assay_sink abi_{};
};

} // namespace assay::report

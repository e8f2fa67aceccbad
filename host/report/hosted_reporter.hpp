// One reporter plugin at work: a Receiver that lends it every event, a sink and the host's
// services, and takes its output only when all went well.
//
//   auto receiver = HostedReporter::create(name, iface, options_json, std::move(sink), log);
//
// Made on one thread, then driven by the bus's thread for it.
#pragma once

#include "report/bus.hpp"
#include "report/lent_sink.hpp"
#include "report/reporter_services.hpp"
#include "report/sink.hpp"

#include <assay/plugin.h>

#include <memory>
#include <string>

namespace assay::report {

class HostedReporter final : public Receiver {
public:
    static Result<std::unique_ptr<Receiver>> create(std::string name,
                                                    const assay_reporter_v1& iface,
                                                    const std::string& options_json,
                                                    std::unique_ptr<Sink> sink,
                                                    ReporterLog log);
    ~HostedReporter() override;

    [[nodiscard]] std::string name() const override { return name_; }

    [[nodiscard]] std::string file() const override;

    Status on_event(const Event& event) override;
    Status finish() override;

private:
    HostedReporter(std::string name,
                   const assay_reporter_v1& iface,
                   std::unique_ptr<Sink> sink,
                   ReporterLog log);

    // What a call's status and the sink's state say together.
    Status judge(std::string_view call, assay_status status);

    const std::string name_;
    const assay_reporter_v1& iface_;
    std::unique_ptr<Sink> sink_;
    LentSink lent_;
    ReporterScope scope_;
    assay_reporter* instance_ = nullptr;
};

} // namespace assay::report

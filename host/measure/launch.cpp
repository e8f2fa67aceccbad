#include "measure/launch.hpp"

#include "measure/abi_field.hpp"
#include "measure/clock.hpp"
#include "measure/counting.hpp"
#include "measure/describe_family.hpp"
#include "measure/host_services.hpp"
#include "measure/measuring.hpp"
#include "measure/memory_use.hpp"

#include <algorithm>
#include <exception>

namespace assay::measure {
namespace {

double seconds_since(std::uint64_t start_ns) {
    return static_cast<double>(monotonic_ns() - start_ns) * 1e-9;
}

assay_value abi_value(const ParameterValue& value) noexcept {
    assay_value out{};
    out.type = static_cast<std::int32_t>(type_of(value));
    switch (type_of(value)) {
    case ParameterType::integer:
        out.u.i64 = std::get<std::int64_t>(value);
        break;
    case ParameterType::real:
        out.u.f64 = std::get<double>(value);
        break;
    case ParameterType::boolean:
        out.u.i64 = std::get<bool>(value) ? 1 : 0;
        break;
    case ParameterType::text: {
        const auto& text = std::get<std::string>(value);
        out.u.str = assay_str{text.data(), text.size()};
        break;
    }
    }
    return out;
}

// What does not fit between the request and the family, or nothing.
std::string request_fault(const LaunchRequest& request, const FamilyDescription& family) {
    if (request.params.size() != family.axes.size()) {
        return "the request has " + std::to_string(request.params.size()) +
               " parameters, the family has " + std::to_string(family.axes.size()) + " axes";
    }
    for (std::size_t i = 0; i < family.axes.size(); ++i) {
        if (type_of(request.params[i]) != family.axes[i].type) {
            return "parameter '" + family.axes[i].name + "' has another type than its axis";
        }
    }
    if (request.lanes == 0 || request.lanes > family.max_lanes) {
        return std::to_string(request.lanes) + " lanes were asked for, the family takes 1 to " +
               std::to_string(family.max_lanes);
    }
    if (request.lanes > 1 && (family.flags & ASSAY_CASE_THREADS) == 0) {
        return "several lanes were asked for, but the family lacks the flag THREADS";
    }
    return {};
}

// The life of one suite object and one case, in the order of the ABI's state machine. A step that
// fails skips what may not follow and still unwinds what was done.
class Launch {
public:
    Launch(const assay_suite_v1& iface,
           const LaunchRequest& request,
           LaunchObserver& observer,
           const CancelWord& cancel)
        : iface_(iface)
        , request_(request)
        , observer_(observer)
        , cancel_(cancel)
        , desk_(&observer, &cancel) {}

    LaunchRecord run() {
        if (const Status usable = check_interface(request_.suite, iface_); !usable) {
            fail(CaseStatus::failed, usable.error().message);
            return std::move(record_);
        }
        assay_suite* suite = nullptr;
        if (create(suite)) {
            with_suite(suite);
            iface_.destroy(suite);
        }
        desk_.deliver();
        finish_record();
        return std::move(record_);
    }

private:
    void fail(Failure failure) {
        if (record_.status == CaseStatus::passed) { // the first cause counts
            record_.status = failure.status;
            record_.reason = std::move(failure.reason);
        }
    }

    void fail(CaseStatus status, std::string reason) { fail(Failure{status, std::move(reason)}); }

    void fail_step(const char* step, assay_status status) {
        fail(failure_of(step, status, desk_, cancel_.load() != 0));
    }

    bool create(assay_suite*& suite);
    void with_suite(assay_suite* suite);
    bool open(assay_suite* suite, const assay_case_def& def, assay_case*& handle);
    bool verify(assay_case* handle);
    void with_lanes(assay_case* handle);
    void measure(assay_case* handle, LaneCrew& crew);
    void finish_record();

    const assay_suite_v1& iface_;
    const LaunchRequest& request_;
    LaunchObserver& observer_;
    const CancelWord& cancel_;
    ServiceDesk desk_;
    FamilyDescription family_;
    Clock primary_ = Clock::thread_cpu;
    std::optional<Ticks> ticks_;
    std::optional<MetricCollector> collector_;
    double recorded_s_ = 0;
    LaunchRecord record_;
};

bool Launch::create(assay_suite*& suite) {
    observer_.on_phase(LaunchPhase::open, 0);
    const assay_str config{request_.config_json.data(), request_.config_json.size()};
    const assay_status status = iface_.create(&host_services(), desk_.scope(), config, &suite);
    if (stops(status)) {
        fail_step("create", status);
        return false;
    }
    if (suite == nullptr) {
        fail(CaseStatus::failed, "create returned success without a suite");
        return false;
    }
    return true;
}

void Launch::with_suite(assay_suite* suite) {
    const assay_case_def* const def = iface_.case_at(suite, request_.family);
    if (def == nullptr) {
        fail(CaseStatus::failed,
             "case_at(" + std::to_string(request_.family) +
                 ") is NULL: the suite describes itself differently from before");
        return;
    }
    Result<FamilyDescription> family =
        describe_family(*def, iface_.prepare != nullptr, {request_.suite, request_.family});
    if (!family) {
        fail(CaseStatus::failed, family.error().message);
        return;
    }
    family_ = *std::move(family);
    if (std::string fault = request_fault(request_, family_); !fault.empty()) {
        fail(CaseStatus::failed, std::move(fault));
        return;
    }
    primary_ = resolve_clock(family_, request_.lanes, request_.open_clock);
    ticks_.emplace(family_.shape == Shape::latency);
    collector_.emplace(family_.metrics);
    collector_->accept(true);
    desk_.collect_metrics(&*collector_);
    assay_case* handle = nullptr;
    if (open(suite, *def, handle)) {
        if (verify(handle)) {
            with_lanes(handle);
        }
        observer_.on_phase(LaunchPhase::close, 0);
        collector_->accept(true);
        iface_.close(handle);
    }
    desk_.collect_metrics(nullptr);
}

bool Launch::open(assay_suite* suite, const assay_case_def& def, assay_case*& handle) {
    std::vector<assay_value> params;
    for (const ParameterValue& value : request_.params) {
        params.push_back(abi_value(value));
    }
    assay_open_args args{};
    args.struct_size = sizeof args;
    args.lanes = request_.lanes;
    args.def = &def;
    args.params = params.data();
    args.seed = request_.seed;
    args.case_id = assay_str{request_.case_id.data(), request_.case_id.size()};
    const std::uint64_t start = monotonic_ns();
    const assay_status status = iface_.open(suite, desk_.scope(), &args, &handle);
    record_.setup_s = seconds_since(start);
    if (stops(status)) {
        fail_step("open", status);
        return false;
    }
    if (handle == nullptr) {
        fail(CaseStatus::failed, "open returned success without a case");
        return false;
    }
    return true;
}

bool Launch::verify(assay_case* handle) {
    if (!request_.verify || iface_.verify == nullptr) {
        return true;
    }
    observer_.on_phase(LaunchPhase::verify, 0);
    const std::uint64_t start = monotonic_ns();
    const assay_status status = iface_.verify(handle, desk_.scope());
    record_.verify_s = seconds_since(start);
    desk_.deliver();
    if (status == ASSAY_SKIP) { // this family claims nothing: measured, and shown as not verified
        static_cast<void>(desk_.take_failure());
        return true;
    }
    if (stops(status)) {
        // A plain failure of verify() means one thing: the result is not right.
        fail_step("verify", status == ASSAY_E_FAIL ? assay_status{ASSAY_E_VERIFY} : status);
        return false;
    }
    record_.verified = true;
    return true;
}

void Launch::with_lanes(assay_case* handle) {
    collector_->accept(false); // until recorded batches, and close
    if (!request_.first_iteration && request_.slices == 0 && !request_.scaling_check &&
        request_.count_iterations == 0 && request_.memory_iterations == 0) {
        return;
    }
    LaneCrew crew(request_.lanes, request_.lane_cpus);
    if (request_.lanes > 1 && crew.pinned() < request_.lane_cpus.size()) {
        record_.notes.push_back(std::to_string(crew.pinned()) + " of " +
                                std::to_string(request_.lanes) +
                                " lanes stay on the CPU meant for them; the others go where the "
                                "scheduler puts them");
    }
    std::vector<assay_status> entered(request_.lanes, ASSAY_OK);
    if (iface_.lane_enter != nullptr) {
        crew.on_all([&](std::uint32_t lane) { entered[lane] = iface_.lane_enter(handle, lane); });
    }
    const auto bad = std::find_if(entered.begin(), entered.end(), stops);
    if (bad == entered.end()) {
        try {
            measure(handle, crew);
        } catch (const std::exception& error) { // bad_alloc of ours: the lanes still leave
            fail(CaseStatus::failed, std::string("the host ran out of means: ") + error.what());
        }
    } else {
        fail_step("lane_enter", *bad);
    }
    if (iface_.lane_leave != nullptr) {
        crew.on_all([&](std::uint32_t lane) {
            if (!stops(entered[lane])) {
                iface_.lane_leave(handle, lane);
            }
        });
    }
}

void Launch::measure(assay_case* handle, LaneCrew& crew) {
    BatchRunner runner({iface_, handle, family_, primary_, desk_, cancel_}, crew, *ticks_);
    const MeasuringContext context{
        request_, family_, primary_, observer_, cancel_, desk_, *collector_};
    std::optional<Failure> failure;
    if (request_.count_iterations > 0 || request_.memory_iterations > 0) {
        failure = request_.count_iterations > 0 ? count_work(context, runner, record_)
                                                : measure_memory(context, runner, record_);
        if (failure) {
            fail(*std::move(failure));
        }
        return;
    }
    Measuring measuring(context, runner, record_);
    if (request_.first_iteration) {
        failure = measuring.first_iteration();
    }
    if (!failure && (request_.slices > 0 || request_.scaling_check)) {
        failure = measuring.measure();
    }
    recorded_s_ = measuring.recorded_seconds();
    if (failure) {
        fail(*std::move(failure));
    }
}

void Launch::finish_record() {
    if (collector_) {
        record_.metrics = collector_->aggregate(recorded_s_);
        for (std::string& note : collector_->notes()) {
            record_.notes.push_back(std::move(note));
        }
    }
    record_.attachments = desk_.take_attachments();
    if (const std::uint32_t threads = desk_.parallel_threads(); threads > 0) {
        record_.notes.push_back("assay.parallel/1: " + std::to_string(threads) +
                                (threads == 1 ? " thread" : " threads"));
    }
    for (std::string& call : desk_.calls_in_run()) {
        if (request_.strict) {
            fail(CaseStatus::failed, call + " (strict)");
        }
        record_.notes.push_back(std::move(call));
    }
}

} // namespace

LaunchRecord run_launch(const assay_suite_v1& iface,
                        const LaunchRequest& request,
                        LaunchObserver& observer,
                        const CancelWord& cancel) {
    try {
        return Launch(iface, request, observer, cancel).run();
    } catch (const std::exception& error) {
        LaunchRecord record;
        record.status = CaseStatus::failed;
        record.reason = std::string("the host could not run the launch: ") + error.what();
        return record;
    }
}

Result<SuiteDescription>
describe(std::string_view suite, const assay_suite_v1& iface, const std::string& config_json) {
    if (const Status usable = check_interface(suite, iface); !usable) {
        return usable.error();
    }
    ServiceDesk desk(nullptr, nullptr);
    assay_suite* handle = nullptr;
    const assay_str config{config_json.data(), config_json.size()};
    const assay_status status = iface.create(&host_services(), desk.scope(), config, &handle);
    if (stops(status) || handle == nullptr) {
        const std::string why = stops(status) ? failure_of("create", status, desk, false).reason
                                              : "create returned success without a suite";
        return Error{status == ASSAY_E_CONFIG      ? ErrorKind::config
                     : status == ASSAY_UNAVAILABLE ? ErrorKind::unavailable
                                                   : ErrorKind::plugin,
                     "suite '" + std::string(suite) + "': " + why,
                     {}};
    }
    Result<SuiteDescription> description = describe_suite(suite, iface, handle);
    iface.destroy(handle);
    return description;
}

} // namespace assay::measure

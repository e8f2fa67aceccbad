#include "worker/conformance/case_session.hpp"

#include "measure/abi_field.hpp"
#include "measure/clock.hpp"
#include "support/plugin_library.hpp"
#include "worker/last_words.hpp"

#include <algorithm>

namespace assay::worker::conformance {
namespace {

constexpr std::uint64_t kGuardWord = 0xA5A5A5A5A5A5A5A5u;
// As a launch on a machine with a small cache would limit what prepare holds.
constexpr std::uint64_t kPreparedBytesMax = std::uint64_t{16} << 20;

bool stops(assay_status status) noexcept {
    return status < 0 || status == ASSAY_SKIP || status == ASSAY_UNAVAILABLE;
}

} // namespace

Watchdog::~Watchdog() {
    {
        const std::lock_guard lock(mutex_);
        leaving_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Watchdog::arm(std::chrono::milliseconds patience) {
    {
        const std::lock_guard lock(mutex_);
        due_ = std::chrono::steady_clock::now() + patience;
    }
    changed_.notify_one();
}

void Watchdog::disarm() {
    const std::lock_guard lock(mutex_);
    due_.reset();
}

void Watchdog::watch() {
    std::unique_lock lock(mutex_);
    while (!leaving_) {
        if (!due_) {
            changed_.wait(lock);
        } else if (std::chrono::steady_clock::now() >= *due_) {
            cancel_.store(1);
            due_.reset();
        } else {
            changed_.wait_until(lock, *due_);
        }
    }
}

// Where a batch lies: guard bytes and then an inaccessible page behind it; for an old host the page
// at once.
struct CaseSession::Room {
    explicit Room(HostAge age) {
        if (age == HostAge::old) {
            bare.emplace();
        } else {
            guarded.emplace();
            (*guarded)->behind.fill(Wide<assay_batch>::kByteBehind);
        }
    }

    [[nodiscard]] assay_batch& batch() const noexcept { return bare ? **bare : (*guarded)->value; }

    std::optional<Fenced<assay_batch>> bare;
    std::optional<Fenced<Wide<assay_batch>>> guarded;
    std::vector<std::uint64_t> latency;
};

std::string Taken::failure() const {
    const std::pair<const char*, assay_status> steps[] = {
        {"prepare", prepared}, {"run", ran}, {"finish", finished}};
    for (const auto& [step, status] : steps) {
        if (status < 0) {
            return std::string(step) + " returned " + measure::status_name(status) +
                   (text.empty() ? "" : ": " + text);
        }
    }
    return {};
}

CaseSession::CaseSession(CheckContext& context,
                         const SuiteUnderCheck& suite,
                         const CasePoint& point,
                         SessionOptions options)
    : context_(context)
    , suite_(suite)
    , point_(point)
    , family_(suite.description.families[point.family])
    , options_(options)
    , desk_(&observer_, &cancel_)
    , collector_(family_.metrics)
    , ticks_(family_.shape == measure::Shape::latency) {
    if (options_.host == nullptr) {
        options_.host = &checking_host();
    }
    expect_death_in(point.id);
    expect_metrics(static_cast<std::uint32_t>(family_.metrics.size()));
    desk_.collect_metrics(&collector_);
    collector_.accept(true);
    open(options_);
}

CaseSession::~CaseSession() {
    close();
    if (handle_ != nullptr) {
        suite_.iface->destroy(handle_);
    }
    set_phase(measure::LaunchPhase::load);
    expect_death_in("");
}

void CaseSession::set_phase(measure::LaunchPhase phase) noexcept {
    context_.page.phase.store(static_cast<std::uint32_t>(phase));
}

void CaseSession::open(SessionOptions options) {
    set_phase(measure::LaunchPhase::open);
    const bool old = options.age == HostAge::old; // then no NUL stands behind texts either
    const FencedText config(suite_.config);
    status_ = suite_.iface->create(options.host,
                                   desk_.scope(),
                                   abi_str(old ? config.view() : std::string_view(suite_.config)),
                                   &handle_);
    if (stops(status_) || handle_ == nullptr) {
        text_ = desk_.take_failure();
        handle_ = nullptr;
        return;
    }
    const std::vector<assay_value> params = abi_values(point_.params);
    Fenced<Wide<assay_open_args>> wide;
    wide->behind.fill(Wide<assay_open_args>::kByteBehind);
    Fenced<assay_open_args> bare;
    assay_open_args& args = old ? *bare : wide->value;
    args.struct_size =
        options.age == HostAge::future ? sizeof(Wide<assay_open_args>) : sizeof(assay_open_args);
    args.lanes = options.lanes;
    args.def = suite_.iface->case_at(handle_, point_.family);
    args.params = params.data();
    args.seed = options.seed;
    const FencedText id(point_.id);
    args.case_id = abi_str(old ? id.view() : std::string_view(point_.id));
    if (args.def == nullptr) {
        status_ = ASSAY_E_STATE;
        text_ = "case_at gave NULL for a family that it had given before";
        return;
    }
    status_ = suite_.iface->open(handle_, desk_.scope(), &args, &case_);
    text_ = desk_.take_failure();
    if (stops(status_)) {
        case_ = nullptr; // *out is ignored then
    }
}

std::string CaseSession::why_not_open() const {
    if (!stops(status_)) {
        return id() + ": " + (handle_ == nullptr ? "create" : "open") +
               " returned success without an object";
    }
    return id() + ": " + (handle_ == nullptr ? "create" : "open") + " returned " +
           measure::status_name(status_) + (text_.empty() ? "" : ": " + text_);
}

std::uint64_t CaseSession::iterations_max() const noexcept {
    if (family_.shape == measure::Shape::single) {
        return 1;
    }
    std::uint64_t most = family_.max_iterations == 0 ? UINT64_MAX : family_.max_iterations;
    if (family_.has_prepare && family_.bytes_per_iteration > 0) {
        most = std::min(
            most, std::max<std::uint64_t>(kPreparedBytesMax / family_.bytes_per_iteration, 1));
    }
    return most;
}

assay_status CaseSession::verify() {
    if (suite_.iface->verify == nullptr) {
        return ASSAY_SKIP;
    }
    set_phase(measure::LaunchPhase::verify);
    const assay_status status = suite_.iface->verify(case_, desk_.scope());
    text_ = desk_.take_failure();
    return status;
}

assay_status CaseSession::enter(std::uint32_t lane) {
    if (std::ranges::find(entered_, lane) != entered_.end()) {
        return ASSAY_OK;
    }
    const assay_status status =
        suite_.iface->lane_enter == nullptr ? ASSAY_OK : suite_.iface->lane_enter(case_, lane);
    if (!stops(status)) {
        entered_.push_back(lane);
    }
    return status;
}

Taken CaseSession::take(const BatchWish& wish, const std::function<void()>& between) {
    Taken taken;
    taken.prepared = enter(wish.lane);
    if (stops(taken.prepared)) {
        taken.text = "lane_enter: " + desk_.take_failure();
        return taken;
    }
    if (!watchdog_) {
        watchdog_ = std::make_unique<Watchdog>(cancel_);
    }
    Room room(options_.age);
    assay_batch& batch = room.batch();
    batch.struct_size =
        options_.age == HostAge::future ? sizeof(Wide<assay_batch>) : sizeof(assay_batch);
    batch.lane = wish.lane;
    batch.iterations = batch.done = wish.iterations;
    batch.seed = wish.seed;
    batch.cancel = reinterpret_cast<const std::uint32_t*>(&cancel_);
    batch.lanes = options_.lanes;
    if (family_.shape == measure::Shape::latency) {
        room.latency.assign(wish.iterations + 1, kGuardWord);
        batch.latency = room.latency.data();
        batch.latency_ticks = ticks_.offered();
    }
    taken.given = batch;
    watchdog_->arm(wish.patience);
    call_steps(room, taken, between);
    watchdog_->disarm();
    taken.after = batch;
    taken.cancelled = cancel_.load() != 0;
    taken.text = desk_.take_failure();
    taken.untouched_behind = (!room.guarded || (*room.guarded)->untouched()) &&
                             (room.latency.empty() || room.latency.back() == kGuardWord);
    return taken;
}

void CaseSession::call_steps(Room& room, Taken& taken, const std::function<void()>& between) {
    const assay_suite_v1& iface = *suite_.iface;
    assay_batch* const batch = &room.batch();
    set_phase(measure::LaunchPhase::measure);
    if (iface.prepare != nullptr) {
        taken.prepared = iface.prepare(case_, batch);
        if (stops(taken.prepared)) {
            return;
        }
    }
    if (between) {
        between();
    }
    desk_.enter_run();
    const std::uint64_t start = measure::monotonic_ns();
    taken.ran = iface.run(case_, batch);
    taken.wall_ns = measure::monotonic_ns() - start;
    desk_.leave_run();
    if (iface.finish != nullptr) {
        taken.finished = iface.finish(case_, batch);
    }
}

void CaseSession::close() {
    if (case_ == nullptr) {
        return;
    }
    set_phase(measure::LaunchPhase::close);
    watchdog_.reset();
    if (suite_.iface->lane_leave != nullptr) {
        for (const std::uint32_t lane : entered_) {
            suite_.iface->lane_leave(case_, lane);
        }
    }
    entered_.clear();
    suite_.iface->close(case_);
    case_ = nullptr;
}

void for_each_case(CheckContext& context,
                   SessionOptions options,
                   const std::function<void(CaseSession& session)>& look) {
    std::size_t opened = 0;
    std::string first_reason;
    options.seed = context.seed;
    for (const SuiteUnderCheck& suite : suites_to_check(context)) {
        for (const CasePoint& point : sample_points(suite)) {
            CaseSession session(context, suite, point, options);
            if (session.is_open()) {
                ++opened;
                look(session);
            } else if (first_reason.empty()) {
                first_reason = session.why_not_open();
            }
        }
    }
    if (opened == 0 && !first_reason.empty()) {
        context.report.skip("no case can be opened: " + first_reason);
    }
}

} // namespace assay::worker::conformance

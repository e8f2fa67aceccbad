#include "agents_case.hpp"

#include "active_inference/agent/agent_fault.hpp"

#include <algorithm>
#include <ctime>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kAgentsMax = std::size_t{1} << 20;
constexpr std::size_t kCrowdBytesMax = std::size_t{1} << 30;
constexpr std::uint64_t kRoundsVerified = 3;
constexpr std::size_t kAgentsVerified = 64; // of a larger crowd, so that verification ends soon

TensorOwner tensors_of(const assay::params& params) {
    const std::string name = params.str("tensors");
    if (name == "shared") {
        return TensorOwner::all;
    }
    if (name == "private") {
        return TensorOwner::agent;
    }
    if (name == "learnt") {
        return TensorOwner::learner;
    }
    throw assay::config_error("tensors=" + name + ": expected shared, private or learnt");
}

CrowdOptions options_of(const assay::params& params, const ai::FactoredModel& model) {
    const std::int64_t agents = params.i64("agents");
    if (agents < 1 || static_cast<std::uint64_t>(agents) > kAgentsMax) {
        throw assay::config_error("agents=" + std::to_string(agents) + ": expected 1 to " +
                                  std::to_string(kAgentsMax));
    }
    const CrowdOptions options{.agents = static_cast<std::size_t>(agents),
                               .lanes = params.lanes(),
                               .tensors = tensors_of(params)};
    if (const auto fault = ai::agent_fault(model, {})) {
        throw assay::config_error("model=" + params.str("model") + ": " + *fault);
    }
    if (options.agents < options.lanes) {
        throw assay::skip("agents=" + std::to_string(agents) + " are fewer than the " +
                          std::to_string(options.lanes) + " lanes");
    }
    if (options.tensors != TensorOwner::all) {
        const std::size_t each =
            owning_agent(model, options.tensors == TensorOwner::learner).bytes();
        if (options.agents > kCrowdBytesMax / each) {
            throw assay::skip("agents=" + std::to_string(agents) + " take " + std::to_string(each) +
                              " bytes each, together more than " + std::to_string(kCrowdBytesMax));
        }
    }
    if (options.lanes > std::thread::hardware_concurrency()) {
        throw assay::skip("needs " + std::to_string(options.lanes) + " processors, may use " +
                          std::to_string(std::thread::hardware_concurrency()));
    }
    return options;
}

// Of a whole crowd, its lanes on threads of their own.
std::uint64_t digest_of(const ai::FactoredModel& model,
                        const ObservationPool& pool,
                        const CrowdOptions& options) {
    AgentCrowd crowd(model, pool, options);
    std::vector<std::thread> threads;
    for (std::size_t lane = 0; lane < options.lanes; ++lane) {
        threads.emplace_back([&crowd, lane] {
            crowd.enter(lane);
            crowd.begin(lane);
            for (std::uint64_t round = 0; round < kRoundsVerified; ++round) {
                (void)crowd.round(lane, round);
            }
        });
    }
    std::uint64_t sum = 0;
    for (std::size_t lane = 0; lane < options.lanes; ++lane) {
        threads[lane].join();
        sum += crowd.digest(lane);
    }
    return sum;
}

} // namespace

AgentsCase::AgentsCase(const assay::params& params)
    : model_(model_of(params))
    , options_(options_of(params, model_))
    , clock_(&params.context())
    , pool_(observations_of(params, model_, kObservationsOfAgents))
    , crowd_(model_, pool_, options_)
    , times_(options_.lanes) {}

// The same bytes on one lane, on the lanes of the case, and on one more.
void AgentsCase::verify(assay::context& host) {
    CrowdOptions few = options_;
    few.agents = std::min(options_.agents, std::max(kAgentsVerified, options_.lanes + 1));
    few.lanes = 1;
    const std::uint64_t expected = digest_of(model_, pool_, few);
    for (const std::size_t lanes : {options_.lanes, options_.lanes + 1}) {
        few.lanes = std::min(lanes, few.agents);
        if (digest_of(model_, pool_, few) != expected) {
            throw assay::wrong_result("agents on " + std::to_string(few.lanes) +
                                      " lanes do not what they do on one");
        }
    }
    const std::size_t values = ai::Beliefs(model_.state_counts).values().size();
    host.metric("values_verified", static_cast<double>(2 * few.agents * kRoundsVerified * values));
}

void AgentsCase::prepare(assay::batch& batch) {
    crowd_.begin(batch.lane().index);
}

AgentsCase::LaneTime AgentsCase::now() const noexcept {
    timespec cpu{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu);
    return {.wall_ns = clock_->now_ns(),
            .cpu_ns = static_cast<std::uint64_t>(cpu.tv_sec) * 1'000'000'000 +
                      static_cast<std::uint64_t>(cpu.tv_nsec)};
}

void AgentsCase::run(assay::batch& batch) {
    const std::size_t lane = batch.lane().index;
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    std::uint64_t done = 0;
    const LaneTime begin = now();
    for (; done < batch.iterations(); ++done) {
        if (!crowd_.round(lane, done, cancelled)) {
            break;
        }
    }
    const LaneTime end = now();
    times_[lane] = {end.wall_ns - begin.wall_ns, end.cpu_ns - begin.cpu_ns, true};
    batch.done(done);
    batch.items(done * crowd_.agents_of(lane));
}

void AgentsCase::finish(assay::batch& batch, assay::context& host) {
    const std::size_t lane = batch.lane().index;
    if (!std::exchange(times_[lane].ran, false)) {
        return;
    }
    batch.checksum(crowd_.digest(lane));
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    host.metric("steps_rate", static_cast<double>(batch.done() * crowd_.agents_of(lane)));
    host.metric("agent_bytes", static_cast<double>(crowd_.bytes(lane)));
    host.metric("tensor_bytes", static_cast<double>(crowd_.tensor_bytes(lane)));
    host.metric("agents_counted", static_cast<double>(crowd_.agents_of(lane)));
    if (lane == 0 && options_.lanes > 1 && batch.done() == batch.iterations()) {
        report_efficiency(batch, host);
    }
}

// Everybody's pace against that of lane 0 alone, which takes the same steps once more while the
// others rest: N agents would take it N / its own times as long, and the lanes share that.
void AgentsCase::report_efficiency(const assay::batch& batch, assay::context& host) {
    LaneTime together;
    for (const LaneTime& time : times_) {
        together.wall_ns = std::max(together.wall_ns, time.wall_ns);
        together.cpu_ns = std::max(together.cpu_ns, time.cpu_ns);
    }
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    crowd_.begin(0);
    const LaneTime begin = now();
    for (std::uint64_t round = 0; round < batch.done(); ++round) {
        if (!crowd_.round(0, round, cancelled)) {
            return;
        }
    }
    const LaneTime end = now();
    const double share = static_cast<double>(options_.agents) /
                         static_cast<double>(crowd_.agents_of(0) * options_.lanes);
    const auto efficiency = [share](std::uint64_t alone_ns, std::uint64_t together_ns) {
        return share * static_cast<double>(alone_ns) / static_cast<double>(together_ns);
    };
    host.metric("efficiency", efficiency(end.wall_ns - begin.wall_ns, together.wall_ns));
    host.metric("cpu_efficiency", efficiency(end.cpu_ns - begin.cpu_ns, together.cpu_ns));
}

namespace {

// A launch of one lane is pinned to one processor, so this is asked of the machine.
std::uint32_t processors() {
    const long online = ::sysconf(_SC_NPROCESSORS_ONLN);
    return static_cast<std::uint32_t>(std::clamp(online, 1L, 1024L));
}

std::vector<std::int64_t> crowd_sizes(std::uint32_t lanes) {
    std::vector<std::int64_t> sizes;
    for (std::int64_t agents = 1; agents <= 1024; agents *= 2) {
        if (agents >= lanes) {
            sizes.push_back(agents);
        }
    }
    if (sizes.empty()) {
        sizes.push_back(lanes);
    }
    return sizes;
}

void add_crowd_axis(assay::family_builder family, std::uint32_t lanes) {
    const std::vector<std::int64_t> sizes = crowd_sizes(lanes);
    const std::int64_t middle = std::clamp<std::int64_t>(64, sizes.front(), sizes.back());
    family.axis("agents", sizes)
        .unit("{agent}")
        .help("divided among the lanes")
        .quick({middle})
        .standard({sizes.front(), middle, sizes.back()});
}

void add_metrics(assay::family_builder family, std::uint32_t lanes) {
    family.metric("steps_rate", "{step}/s", assay::higher, assay::rate)
        .help("steps of agents in a second, of all lanes together");
    family.metric("agent_bytes", "By", assay::no_direction, assay::sum)
        .help("memory of the agents, counted over what they hold, once per batch");
    family.metric("tensor_bytes", "By", assay::no_direction, assay::sum)
        .help("of that, the entries of their own tensors and counts");
    family.metric("agents_counted", "{agent}", assay::no_direction, assay::sum)
        .help("agents whose memory was counted");
    family
        .metric("memory_per_agent",
                "By/{agent}",
                assay::lower,
                assay::ratio("agent_bytes", "agents_counted"))
        .help("agent_bytes / agents_counted; workspaces are the lanes' and not in it")
        .exact()
        .gate();
    family
        .metric("tensors_per_agent",
                "By/{agent}",
                assay::no_direction,
                assay::ratio("tensor_bytes", "agents_counted"))
        .help("tensor_bytes / agents_counted; 0 where agents share the model's")
        .exact();
    if (lanes > 1) {
        family.metric("efficiency", "1", assay::higher)
            .help("time of the agents one after another on one lane, by the pace of lane 0 alone "
                  "in the same batch, over lanes times the time on all lanes together")
            .derived();
        family.metric("cpu_efficiency", "1", assay::higher)
            .help("the same by the lanes' CPU time: what they take from each other through memory "
                  "and caches, without what other programs take from them")
            .derived();
    }
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help("beliefs compared by digest: on one lane, on the family's, and on one more")
        .exact();
}

} // namespace

void add_agents(assay::suite& suite, const ModelAxis& models) {
    const std::uint32_t most = processors();
    for (std::uint32_t lanes = 1; lanes <= most;
         lanes = lanes < most ? std::min(2 * lanes, most) : most + 1) {
        auto family =
            suite.custom<AgentsCase>("agents_" + std::to_string(lanes), assay::shape::independent);
        family
            .help("a step of every agent of many, on " + std::to_string(lanes) +
                  (lanes == 1 ? " lane" : " lanes"))
            .tags("active-inference", "agent")
            .lanes(lanes);
        add_crowd_axis(family, lanes);
        models.add(family,
                   {.names = {"25x12", "5x5"},
                    .help = "states of each factor, moved by 4 actions each; as many modalities, "
                            "each sees all"});
        family.axis("tensors", {"shared", "private", "learnt"})
            .help("A and B are one for all, each agent's own, or its own and learnt in every step")
            .quick(2)
            .standard(2);
        add_metrics(family, lanes);
    }
}

} // namespace assay::inference

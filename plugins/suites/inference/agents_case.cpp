#include "agents_case.hpp"

#include "active_inference/agent/agent_fault.hpp"
#include "model_settings.hpp"

#include <algorithm>
#include <ctime>
#include <iterator>
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
// Of all agents on one lane: at most so many, and no new one after so long.
constexpr std::size_t kPasses = 7;
constexpr std::uint64_t kPassesNs = 200'000'000;
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

CrowdOptions crowd_options_of(const assay::params& params, const ai::FactoredModel& model) {
    const std::int64_t agents = params.i64("agents");
    if (agents < 1 || static_cast<std::uint64_t>(agents) > kAgentsMax) {
        throw assay::config_error("agents=" + std::to_string(agents) + ": expected 1 to " +
                                  std::to_string(kAgentsMax));
    }
    const CrowdOptions options{.agents = static_cast<std::size_t>(agents),
                               .lanes = params.lanes(),
                               .tensors = tensors_of(params),
                               .horizon = params.config<ModelSettings>().steps()};
    if (const auto fault = ai::agent_fault(model, {.horizon = options.horizon})) {
        throw assay::config_error("model=" + params.str("model") + ": " + *fault);
    }
    if (options.agents < options.lanes) {
        throw assay::skip("agents=" + std::to_string(agents) + " are fewer than the " +
                          std::to_string(options.lanes) + " lanes");
    }
    if (options.tensors != TensorOwner::all) {
        const std::size_t each = AgentCrowd::bytes_of_one(model, options);
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

// Of every agent, the lanes on threads of their own.
std::vector<std::uint64_t> digests_of(const ai::FactoredModel& model,
                                      const ObservationPool& pool,
                                      const CrowdOptions& options) {
    AgentCrowd crowd(model, pool, options);
    std::vector<std::thread> threads;
    for (std::size_t lane = 0; lane < options.lanes; ++lane) {
        threads.emplace_back([&crowd, lane] {
            crowd.enter(lane);
            crowd.begin(lane);
            for (std::uint64_t round = 0; round < kRoundsVerified; ++round) {
                static_cast<void>(crowd.round(lane, round));
            }
        });
    }
    std::vector<std::uint64_t> all;
    for (std::size_t lane = 0; lane < options.lanes; ++lane) {
        threads[lane].join();
        std::ranges::copy(crowd.digests(lane), std::back_inserter(all));
    }
    return all;
}

} // namespace

AgentsCase::AgentsCase(const assay::params& params)
    : model_(model_of(params))
    , options_(crowd_options_of(params, model_))
    , clock_(&params.context())
    , pool_(observations_of(params, model_, kObservationsOfAgents))
    , crowd_(model_, pool_, options_)
    , times_(options_.lanes) {}

// The same bytes on one lane, on the lanes of the case, and on one more.
void AgentsCase::verify(assay::context& host) {
    CrowdOptions few = options_;
    few.agents = std::min(options_.agents, std::max(kAgentsVerified, options_.lanes + 1));
    few.lanes = 1;
    const std::vector<std::uint64_t> expected = digests_of(model_, pool_, few);
    std::size_t compared = 0;
    for (const std::size_t lanes : {options_.lanes, options_.lanes + 1}) {
        few.lanes = std::min(lanes, few.agents);
        const std::vector<std::uint64_t> found = digests_of(model_, pool_, few);
        for (std::size_t agent = 0; agent < expected.size(); ++agent, ++compared) {
            if (found[agent] != expected[agent]) {
                throw assay::wrong_result(
                    "agent " + std::to_string(agent) + " of " + std::to_string(few.agents) +
                    " on " + std::to_string(few.lanes) + " lanes does not do what it does on one");
            }
        }
    }
    host.metric("values_verified", static_cast<double>(compared));
}

void AgentsCase::prepare(assay::batch& batch) {
    crowd_.begin(batch.lane().index);
}

AgentsCase::Moment AgentsCase::now() const noexcept {
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
    const Moment begin = now();
    for (; done < batch.iterations(); ++done) {
        if (!crowd_.round(lane, done, cancelled)) {
            break;
        }
    }
    const Moment end = now();
    times_[lane] = {.begin_ns = begin.wall_ns,
                    .end_ns = end.wall_ns,
                    .cpu_ns = end.cpu_ns - begin.cpu_ns,
                    .ran = true};
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
    const double steps = static_cast<double>(batch.done() * crowd_.agents_of(lane));
    const CrowdWork work = crowd_.work(lane);
    host.metric("steps_rate", steps);
    host.metric("contractions", static_cast<double>(work.contractions) / steps);
    host.metric("logarithms", static_cast<double>(work.logarithms) / steps);
    host.metric("agent_bytes", static_cast<double>(crowd_.bytes(lane)));
    host.metric("tensor_bytes", static_cast<double>(crowd_.tensor_bytes(lane)));
    host.metric("agents_counted", static_cast<double>(crowd_.agents_of(lane)));
    if (lane == 0 && options_.lanes > 1 && batch.done() == batch.iterations()) {
        report_efficiency(batch, host);
    }
}

// All agents on one lane, the rounds of this batch, while the other lanes rest: a crowd of its own,
// so that the agents of the case stay what they are. The median of some passes, as one may be
// interrupted.
void AgentsCase::measure_one_lane(const assay::batch& batch) {
    CrowdOptions one = options_;
    one.lanes = 1;
    AgentCrowd all(model_, pool_, one);
    all.enter(0);
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    std::vector<std::uint64_t> wall_ns, cpu_ns;
    for (std::uint64_t spent_ns = 0; wall_ns.size() < kPasses && spent_ns < kPassesNs;) {
        all.begin(0);
        const Moment begin = now();
        for (std::uint64_t round = 0; round < batch.done(); ++round) {
            if (!all.round(0, round, cancelled)) {
                return;
            }
        }
        const Moment end = now();
        wall_ns.push_back(end.wall_ns - begin.wall_ns);
        cpu_ns.push_back(end.cpu_ns - begin.cpu_ns);
        spent_ns += wall_ns.back();
    }
    const auto a_round = [&](std::vector<std::uint64_t>& passes) {
        const auto middle = passes.begin() + static_cast<std::ptrdiff_t>(passes.size() / 2);
        std::ranges::nth_element(passes, middle);
        return static_cast<double>(*middle) / static_cast<double>(batch.done());
    };
    one_lane_ = {.wall_ns = a_round(wall_ns), .cpu_ns = a_round(cpu_ns)};
}

void AgentsCase::report_efficiency(const assay::batch& batch, assay::context& host) {
    if (!one_lane_) {
        measure_one_lane(batch);
    }
    if (!one_lane_) {
        return; // cancelled
    }
    const Efficiency found = lane_efficiency(*one_lane_, times_, batch.done());
    host.metric("efficiency", found.wall);
    host.metric("cpu_efficiency", found.cpu);
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

void add_crowd_metrics(assay::family_builder family, std::uint32_t lanes) {
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
        .help(
            "agent_bytes / agents_counted, with the tables that agents keep of their own tensors; "
            "workspaces are the lanes' and not in it")
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
            .help("time of a round of all agents on one lane, the median of up to 7 passes once in "
                  "the launch, over lanes times the time of a round on all lanes, from the first "
                  "lane's begin to the last one's end")
            .derived();
        family.metric("cpu_efficiency", "1", assay::higher)
            .help("the same by the CPU time of the threads, the busiest lane's: what lanes take "
                  "from each other through "
                  "memory and caches, without what other programs take from them")
            .derived();
    }
    family.metric("contractions", "{contraction}", assay::no_direction, assay::mean)
        .help("tensor contractions of a step of an agent");
    family.metric("logarithms", "{logarithm}", assay::no_direction, assay::mean)
        .help("logarithms of a step of an agent; after as many rounds as many for any number of "
              "agents, as a life's first step takes fewer");
    family.metric("values_verified", "{digest}", assay::no_direction, assay::sum)
        .help("digests compared: one of each agent's beliefs, G and actions over three rounds, on "
              "one lane against the family's and against one more")
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
            .lanes(lanes)
            .clock(assay::clock::wall); // of one lane as of several: their rates are compared
        add_crowd_axis(family, lanes);
        models.add(family,
                   {.names = {"25x12", "5x5"},
                    .help = "states of each factor, moved by 4 actions each; as many modalities, "
                            "each sees all"});
        family.axis("tensors", {"shared", "private", "learnt"})
            .help("A and B are one for all, each agent's own, or its own and learnt in every step")
            .quick(2)
            .standard(2);
        add_crowd_metrics(family, lanes);
    }
}

} // namespace assay::inference

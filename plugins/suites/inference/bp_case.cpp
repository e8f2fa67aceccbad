#include "bp_case.hpp"

#include "active_inference/number_text.hpp"
#include "active_inference/result_digest.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "bp_verification.hpp"
#include "evidence_graph.hpp"
#include "model_axis.hpp"
#include "model_settings.hpp"

#include <cmath>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

// Loopy graphs that converge at all do so in some tens of sweeps; a sequential sweep passes a
// message along a whole chain one way, but only a step the other.
constexpr std::uint64_t kSweepsMax = 1000;

GraphShape graph_of(const assay::params& params) {
    const std::string name = params.str("graph");
    const auto shape = graph_shape_from(name);
    if (!shape) {
        throw assay::config_error("graph=" + name + ": expected " + graph_shape_form());
    }
    if (const std::size_t bytes = graph_bytes(*shape); bytes > kGraphBytesMax) {
        throw assay::skip("graph=" + name + " needs " + std::to_string(bytes) +
                          " bytes of tables, more than " + std::to_string(kGraphBytesMax));
    }
    return *shape;
}

ai::MessageOrder schedule_of(const assay::params& params, bool has_loops) {
    const std::string name = params.str("schedule");
    if (name == "sequential") {
        return ai::MessageOrder::sequential;
    }
    if (name == "flooding") {
        return ai::MessageOrder::flooding;
    }
    if (name == "residual") {
        return ai::MessageOrder::residual;
    }
    if (name != "forward_backward") {
        throw assay::config_error("schedule=" + name +
                                  ": expected sequential, flooding, residual or forward_backward");
    }
    if (has_loops) {
        throw assay::skip("schedule=forward_backward needs a graph without loops, graph=" +
                          params.str("graph") + " has some");
    }
    return ai::MessageOrder::forward_backward;
}

double checked(const assay::params& params, const char* axis, double least, double below) {
    const double value = params.f64(axis);
    if (!(value >= least && value < below)) {
        throw assay::config_error(std::string(axis) + "=" + ai::number_text(value) + ": expected " +
                                  ai::number_text(least) + " to below " + ai::number_text(below));
    }
    return value;
}

ai::PropagationOptions propagation_options(const assay::params& params, bool has_loops) {
    ai::PropagationOptions options{.schedule = schedule_of(params, has_loops),
                                   .damping = checked(params, "damping", 0, 1),
                                   .tolerance = checked(params, "tolerance", 1e-15, 1),
                                   .sweeps_max = kSweepsMax};
    if (options.schedule == ai::MessageOrder::forward_backward && options.damping > 0) {
        throw assay::skip("schedule=forward_backward takes no damping");
    }
    const std::string domain = params.str("domain");
    if (domain != "linear" && domain != "logarithmic") {
        throw assay::config_error("domain=" + domain + ": expected linear or logarithmic");
    }
    options.domain = domain == "linear" ? ai::Domain::linear : ai::Domain::logarithmic;
    return options;
}

} // namespace

BpCase::Problem BpCase::problem_of(const assay::params& params) {
    const auto& settings = params.config<ModelSettings>();
    if (settings.has_model() && params.str("graph") == settings.name()) {
        const ai::FactoredModel& model = settings.model();
        const auto observed = observations_of(params, model, 1);
        Problem problem{evidence_graph(model, ai::prior_beliefs(model), observed.front())};
        problem.has_loops = inference::has_loops(problem.graph);
        return problem;
    }
    const GraphShape shape = graph_of(params);
    return {timing_graph(shape, params.seed()), shape.has_loops()};
}

BpCase::BpCase(Problem problem, const assay::params& params)
    : has_loops_(problem.has_loops)
    , graph_(std::move(problem.graph))
    , options_(propagation_options(params, has_loops_))
    , clock_(&params.context())
    , solver_(graph_, options_) {}

void BpCase::verify(assay::context& host) {
    const ai::PropagationOutcome outcome = solver_.run([&host] { return host.cancelled(); });
    const BpQuality quality = verify_bp({graph_, solver_, outcome, options_.tolerance, has_loops_});
    host.metric("values_verified", static_cast<double>(quality.values_compared));
    host.metric("converged", outcome.ending == ai::Ending::converged ? 1 : 0);
    host.metric("sweeps", static_cast<double>(outcome.sweeps));
    if (outcome.contradiction) {
        host.warn(ai::contradiction_text(*outcome.contradiction));
    }
    if (outcome.log_partition) {
        host.metric("log_partition", *outcome.log_partition);
    }
    if (quality.error && quality.log_partition_error) {
        host.metric("error", *quality.error);
        host.metric("log_partition_error", *quality.log_partition_error);
    }
}

void BpCase::run(assay::batch& batch) {
    std::uint64_t done = 0, messages = 0, multiply_adds = 0;
    const std::uint64_t begin = clock_->now_ns();
    for (; done < batch.iterations(); ++done) {
        outcome_ = solver_.run([&batch] { return batch.cancelled(); });
        if (outcome_.ending == ai::Ending::cancelled) {
            break;
        }
        messages += outcome_.work.messages;
        multiply_adds += outcome_.work.multiply_adds;
    }
    run_ns_ = clock_->now_ns() - begin;
    messages_ = messages;
    multiply_adds_ = multiply_adds;
    batch.done(done);
    batch.items(messages);
    ran_ = true;
}

// Every iteration is the same run, so the last one stands for all.
void BpCase::finish(assay::batch& batch, assay::context& host) {
    if (!std::exchange(ran_, false) || batch.done() < batch.iterations()) {
        return;
    }
    ai::ResultDigest digest;
    for (std::size_t v = 0; batch.iterations() > 0 && v < graph_.extents.size(); ++v) {
        digest.add(solver_.marginal(v));
    }
    digest.add(outcome_.log_partition.value_or(0));
    batch.checksum(digest.value());
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    const auto runs = static_cast<double>(batch.done());
    host.metric("messages", static_cast<double>(messages_) / runs);
    host.metric("multiply_adds", static_cast<double>(multiply_adds_) / runs);
    if (outcome_.ending == ai::Ending::converged) {
        host.metric("time_to_tolerance", static_cast<double>(run_ns_) / runs);
    }
}

namespace {

void add_graph_axis(assay::family_builder family, const assay::document& config) {
    constexpr const char* kHelp =
        "grid<rows>x<columns>_<states>, <chain|ring|tree|hmm><variables>_<states>, "
        "random<variables>; given_<digits>: the model of the settings";
    auto asked = names_in(
        config,
        "graphs",
        [](std::string_view name) { return graph_shape_from(name).has_value(); },
        graph_shape_form());
    if (const std::string given = given_model_name(config); !given.empty()) {
        asked.insert(asked.begin(), given);
    }
    if (!asked.empty()) {
        family.axis("graph", asked).help(kHelp);
        return;
    }
    family
        .axis("graph",
              {"grid5x5_4",
               "random10",
               "random20",
               "grid10x10_2",
               "grid20x20_8",
               "grid50x50_2",
               "grid100x100_2",
               "chain1000_4",
               "chain200_20",
               "grid30x30_2",
               "ring100_3",
               "tree1000_4",
               "hmm1000_4"})
        .help(kHelp)
        .quick(2)
        .standard(9);
}

void add_bp_axes(assay::family_builder family) {
    family.axis("schedule", {"sequential", "flooding", "residual", "forward_backward"})
        .help("variable after variable, all at once, most changed first, or two passes over a "
              "graph without loops")
        .variant("sequential")
        .quick(3);
    family.axis("domain", {"linear", "logarithmic"})
        .help("messages as probabilities or as their logarithms")
        .variant("linear")
        .quick(1)
        .standard(1);
    family.axis("damping", {0.0}).unit("1").help("share of the old message that is kept");
    family.axis("tolerance", {1e-9}).unit("1").help("largest change of a message at the end");
}

void add_bp_metrics(assay::family_builder family) {
    family.metric("time_to_tolerance", "ns", assay::lower)
        .help("time of a run that converged; unavailable after 1000 sweeps or a contradiction");
    family.metric("converged", "1", assay::higher, assay::min)
        .help("1: no message changes by the tolerance any more")
        .exact()
        .gate();
    family.metric("sweeps", "{sweep}", assay::lower, assay::mean)
        .help("2 |E| messages each")
        .exact();
    family.metric("messages", "{message}", assay::lower, assay::mean)
        .help("messages of a run, counted in the timed batches; messages a second are items_rate");
    family.metric("multiply_adds", "{op}", assay::no_direction, assay::mean)
        .help("multiply-adds of a run's messages");
    family.metric("log_partition", "{nat}", assay::no_direction, assay::last)
        .help("ln Z in the Bethe approximation; unavailable after a contradiction")
        .exact();
    family.metric("error", "1", assay::lower, assay::max)
        .help("largest |b - exact marginal|; without loops or up to 1e6 joint states")
        .exact();
    family.metric("log_partition_error", "{nat}", assay::lower, assay::max)
        .help("|log_partition - exact ln Z|; where there is an error")
        .exact();
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help("marginals that verification compared")
        .exact();
}

} // namespace

void add_bp(assay::suite& suite, const assay::document& config) {
    auto family = suite.custom<BpCase>("bp", assay::shape::independent);
    family.help("marginals of a factor graph by belief propagation, to tolerance")
        .tags("active-inference", "belief-propagation");
    add_graph_axis(family, config);
    add_bp_axes(family);
    add_bp_metrics(family);
}

} // namespace assay::inference

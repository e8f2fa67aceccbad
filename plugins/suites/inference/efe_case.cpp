#include "efe_case.hpp"

#include "active_inference/categorical.hpp"
#include "active_inference/number_text.hpp"
#include "active_inference/policies/policy_fault.hpp"
#include "efe_shape.hpp"
#include "efe_verification.hpp"
#include "model_settings.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kEfeModelSeed = 1, kBeliefSeed = 2;
constexpr std::size_t kBeliefs = 4;
constexpr std::size_t kPlainPolicies = 8; // held against the formula, of each belief others

EfeShape table_shape(const assay::params& params) {
    const std::string name = params.str("table");
    const auto shape = efe_shape_from(name);
    if (!shape) {
        throw assay::config_error("table=" + name + ": expected " + efe_shape_form());
    }
    const std::size_t actions = *std::ranges::max_element(shape->actions);
    const auto bytes = model_bytes(shape->model, actions);
    if (!bytes || *bytes > kModelBytesMax) {
        throw assay::skip("table=" + name + " needs " +
                          (bytes ? std::to_string(*bytes) : "more than 2^64") +
                          " bytes of tensors, more than " + std::to_string(kModelBytesMax));
    }
    if (const auto fault = ai::policy_space_fault(shape->actions, shape->horizon)) {
        throw assay::config_error("table=" + name + ": " + *fault);
    }
    return *shape;
}

ai::EfeOptions efe_options(const assay::params& params, std::size_t horizon) {
    const std::string cache = params.str("cache");
    if (cache != "on" && cache != "off") {
        throw assay::config_error("cache=" + cache + ": expected on or off");
    }
    return {.horizon = horizon, .cache = cache == "on"};
}

std::vector<ai::Beliefs> random_beliefs(const ai::FactoredModel& model, std::uint64_t seed) {
    RandomSource random(seed);
    std::vector<ai::Beliefs> all(kBeliefs, ai::Beliefs(model.state_counts));
    for (ai::Beliefs& q : all) {
        for (std::size_t f = 0; f < q.size(); ++f) {
            std::ranges::generate(q[f], [&] { return 0.01 + random.unit(); });
            ai::normalise(q[f]);
        }
    }
    return all;
}

} // namespace

EfeCase::Problem EfeCase::problem_of(const assay::params& params) {
    const auto& settings = params.config<ModelSettings>();
    if (settings.has_model()) {
        return {settings.model(), horizon_of(params, settings.model())};
    }
    const EfeShape shape = table_shape(params);
    return {efe_model(shape, derived_seed(params.seed(), kEfeModelSeed)), shape.horizon};
}

EfeCase::EfeCase(Problem problem, const assay::params& params)
    : model_(std::move(problem.model))
    , options_(efe_options(params, problem.horizon))
    , beliefs_(random_beliefs(model_, derived_seed(params.seed(), kBeliefSeed)))
    , efe_(model_, nullptr, options_) {}

// With the other setting of the cache the same bits; against the formula the same numbers.
void EfeCase::verify(assay::context& host) {
    ai::EfeOptions turned = options_;
    turned.cache = !options_.cache;
    ai::ExpectedFreeEnergy other(model_, nullptr, turned);
    std::size_t compared = 0;
    for (std::size_t belief = 0; belief < beliefs_.size() && !host.cancelled(); ++belief) {
        const ai::Beliefs& q = beliefs_[belief];
        if (!efe_.evaluate(q) || !other.evaluate(q)) {
            throw assay::wrong_result("the evaluation ended before its last policy");
        }
        for (std::size_t policy = 0; policy < efe_.values().size(); ++policy) {
            const double value = efe_.values()[policy];
            if (std::memcmp(&value, &other.values()[policy], sizeof value) != 0) {
                throw assay::wrong_result("G of policy " + std::to_string(policy) + " is " +
                                          ai::number_text(value) + ", with the cache turned " +
                                          ai::number_text(other.values()[policy]));
            }
        }
        compared += efe_.values().size();
        compared += check_values(model_,
                                 efe_.policies(),
                                 q,
                                 efe_.values(),
                                 {.most = kPlainPolicies, .turn = belief, .turns = kBeliefs});
    }
    host.metric("values_verified", static_cast<double>(compared));
}

// A batch begins with the tables laid out, whatever ran before: its work depends on nothing else.
void EfeCase::prepare(assay::batch&) {
    (void)efe_.evaluate(beliefs_.front());
}

void EfeCase::run(assay::batch& batch) {
    before_ = efe_.work();
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    ai::ResultDigest digest;
    std::uint64_t done = 0;
    std::size_t next = 0;
    for (; done < batch.iterations(); ++done) {
        if (!efe_.evaluate(beliefs_[next], cancelled)) {
            break;
        }
        digest.add(efe_.values());
        next = next + 1 == beliefs_.size() ? 0 : next + 1;
    }
    digest_ = digest;
    batch.done(done);
    batch.items(done * efe_.policies().size());
    ran_ = true;
}

void EfeCase::finish(assay::batch& batch, assay::context& host) {
    if (!std::exchange(ran_, false)) {
        return;
    }
    batch.checksum(digest_.value());
    const ai::PolicyWork& now = efe_.work();
    if (batch.done() == batch.iterations() && !now.adds_up()) {
        throw assay::wrong_result("work done and skipped is not the work that was asked for");
    }
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    const auto each = [&](std::uint64_t after, std::uint64_t before) {
        return static_cast<double>(after - before) / static_cast<double>(batch.done());
    };
    const auto whole = [](std::uint64_t after, std::uint64_t before) {
        return static_cast<double>(after - before);
    };
    host.metric("policies_rate", whole(now.policies, before_.policies));
    host.metric("contractions", each(now.contractions.done, before_.contractions.done));
    host.metric("logarithms", each(now.logarithms.done, before_.logarithms.done));
    host.metric("ops_done", whole(now.multiply_adds.done, before_.multiply_adds.done));
    host.metric("ops_skipped", whole(now.multiply_adds.skipped, before_.multiply_adds.skipped));
    host.metric("ops_total", whole(now.multiply_adds.total, before_.multiply_adds.total));
}

namespace {

void add_efe_metrics(assay::family_builder family) {
    family.metric("policies_rate", "{policy}/s", assay::higher, assay::rate)
        .help("policies evaluated in a second");
    family.metric("contractions", "{contraction}", assay::no_direction, assay::mean)
        .help("tensor contractions of an evaluation");
    family.metric("logarithms", "{logarithm}", assay::no_direction, assay::mean)
        .help("logarithms of an evaluation");
    family.metric("ops_done", "{op}", assay::no_direction, assay::sum)
        .help("multiply-adds of the timed batches");
    family.metric("ops_skipped", "{op}", assay::no_direction, assay::sum)
        .help("multiply-adds that the cache made unnecessary");
    family.metric("ops_total", "{op}", assay::no_direction, assay::sum)
        .help("multiply-adds of every policy and step on its own; done + skipped, checked");
    family.metric("savings", "1", assay::higher, assay::ratio("ops_skipped", "ops_total"))
        .help("ops_skipped / ops_total");
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help("G of policies compared: with the cache turned, bit for bit, and with the formula")
        .exact();
}

void add_table_axis(assay::family_builder family) {
    family
        .axis("table",
              {"10x10_u4x1_h1",
               "10x10_u4x1_h3",
               "10x10_u4x4_h2",
               "20x20_u4x1_h3",
               "25x12_u4x4_h1",
               "5x5x5_u3x3x1_h2"})
        .help("<states of the factors>_u<their actions>_h<steps of a policy>; as many modalities, "
              "each sees all factors")
        .quick({"10x10_u4x1_h1", "25x12_u4x4_h1"});
}

} // namespace

void add_efe(assay::suite& suite, const ModelAxis& models) {
    auto family = suite.custom<EfeCase>("efe", assay::shape::independent);
    family.help("expected free energy of every policy from one belief")
        .tags("active-inference", "policies");
    if (models.given()) {
        models.add(family, {});
        models.add_horizon(family);
    } else {
        add_table_axis(family);
    }
    family.axis("cache", {"off", "on"})
        .help("off: everything for each policy and step; on: tables of the model kept, beginnings "
              "of policies shared")
        .variant("off");
    add_efe_metrics(family);
}

} // namespace assay::inference

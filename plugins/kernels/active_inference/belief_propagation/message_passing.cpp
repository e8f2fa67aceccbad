#include "active_inference/belief_propagation/message_passing.hpp"

#include <array>
#include <type_traits>
#include <utility>

namespace assay::active_inference {

namespace {

constexpr std::size_t kNoneLeftOut = ~std::size_t{0};

} // namespace

template <typename Arithmetic>
MessagePassing<Arithmetic>::MessagePassing(const MessageLayout& layout, double damping)
    : layout_(layout)
    , damping_(damping)
    , sent_(layout.first_message.back())
    , received_(layout.first_message.back())
    , step_received_(std::size_t{layout.degree_max} * layout.extent_max)
    , before_(std::size_t{layout.degree_max} * layout.extent_max)
    , after_(layout.extent_max)
    , fresh_(layout.extent_max)
    , changes_(layout.degree_max)
    , wide_now_(layout.wide_entries_max)
    , wide_next_(layout.wide_entries_max) {}

template <typename Arithmetic>
void MessagePassing<Arithmetic>::reset() noexcept {
    contradiction_.reset();
    for (std::size_t i = 0; i < layout_.variable_count(); ++i) {
        const double share = Arithmetic::from_share(1.0 / layout_.extent[i]);
        std::fill(sent_.data() + layout_.first_message[i],
                  sent_.data() + layout_.first_message[i + 1],
                  share);
    }
}

template <typename Arithmetic>
bool MessagePassing<Arithmetic>::update(std::size_t variable) noexcept {
    if constexpr (std::is_same_v<Arithmetic, Linear>) {
        switch (layout_.compiled_extent[variable]) {
        case 2:
            return update_compiled<2>(variable);
        case 3:
            return update_compiled<3>(variable);
        case 4:
            return update_compiled<4>(variable);
        case 8:
            return update_compiled<8>(variable);
        default:
            break;
        }
    }
    receive_to(variable, step_received_.data());
    return send_from(variable, step_received_.data(), kSkipNone);
}

// The same as receive_to and send_from, with the number of states known to the compiler and what
// one state needs kept in registers.
template <typename Arithmetic>
template <std::size_t kStates>
bool MessagePassing<Arithmetic>::update_compiled(std::size_t variable) noexcept {
    using Row = std::array<double, kStates>;
    const std::size_t first = layout_.first_edge[variable];
    const std::size_t degree = layout_.degree(variable);
    double* const received = step_received_.data();
    double* const before = before_.data();
    Row product;
    std::copy_n(&layout_.local[layout_.first_local[variable]], kStates, product.begin());
    for (std::size_t k = 0; k < degree; ++k) {
        const Edge& edge = layout_.edges[first + k];
        const double* const source = &sent_[edge.source];
        const double* const table = &layout_.tables[edge.table];
        Row message{};
        for (std::size_t x = 0; x < kStates; ++x) {
            const double weight = source[x];
            for (std::size_t y = 0; y < kStates; ++y) {
                message[y] += table[x * kStates + y] * weight;
            }
        }
        std::copy_n(product.begin(), kStates, before + k * kStates);
        std::copy_n(message.begin(), kStates, received + k * kStates);
        for (std::size_t y = 0; y < kStates; ++y) {
            product[y] *= message[y];
        }
    }
    Row after;
    after.fill(1.0);
    double* sent = sent_.data() + layout_.first_message[variable];
    change_count_ = degree;
    for (std::size_t k = degree; k-- > 0;) {
        Row fresh;
        double total = 0;
        for (std::size_t y = 0; y < kStates; ++y) {
            fresh[y] = before[k * kStates + y] * after[y];
            total += fresh[y];
            after[y] *= received[k * kStates + y];
        }
        if (Linear::needs_care(total)) {
            if (!normalise(variable, received, k, fresh.data())) {
                return false;
            }
        } else {
            Linear::divide(fresh.data(), kStates, total);
        }
        changes_[k] = replace(sent + k * kStates, fresh.data(), kStates);
    }
    return true;
}

template <typename Arithmetic>
void MessagePassing<Arithmetic>::receive_to(std::size_t variable, double* into) noexcept {
    const std::size_t states = layout_.extent[variable];
    for (std::size_t e = layout_.first_edge[variable]; e < layout_.first_edge[variable + 1]; ++e) {
        contract(e, states, into);
        into += states;
    }
}

template <typename Arithmetic>
void MessagePassing<Arithmetic>::contract(std::size_t e, std::size_t states, double* out) noexcept {
    const Edge& edge = layout_.edges[e];
    if (edge.source_extent == 0) {
        contract_wide(edge, out);
        return;
    }
    Arithmetic::contract(
        &layout_.tables[edge.table], &sent_[edge.source], {1, edge.source_extent, states}, out);
}

// The axes are summed out from the first to the last, so that what remains behind them is
// contiguous; the own axis stays in front.
template <typename Arithmetic>
void MessagePassing<Arithmetic>::contract_wide(const Edge& edge, double* out) noexcept {
    const WideFactor& factor = layout_.wide[edge.source];
    const double* table = &layout_.tables[factor.table];
    std::size_t entries = factor.entries;
    std::size_t outer = 1;
    for (std::size_t k = 0; k < factor.axis_count; ++k) {
        const WideAxis& axis = layout_.axes[factor.first_axis + k];
        if (k == edge.neighbour) {
            outer = axis.extent;
            continue;
        }
        const SummedAxis shape{outer, axis.extent, entries / outer / axis.extent};
        Arithmetic::contract(table, &sent_[axis.message], shape, wide_next_.data());
        std::swap(wide_now_, wide_next_);
        table = wide_now_.data();
        entries /= axis.extent;
    }
    std::copy_n(table, entries, out);
}

template <typename Arithmetic>
bool MessagePassing<Arithmetic>::send_from(std::size_t variable,
                                           const double* received,
                                           std::size_t skipped) noexcept {
    const std::size_t states = layout_.extent[variable];
    const std::size_t degree = layout_.degree(variable);
    if (degree == 0) {
        change_count_ = 0;
        return true;
    }
    const std::size_t first = layout_.first_edge[variable];
    double* const __restrict before = before_.data();
    double* const __restrict after = after_.data();
    double* const __restrict fresh = fresh_.data();
    std::copy_n(&layout_.local[layout_.first_local[variable]], states, before);
    for (std::size_t k = 0; k + 1 < degree; ++k) {
        for (std::size_t y = 0; y < states; ++y) {
            before[(k + 1) * states + y] =
                Arithmetic::product(before[k * states + y], received[k * states + y]);
        }
    }
    std::fill_n(after, states, Arithmetic::kOne);
    double* const sent = sent_.data() + layout_.first_message[variable];
    change_count_ = degree;
    for (std::size_t k = degree; k-- > 0;) {
        for (std::size_t y = 0; y < states; ++y) {
            fresh[y] = Arithmetic::product(before[k * states + y], after[y]);
            after[y] = Arithmetic::product(after[y], received[k * states + y]);
        }
        if (k + first == skipped) {
            continue;
        }
        if (!normalise(variable, received, k, fresh)) {
            return false;
        }
        changes_[k] = replace(sent + k * states, fresh, states);
    }
    return true;
}

template <typename Arithmetic>
bool MessagePassing<Arithmetic>::send_edge(std::size_t variable, std::size_t edge) noexcept {
    const std::size_t states = layout_.extent[variable];
    const std::size_t degree = layout_.degree(variable);
    const std::size_t k = edge - layout_.first_edge[variable];
    const double* const messages = received(variable);
    double* const __restrict fresh = fresh_.data();
    std::copy_n(&layout_.local[layout_.first_local[variable]], states, fresh);
    for (std::size_t other = 0; other < degree; ++other) {
        for (std::size_t y = 0; other != k && y < states; ++y) {
            fresh[y] = Arithmetic::product(fresh[y], messages[other * states + y]);
        }
    }
    if (!normalise(variable, messages, k, fresh)) {
        return false;
    }
    std::copy_n(fresh, states, &sent_[layout_.message(variable, edge)]);
    return true;
}

// Makes the product without edge k a message. False, and the place is kept, if nothing is left.
template <typename Arithmetic>
bool MessagePassing<Arithmetic>::normalise(std::size_t variable,
                                           const double* received,
                                           std::size_t k,
                                           double* fresh) noexcept {
    const std::size_t states = layout_.extent[variable];
    double total = Arithmetic::sum(fresh, states);
    if (Arithmetic::needs_care(total)) {
        if (!careful_product(variable, received, k, fresh)) {
            contradiction_ = {variable, layout_.edge_factor[layout_.first_edge[variable] + k]};
            return false;
        }
        total = Arithmetic::sum(fresh, states);
    }
    Arithmetic::divide(fresh, states, total);
    return true;
}

// The logarithm of what the product was divided by on the way, or nothing where it is zero.
template <typename Arithmetic>
std::optional<double> MessagePassing<Arithmetic>::careful_product(std::size_t variable,
                                                                  const double* received,
                                                                  std::size_t left_out,
                                                                  double* out) noexcept {
    const std::size_t states = layout_.extent[variable];
    std::copy_n(&layout_.local[layout_.first_local[variable]], states, out);
    double scale = 0;
    for (std::size_t k = 0; k < layout_.degree(variable); ++k) {
        const double* const message = received + k * states;
        if (k == left_out) {
            continue;
        }
        const double largest = *std::max_element(message, message + states);
        double largest_product = Arithmetic::kZero;
        for (std::size_t y = 0; largest > Arithmetic::kZero && y < states; ++y) {
            out[y] = Arithmetic::product(out[y], Arithmetic::quotient(message[y], largest));
            largest_product = std::max(largest_product, out[y]);
        }
        if (!(largest_product > Arithmetic::kZero)) {
            return std::nullopt;
        }
        for (std::size_t y = 0; y < states; ++y) {
            out[y] = Arithmetic::quotient(out[y], largest_product);
        }
        scale += Arithmetic::logarithm(largest) + Arithmetic::logarithm(largest_product);
    }
    if (!(*std::max_element(out, out + states) > Arithmetic::kZero)) {
        return std::nullopt; // the local factor alone
    }
    return scale;
}

// The largest change of a probability; `fresh` is used up.
template <typename Arithmetic>
double
MessagePassing<Arithmetic>::replace(double* old, double* fresh, std::size_t states) noexcept {
    double change = 0;
    for (std::size_t y = 0; y < states; ++y) {
        const double difference = Arithmetic::share(fresh[y]) - Arithmetic::share(old[y]);
        change = std::max(change, std::abs(difference));
    }
    if (damping_ != 0) {
        for (std::size_t y = 0; y < states; ++y) {
            fresh[y] = Arithmetic::mix(fresh[y], old[y], damping_);
        }
        Arithmetic::divide(fresh, states, Arithmetic::sum(fresh, states));
    }
    std::copy_n(fresh, states, old);
    return change;
}

template <typename Arithmetic>
std::optional<double> MessagePassing<Arithmetic>::belief(std::size_t variable,
                                                         std::span<double> out) noexcept {
    const std::size_t states = layout_.extent[variable];
    const double* const messages = received(variable);
    std::copy_n(&layout_.local[layout_.first_local[variable]], states, out.begin());
    for (std::size_t k = 0; k < layout_.degree(variable); ++k) {
        for (std::size_t y = 0; y < states; ++y) {
            out[y] = Arithmetic::product(out[y], messages[k * states + y]);
        }
    }
    double scale = 0;
    double total = Arithmetic::sum(out.data(), states);
    if (Arithmetic::needs_care(total)) {
        const auto taken_out = careful_product(variable, messages, kNoneLeftOut, out.data());
        if (!taken_out) {
            contradiction_ = {variable, Contradiction::kBelief};
            return std::nullopt;
        }
        scale = *taken_out;
        total = Arithmetic::sum(out.data(), states);
    }
    Arithmetic::divide(out.data(), states, total);
    for (double& value : out) {
        value = Arithmetic::share(value);
    }
    return Arithmetic::logarithm(total) + scale;
}

template <typename Arithmetic>
std::optional<double> MessagePassing<Arithmetic>::edge_log_sum(std::size_t variable,
                                                               std::size_t edge) noexcept {
    const std::size_t states = layout_.extent[variable];
    const std::size_t place = layout_.message(variable, edge);
    for (std::size_t y = 0; y < states; ++y) {
        fresh_[y] = Arithmetic::product(sent_[place + y], received_[place + y]);
    }
    const double total = Arithmetic::sum(fresh_.data(), states);
    if (!(total > Arithmetic::kZero)) {
        contradiction_ = {variable, layout_.edge_factor[edge]};
        return std::nullopt;
    }
    return Arithmetic::logarithm(total);
}

template class MessagePassing<Linear>;
template class MessagePassing<Logarithmic>;

} // namespace assay::active_inference

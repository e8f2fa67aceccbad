// The messages of one factor graph and the step from which every schedule is made: a variable
// receives the messages of its factors and sends new ones back.
//
//   MessagePassing<Linear> passing(layout, damping);
//   passing.reset();
//   if (passing.update(variable)) { follow(passing.changes()); }
//
//   m_{a->i}(x_i) = sum over the others of psi_a * product of n_{j->a}       (received)
//   n_{i->a}(x_i) = local_i * product over b != a of m_{b->i}, normalised    (sent)
//
// Only the n are kept; the m live for the length of a step. The product without factor a is one of
// what stands before a and one of what stands after it: no division, so zeros are harmless.
// No allocation after construction; one thread.
#pragma once

#include "active_inference/belief_propagation/message_arithmetic.hpp"
#include "active_inference/belief_propagation/message_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace assay::active_inference {

// Where a product of messages has no state left that is possible.
struct Contradiction {
    static constexpr std::size_t kBelief = ~std::size_t{0};

    std::size_t variable = 0;
    std::size_t factor = kBelief; // receiver of the zero message; kBelief: the marginal itself
};

template <typename Arithmetic>
class MessagePassing {
public:
    static constexpr std::size_t kSkipNone = ~std::size_t{0};

    // The layout must outlive this.
    MessagePassing(const MessageLayout& layout, double damping);

    void reset() noexcept;

    // Receives all messages of a variable and sends all. False: a contradiction.
    [[nodiscard]] bool update(std::size_t variable) noexcept;

    // Of the last update or send, per edge of its variable: the largest difference of probabilities
    // between the new message and the old, before damping.
    [[nodiscard]] std::span<const double> changes() const noexcept {
        return {changes_.data(), change_count_};
    }

    // The halves apart, for schedules that keep the received messages.
    void receive(std::size_t variable) noexcept { receive_to(variable, received(variable)); }

    void receive_edge(std::size_t variable, std::size_t edge) noexcept {
        contract(edge, layout_.extent[variable], &received_[layout_.message(variable, edge)]);
    }

    // All but one, or all.
    [[nodiscard]] bool send(std::size_t variable, std::size_t skipped = kSkipNone) noexcept {
        return send_from(variable, received(variable), skipped);
    }

    [[nodiscard]] bool send_edge(std::size_t variable, std::size_t edge) noexcept;

    [[nodiscard]] const std::optional<Contradiction>& contradiction() const noexcept {
        return contradiction_;
    }

    // The normalised marginal, from received(variable), and the logarithm of its sum before;
    // nothing for a contradiction.
    [[nodiscard]] std::optional<double> belief(std::size_t variable,
                                               std::span<double> out) noexcept;

    // ln of the sum over a factor's table with all messages to it, as the receiver of `edge` sees
    // it; nothing for a contradiction.
    [[nodiscard]] std::optional<double> edge_log_sum(std::size_t variable,
                                                     std::size_t edge) noexcept;

    [[nodiscard]] std::span<const double> sent() const noexcept { return sent_; }

private:
    [[nodiscard]] double* received(std::size_t variable) noexcept {
        return received_.data() + layout_.first_message[variable]; // may be one past the end
    }

    void receive_to(std::size_t variable, double* into) noexcept;
    void contract(std::size_t edge, std::size_t extent, double* out) noexcept;
    void contract_wide(const Edge& edge, double* out) noexcept;

    template <std::size_t kStates>
    [[nodiscard]] bool update_compiled(std::size_t variable) noexcept;
    [[nodiscard]] bool
    send_from(std::size_t variable, const double* received, std::size_t skipped) noexcept;
    [[nodiscard]] std::optional<double> careful_product(std::size_t variable,
                                                        const double* received,
                                                        std::size_t left_out,
                                                        double* out) noexcept;
    [[nodiscard]] bool
    normalise(std::size_t variable, const double* received, std::size_t k, double* fresh) noexcept;
    [[nodiscard]] double replace(double* old, double* fresh, std::size_t states) noexcept;

    const MessageLayout& layout_;
    double damping_;
    std::vector<double> sent_, received_;        // all n, all m (where a schedule keeps them)
    std::vector<double> step_received_;          // the m of one step
    std::vector<double> before_, after_, fresh_; // products of a step
    std::vector<double> changes_;
    std::size_t change_count_ = 0;
    std::vector<double> wide_now_, wide_next_; // a wide table while its axes are summed out
    std::optional<Contradiction> contradiction_;
};

} // namespace assay::active_inference

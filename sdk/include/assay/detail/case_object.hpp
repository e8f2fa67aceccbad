// An open case behind the C interface: owns the author's object, makes and destroys the untimed
// inputs, runs the loop of its shape, digests.
#pragma once

#include "loops.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::detail {

class case_base {
public:
    explicit case_base(const context& host) noexcept
        : host_(host) {}

    case_base(const case_base&) = delete;
    case_base& operator=(const case_base&) = delete;
    virtual ~case_base() = default;

    virtual assay_status verify() = 0;
    virtual void lane_enter(std::uint32_t lane) = 0;
    virtual void prepare(assay_batch& b) = 0;
    virtual void run(assay_batch& b) = 0;
    virtual void finish(assay_batch& b) = 0;
    virtual void lane_leave(std::uint32_t lane) = 0;
    virtual void close() = 0;

    [[nodiscard]] context& host() noexcept { return host_; }

protected:
    context host_;
};

template <class C, std::int32_t Shape>
class case_object final : public case_base {
    using input = typename input_of<C>::type;
    using output = typename output_of<C>::type;

    template <bool WithStart, class = void>
    struct chain_value {
        using type = nothing;
    };

    template <class Dummy>
    struct chain_value<true, Dummy> {
        using type = std::remove_cvref_t<decltype(std::declval<C&>().start(std::uint64_t{}))>;
    };

    static constexpr bool is_chain = Shape == ASSAY_SHAPE_CHAIN && !has_own_run<C>;
    using link_value = typename chain_value<is_chain && has_start<C>>::type;

    static constexpr bool check() {
        if constexpr (has_own_run<C>) {
            return true;
        } else if constexpr (Shape == ASSAY_SHAPE_CHAIN) {
            static_assert(has_start<C>, "a chain needs start(std::uint64_t seed), the first value");
            static_assert(!has_start<C> || callable<C, link_value>,
                          "a chain needs operator()(value) that returns the next value");
        } else if constexpr (has_input<C>) {
            static_assert(
                requires(C & c, std::mt19937_64 & r) { c.make(r); },
                "a case with an input type needs input make(std::mt19937_64&)");
            static_assert(callable<C, input&>,
                          "a case with an input type needs operator()(input&)");
        } else {
            static_assert(callable<C>,
                          "a case needs operator()(), or input and make(), or run(batch&)");
        }
        return true;
    }

    static_assert(std::constructible_from<C, const params&>,
                  "a case needs a constructor that takes assay::params const&");
    static_assert(check());

public:
    explicit case_object(const case_setup& setup)
        : case_base(setup.host)
        , lane_count_(setup.args.lanes == 0 ? 1 : setup.args.lanes)
        , lanes_(std::make_unique<lane_state[]>(lane_count_)) {
        // The constructor may keep a reference to the context: give it the one that stays.
        const case_setup lasting{setup.suite, setup.args, host_};
        body_.emplace(params(lasting));
    }

    assay_status verify() override;
    void prepare(assay_batch& b) override;
    void run(assay_batch& b) override;
    void finish(assay_batch& b) override;

    void lane_enter(std::uint32_t index) override {
        if constexpr (has_lane_enter<C>) {
            body_->lane_enter(lane{index, lane_count_});
        }
    }

    void lane_leave(std::uint32_t index) override {
        if constexpr (has_lane_leave<C>) {
            body_->lane_leave(lane{index, lane_count_});
        }
        state(index).inputs = {};
        state(index).outputs = {};
    }

    void close() override {
        if constexpr (has_close<C>) {
            body_->close(host_);
        }
    }

private:
    // A cache line of its own: lanes write here during their batches.
    struct alignas(64) lane_state {
        std::vector<input> inputs;
        std::vector<output> outputs;
        std::optional<link_value> last;
        bool ran = false;
    };

    lane_state& state(std::uint32_t index) {
        if (index >= lane_count_) {
            throw failure(ASSAY_E_STATE, "lane " + std::to_string(index) + " was not opened");
        }
        return lanes_[index];
    }

    void run_loop(assay_batch& b, lane_state& s);
    void run_chain(assay_batch& b, lane_state& s);
    [[nodiscard]] std::uint64_t digest(const assay_batch& b, const lane_state& s);
    template <class Values>
    [[nodiscard]] std::uint64_t digest_each(const Values& values, std::uint64_t n);

    std::uint32_t lane_count_;
    std::unique_ptr<lane_state[]> lanes_;
    std::optional<C> body_;
};

template <class C, std::int32_t Shape>
assay_status case_object<C, Shape>::verify() {
    const auto judge = [&](auto&& check) -> assay_status {
        if constexpr (std::is_void_v<decltype(check())>) {
            check();
            return ASSAY_OK;
        } else {
            if (!check()) {
                throw wrong_result("verify() returned false");
            }
            return ASSAY_OK;
        }
    };
    if constexpr (requires(C & c, context & h) { c.verify(h); }) {
        return judge([&] { return body_->verify(host_); });
    } else if constexpr (has_verify<C>) {
        return judge([&] { return body_->verify(); });
    } else {
        return ASSAY_SKIP; // this family claims nothing
    }
}

template <class C, std::int32_t Shape>
void case_object<C, Shape>::prepare(assay_batch& b) {
    lane_state& s = state(b.lane);
    s.inputs.clear();
    s.outputs.clear();
    s.last.reset();
    s.ran = false;
    try {
        if constexpr (has_input<C> && !has_own_run<C>) {
            auto random = batch(b).random();
            s.inputs.reserve(b.iterations);
            for (std::uint64_t i = 0; i < b.iterations; ++i) {
                s.inputs.push_back(body_->make(random));
            }
        }
        if constexpr (has_output<C> && !has_own_run<C>) {
            s.outputs.resize(b.iterations);
        }
        if constexpr (is_chain) {
            s.last.emplace(body_->start(mix(b.seed + mix(b.lane))));
        }
        if constexpr (has_own_prepare<C>) {
            batch view(b);
            body_->prepare(view);
        }
    } catch (...) {
        s.inputs = {}; // no run and no finish follow a failed prepare
        s.outputs = {};
        throw;
    }
}

template <class C, std::int32_t Shape>
void case_object<C, Shape>::run(assay_batch& b) {
    lane_state& s = state(b.lane);
    s.ran = false;
    if constexpr (has_own_run<C>) {
        batch view(b);
        body_->run(view);
    } else if constexpr (Shape == ASSAY_SHAPE_CHAIN) {
        run_chain(b, s);
    } else {
        run_loop(b, s);
    }
    s.ran = true;
}

template <class C, std::int32_t Shape>
void case_object<C, Shape>::run_chain(assay_batch& b, lane_state& s) {
    C& body = *body_;
    const lane seat{b.lane, b.lanes};
    link_value x = std::move(*s.last);
    repeat(b, [&](std::uint64_t) {
        x = call(body, seat, std::move(x));
        link(x);
    });
    *s.last = std::move(x);
}

template <class C, std::int32_t Shape>
void case_object<C, Shape>::run_loop(assay_batch& b, lane_state& s) {
    C& body = *body_;
    const lane seat{b.lane, b.lanes};
    [[maybe_unused]] input* const in = s.inputs.data();
    [[maybe_unused]] output* const out = s.outputs.data();
    const auto once = [&](std::uint64_t i) -> decltype(auto) {
        if constexpr (has_input<C>) {
            return call(body, seat, in[i]);
        } else {
            return call(body, seat);
        }
    };
    const auto kept = [&](std::uint64_t i) {
        if constexpr (has_output<C>) {
            out[i] = once(i);
            clobber();
        } else {
            keep_result([&]() -> decltype(auto) { return once(i); });
        }
    };
    if constexpr (Shape == ASSAY_SHAPE_LATENCY) {
        measure_latency(b, host_.host(), kept);
    } else if constexpr (Shape == ASSAY_SHAPE_MANUAL) {
        std::chrono::nanoseconds total{0};
        repeat(b, [&](std::uint64_t i) {
            total += std::chrono::duration_cast<std::chrono::nanoseconds>(once(i));
        });
        batch(b).manual(total);
    } else {
        repeat(b, kept);
    }
}

template <class C, std::int32_t Shape>
template <class Values>
std::uint64_t case_object<C, Shape>::digest_each(const Values& values, std::uint64_t n) {
    std::uint64_t sum = 0;
    for (std::uint64_t i = 0; i < n && i < values.size(); ++i) {
        sum = mix(sum ^ static_cast<std::uint64_t>(body_->digest(values[i])));
    }
    return sum;
}

// 0 means "none", so a digest that happens to be 0 becomes 1.
template <class C, std::int32_t Shape>
std::uint64_t case_object<C, Shape>::digest([[maybe_unused]] const assay_batch& b,
                                            [[maybe_unused]] const lane_state& s) {
    std::uint64_t value = 0;
    if constexpr (is_chain && has_digest<C, link_value>) {
        value = body_->digest(*s.last);
    } else if constexpr (is_chain && has_bits<link_value>) {
        value = bits_of(*s.last);
    } else if constexpr (has_output<C> && has_digest<C, output>) {
        value = digest_each(s.outputs, b.done);
    } else if constexpr (has_input<C> && has_digest<C, input>) {
        value = digest_each(s.inputs, b.done);
    } else if constexpr (has_state_digest<C>) {
        value = body_->digest();
    } else {
        return 0;
    }
    return value == 0 ? 1 : value;
}

template <class C, std::int32_t Shape>
void case_object<C, Shape>::finish(assay_batch& b) {
    lane_state& s = state(b.lane);
    if (s.ran) {
        if (b.checksum == 0) {
            b.checksum = digest(b, s);
        }
        if constexpr (has_items<C>) {
            b.items = static_cast<std::uint64_t>(static_cast<double>(body_->items()) *
                                                 static_cast<double>(b.done));
        }
        if constexpr (has_bytes<C>) {
            b.bytes = static_cast<std::uint64_t>(static_cast<double>(body_->bytes()) *
                                                 static_cast<double>(b.done));
        }
    }
    if constexpr (requires(C & c, batch & view, context & h) { c.finish(view, h); }) {
        batch view(b);
        body_->finish(view, host_);
    } else if constexpr (has_own_finish<C>) {
        batch view(b);
        body_->finish(view);
    }
    s.inputs.clear();
    s.outputs.clear();
}

} // namespace assay::detail

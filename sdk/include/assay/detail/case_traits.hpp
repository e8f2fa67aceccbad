// What members a case class has. The names of this file are the inferred interface of suite.hpp.
#pragma once

#include "../batch.hpp"
#include "../context.hpp"
#include "../params.hpp"

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <random>
#include <type_traits>

namespace assay::detail {

struct nothing {};

template <class C>
struct input_of {
    using type = nothing;
};

template <class C>
requires requires {
    typename C::input;
}

struct input_of<C> {
    using type = typename C::input;
};

template <class C>
struct output_of {
    using type = nothing;
};

template <class C>
requires requires {
    typename C::output;
}

struct output_of<C> {
    using type = typename C::output;
};

template <class C>
concept has_input = requires {
    typename C::input;
};

template <class C>
concept has_output = requires {
    typename C::output;
};

template <class C>
concept has_start = requires(C& c, std::uint64_t seed) {
    c.start(seed);
};

template <class C>
concept has_own_run = requires(C& c, batch& b) {
    c.run(b);
};

template <class C>
concept has_own_prepare = requires(C& c, batch& b) {
    c.prepare(b);
};

template <class C>
concept has_own_finish = requires(C& c, batch& b, context& h) {
    c.finish(b, h);
}

|| requires(C& c, batch& b) {
    c.finish(b);
};

template <class C>
concept has_verify = requires(C& c) {
    c.verify();
}

|| requires(C& c, context& h) {
    c.verify(h);
};

template <class C>
concept has_lane_enter = requires(C& c, lane l) {
    c.lane_enter(l);
};

template <class C>
concept has_lane_leave = requires(C& c, lane l) {
    c.lane_leave(l);
};

template <class C>
concept has_close = requires(C& c, context& h) {
    c.close(h);
};

template <class C>
concept has_items = requires(C const& c) {
    { c.items() } -> std::convertible_to<double>;
};

template <class C>
concept has_bytes = requires(C const& c) {
    { c.bytes() } -> std::convertible_to<double>;
};

// digest(): of the case after a batch; digest(x): of one input, output or of the end of a chain.
template <class C>
concept has_state_digest = requires(C& c) {
    { c.digest() } -> std::convertible_to<std::uint64_t>;
};

template <class C, class T>
concept has_digest = requires(C& c, T const& x) {
    { c.digest(x) } -> std::convertible_to<std::uint64_t>;
};

// operator() may take the lane as its last argument.
template <class C, class... A>
concept callable = std::invocable<C&, A...> || std::invocable<C&, A..., lane>;

template <class C, class... A>
requires callable<C, A...>

[[gnu::always_inline]] inline decltype(auto) call(C& c, lane l, A&&... a) {
    if constexpr (std::invocable<C&, A..., lane>) {
        return c(static_cast<A&&>(a)..., l);
    } else {
        return c(static_cast<A&&>(a)...);
    }
}

// The digest of a value nobody wrote a digest for: its bits, where it has no padding.
template <class T>
inline constexpr bool has_bits = std::is_floating_point_v<T> ||
                                 (std::is_trivially_copyable_v<T> &&
                                  std::has_unique_object_representations_v<T>);

template <class T>
requires has_bits<T> std::uint64_t bits_of(T const& value)
noexcept {
    std::uint64_t digest = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(&value);
    // long double has padding: only its value bytes count.
    std::size_t const size = std::is_same_v<T, long double> && sizeof(T) > 10 ? 10 : sizeof(T);
    for (std::size_t at = 0; at < size; at += sizeof digest) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + at, size - at < sizeof word ? size - at : sizeof word);
        digest = mix(digest ^ word);
    }
    return digest;
}

} // namespace assay::detail

// The host as a plugin sees it during checks: the host's own functions, with an ear on what is said
// through metric(), service() and fail(); and the same host as an older or a newer one would look.
//
//   plugin->iface->create(&checking_host(), ...);
//   const HeardCalls heard = heard_calls();
//   AgedHost old(HostAge::old);   entry(old.table());
//
// Functions of the tables: any thread. Everything else: one thread.
#pragma once

#include "worker/conformance/fenced.hpp"

#include <assay/plugin.h>

#include <array>
#include <cstdint>
#include <optional>

namespace assay::worker::conformance {

// What lies behind a struct of a newer host: room for fields that this plugin does not know.
template <class T>
struct Wide {
    static constexpr std::size_t kBytesBehind = 64;
    static constexpr unsigned char kByteBehind = 0xA5;

    T value{};
    std::array<unsigned char, kBytesBehind> behind{};

    [[nodiscard]] bool untouched() const noexcept {
        for (const unsigned char byte : behind) {
            if (byte != kByteBehind) {
                return false;
            }
        }
        return true;
    }
};

enum class HostAge {
    present,
    old,    // structs end at their size of ABI 1.0, before an inaccessible page
    future, // structs are larger, the minor is 99
};

inline constexpr std::uint32_t kFutureMinor = 99;

const assay_host& checking_host() noexcept;

struct HeardCalls {
    std::uint64_t metrics = 0;
    std::uint64_t metrics_out_of_range = 0, metrics_not_finite = 0;
    std::uint32_t last_index_out_of_range = 0;
    std::uint64_t unknown_services = 0; // answered with NULL
};

// Since the process began. Metrics count against the number set by expect_metrics().
[[nodiscard]] HeardCalls heard_calls() noexcept;
void expect_metrics(std::uint32_t count) noexcept;

// From now on no service is known, whatever its id.
void forget_services() noexcept;

// checking_host() in the shape of another age. Lives as long as the plugin may call it: the
// process.
class AgedHost {
public:
    explicit AgedHost(HostAge age);

    [[nodiscard]] const assay_host* table() const noexcept;

private:
    std::optional<Fenced<assay_host>> old_;
    std::optional<Fenced<Wide<assay_host>>> future_;
};

} // namespace assay::worker::conformance

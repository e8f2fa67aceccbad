// What host and worker say to each other, above the frames of support/frame.hpp. JSON payloads but
// for SLICES (packed SliceRecords) and LATENCY (one encoded LatencyHistogram). This is the
// process-level SDK: versioned, append only, unknown types are skipped by both sides.
//
//   host -> worker   DESCRIBE {suite, config}     -> DESCRIBED {suite description} or REFUSED
//                    LAUNCH {launch request}      -> PHASE*, LOG*, PROGRESS*, READY
//                    TURN {}                      -> TURN_OVER, SLICES*, LATENCY?, RECORD
//                    CHECK {check request}        -> CHECKED {check report}
//                    PROBE {import request}       -> PROBED {sure} or REFUSED
//                    IMPORT {import request}      -> IMPORTED*, then IMPORT_OVER or REFUSED
//                    QUIT {}                      -> BYE {}
//
//   HELLO    {pid, abi, plugin, version, provides: [{kind, name}], isolation}, first of all; or
//   REFUSED  {message, hint, kind: "plugin" | "config"}
//   PHASE    {phase, slice}   LOG {level, text}   PROGRESS {done, what}
//   DYING    {case_id, phase, slice, signal, name, address?}, from a signal handler
// TURN answers READY: the domain tokens are held. A TURN with the cancel word set ends the launch.
//
// Pure functions.
#pragma once

#include "measure/launch.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace assay::measure {

// 2: LATENCY carries a histogram instead of a list.
inline constexpr std::uint16_t kProtocolVersion = 2;

enum class FrameType : std::uint16_t {
    hello = 1,
    described = 2,
    phase = 3,
    ready = 4,
    slices = 5,
    latency = 6,
    turn_over = 7,
    record = 8,
    log = 9,
    progress = 10,
    dying = 11,
    bye = 12,
    refused = 13,     // the plugin could not be loaded or described; {message, hint}
    checked = 14,     // CheckReport
    probed = 15,      // {sure}: 0 to 100
    imported = 16,    // ImportedEvent
    import_over = 17, // {}: parse() has ended well
    describe = 64,
    launch = 65,
    turn = 66,
    quit = 67,
    check = 68,       // CheckRequest; only to a worker that was started for checks
    probe = 69,       // ImportRequest
    import_file = 70, // ImportRequest
};

json::value to_json(const LaunchRequest& request);
Result<LaunchRequest> launch_request_from_json(const json::value& document);

// The record without slices and latency, which travel packed.
json::value to_json(const LaunchRecord& record);
Result<LaunchRecord> launch_record_from_json(const json::value& document);

std::string pack(std::span<const SliceRecord> slices);
Result<std::vector<SliceRecord>> unpack_slices(std::string_view bytes);

// The memfd page both processes map (fd 5). Only lock-free atomics: the worker's signal handler and
// the plugin's batch->cancel read it at any moment.
struct SharedPage {
    std::atomic<std::uint32_t> cancel{0};
    std::atomic<std::uint32_t> phase{0}; // LaunchPhase
    std::atomic<std::uint32_t> slice{0};
    std::uint32_t reserved = 0;
    std::atomic<std::uint64_t> heartbeat{0};
    std::atomic<std::uint64_t> rss_bytes{0};
};

// File descriptors of a worker, as the host hands them over.
inline constexpr int kFramesOutFd = 3;
inline constexpr int kCommandsInFd = 4;
inline constexpr int kSharedPageFd = 5;
inline constexpr int kPairPageFd = 6; // a PairPage; only of workers that were started for a pair

// A worker that cannot write its frames any more ends with this code: it has no other way left to
// say that somebody closed its channel.
inline constexpr int kExitChannelLost = 119;

} // namespace assay::measure

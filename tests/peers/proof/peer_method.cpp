#include "peer_method.hpp"

#include "mann_whitney.hpp"
#include "program.hpp"
#include "statistics/summary.hpp"

#include <chrono>

namespace proof {

namespace json = assay::json;

namespace {

constexpr std::chrono::seconds kProgramMax{300}; // ten repetitions of half a second take 8

assay::Result<Repetitions> run(const std::filesystem::path& program,
                               const std::filesystem::path& folder) {
    const integration::Ended ended =
        integration::run_program({program,
                                  "--benchmark_repetitions=" + std::to_string(kPeerRepetitions),
                                  "--benchmark_format=json"},
                                 {.folder = folder, .timeout = kProgramMax});
    if (ended.exit_code != 0) {
        return assay::Error{assay::ErrorKind::io,
                            program.string() + " ended with exit status " +
                                std::to_string(ended.exit_code) + ": " + ended.err,
                            {}};
    }
    const auto document = assay::parse_json(ended.out);
    return document ? repetitions_in(*document) : document.error();
}

std::optional<PeerFinding> finding(const std::vector<double>& old_times,
                                   const std::vector<double>& new_times) {
    const auto p = two_sided_p(old_times, new_times);
    if (!p) {
        return std::nullopt;
    }
    return PeerFinding{*p,
                       assay::statistics::median(new_times) / assay::statistics::median(old_times)};
}

} // namespace

assay::Result<Repetitions> repetitions_in(const json::value& document) {
    Repetitions repetitions;
    const json::value* rows = assay::json_at(document, "/benchmarks");
    if (rows != nullptr && rows->is_array()) {
        for (const json::value& row : rows->get_array()) {
            if (row.is_object() &&
                assay::json_string(row.get_object(), "run_type") == "iteration") {
                repetitions.real_time.push_back(
                    assay::json_double(row.get_object(), "real_time", 0));
                repetitions.cpu_time.push_back(assay::json_double(row.get_object(), "cpu_time", 0));
            }
        }
    }
    if (repetitions.real_time.size() != kPeerRepetitions) {
        return assay::Error{assay::ErrorKind::protocol,
                            "Google Benchmark's document has " +
                                std::to_string(repetitions.real_time.size()) +
                                " repetitions instead of " + std::to_string(kPeerRepetitions),
                            {}};
    }
    return repetitions;
}

Record compare_by_google_benchmark(const Cell& cell,
                                   const std::filesystem::path& old_program,
                                   const std::filesystem::path& new_program,
                                   const std::filesystem::path& folder) {
    Record record;
    record.cell = cell.name;
    record.method = kGoogleBenchmark;
    const auto begin = std::chrono::steady_clock::now();
    const auto old_times = run(old_program, folder);
    const auto new_times = old_times ? run(new_program, folder) : old_times;
    record.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!new_times) {
        record.failure = new_times.error().message;
        return record;
    }
    record.real_time = finding(old_times->real_time, new_times->real_time);
    record.cpu_time = finding(old_times->cpu_time, new_times->cpu_time);
    return record;
}

} // namespace proof

#include "workers/death.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace assay::workers {

std::string signal_name(int number) {
    const char* name = ::sigabbrev_np(number);
    return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(number);
}

std::string phase_text(const measure::SharedPage& page) {
    constexpr auto last = static_cast<std::uint32_t>(measure::LaunchPhase::close);
    const std::uint32_t number = page.phase.load();
    return number <= last ? std::string(measure::name_of(static_cast<measure::LaunchPhase>(number)))
                          : "unknown";
}

std::string memory_text(std::uint64_t bytes) {
    const double megabytes = static_cast<double>(bytes) / 1e6;
    char text[32];
    if (megabytes >= 1000) {
        std::snprintf(text, sizeof text, "%.1f GB", megabytes / 1e3);
    } else {
        std::snprintf(text, sizeof text, "%.0f MB", megabytes);
    }
    return text;
}

namespace {

// " in demo/dot[n=64], phase measure, slice 3".
std::string place(const Death& death, const LastWords& words, std::int64_t slice) {
    std::string text = words.case_id.empty() ? " in" : " in " + words.case_id + ",";
    text += " phase " + death.phase;
    if (death.phase == measure::name_of(measure::LaunchPhase::measure)) {
        text += ", slice " + std::to_string(slice);
    }
    return text;
}

std::string
of_signal(const Ending& ending, const measure::SharedPage& page, const LastWords& words) {
    std::string text = signal_name(ending.signal);
    if (ending.killed_by_host) {
        return text + " sent by the host";
    }
    if (ending.signal == SIGKILL) {
        const std::uint64_t rss = std::max(page.rss_bytes.load(), ending.peak_rss_bytes);
        return text + " that the host did not send: probably out of memory (RSS " +
               memory_text(rss) + ")";
    }
    if (ending.signal == SIGXCPU) {
        return text + ": used more processor time than its limit";
    }
    if (ending.signal == SIGXFSZ) {
        return text + ": wrote a file larger than its limit";
    }
    const std::string address = json_string(words.dying, "address");
    return address.empty() ? text : text + " at " + address;
}

} // namespace

Death tell_death(const Ending& ending, const measure::SharedPage& page, const LastWords& words) {
    Death death;
    death.killed = ending.killed;
    death.signal = ending.signal;
    death.exit_code = ending.exit_code;
    death.said_bye = words.said_bye;
    death.killed_by_host = ending.killed_by_host;
    death.peak_rss_bytes = ending.peak_rss_bytes;
    death.user_cpu_s = ending.user_cpu_s;
    death.system_cpu_s = ending.system_cpu_s;
    death.phase = json_string(words.dying, "phase", phase_text(page));
    const std::int64_t slice = json_int(words.dying, "slice", std::int64_t{page.slice.load()});
    if (!ending.reaped) {
        death.detail = "still there 10 s after SIGKILL" + place(death, words, slice);
    } else if (ending.killed) {
        death.detail = of_signal(ending, page, words) + place(death, words, slice);
    } else if (words.said_bye) {
        death.detail = "ended with exit code " + std::to_string(ending.exit_code);
    } else {
        death.detail = "the process ended by itself (exit code " +
                       std::to_string(ending.exit_code) + ")" + place(death, words, slice);
    }
    return death;
}

void blame_for_its_end(LaunchOutcome& outcome) {
    measure::LaunchRecord& record = outcome.record;
    if (record.status == measure::CaseStatus::passed && outcome.death && !outcome.death->said_bye) {
        record.status = measure::CaseStatus::crashed;
        record.reason = "after its result: " + outcome.death->detail;
    }
}

} // namespace assay::workers

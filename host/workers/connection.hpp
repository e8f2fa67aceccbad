// A worker process and everything said with it so far: the process, its channel, its last words
// and, once it is over, how it died. What start, describe, launch and quit share.
//
// One thread at a time.
#pragma once

#include "workers/channel.hpp"
#include "workers/death.hpp"
#include "workers/process.hpp"

#include <memory>
#include <optional>
#include <string>

namespace assay::workers {

class Connection {
public:
    explicit Connection(std::shared_ptr<Process> process)
        : process_(process)
        , channel_(std::move(process)) {}

    [[nodiscard]] Process& process() noexcept { return *process_; }

    [[nodiscard]] Channel& channel() noexcept { return channel_; }

    [[nodiscard]] LastWords& words() noexcept { return words_; }

    // Keeps what DYING says; what cannot be read is left to the kernel's facts.
    void heard_dying(const Frame& frame);

    // How it ended, when it has.
    [[nodiscard]] const std::optional<Death>& death() const noexcept { return death_; }

    // Kills what is left of the worker, takes the zombie away and says how it ended. Asked again,
    // it says the same.
    const Death& finish();

private:
    std::shared_ptr<Process> process_;
    Channel channel_;
    LastWords words_;
    std::optional<Death> death_;
};

// The payload of a JSON frame as an object; the error is the protocol's.
[[nodiscard]] Result<json::object> object_in(const Frame& frame);

// The first lines of what it printed, without stacks, for a message: " It printed: 'cannot open
// ...'", or "".
[[nodiscard]] std::string printed_hint(const Printed& printed);

} // namespace assay::workers

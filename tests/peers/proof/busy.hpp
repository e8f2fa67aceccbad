// Other people's work on the machine: processes that compute and allocate while the proof runs, for
// figures under load (--load).
//
//   const Busy busy(5);   // five processes until it goes out of scope
//
// They end with this process, however it ends. One thread.
#pragma once

#include <sys/types.h>
#include <vector>

namespace proof {

class Busy {
public:
    explicit Busy(int processes); // throws std::runtime_error
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;
    ~Busy();

private:
    std::vector<pid_t> pids_;
};

// What such a process does; never returns.
[[noreturn]] void be_busy();

} // namespace proof

// Ends the worker when the host is gone: the other end of fd 4 closed while a launch runs.
//
// PR_SET_PDEATHSIG does the same for most deaths of the host; this covers the rest (a launcher in
// between, a host that closed its end and lives on). It is a signal (SIGIO on the pipe), not a
// thread: a second thread would switch libc and libstdc++ into their multi-threaded ways (atomic
// reference counts, locks in malloc) and every measured figure with them.
//
//   watch_host();                  // before the plugin is loaded
//   set_busy(false);  read_command();  set_busy(true);
#pragma once

namespace assay::worker {

void watch_host() noexcept;

// While the worker waits for a command, the end of the pipe is seen by reading it: a QUIT before it
// is still answered. While it is busy (also before the first command), the end is the end.
void set_busy(bool busy) noexcept;

} // namespace assay::worker

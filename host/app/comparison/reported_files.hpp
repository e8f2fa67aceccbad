// A comparison of two files of other tools that reporters watch. It is advisory, and says so in the
// document, in a note of its own and on stderr: the files were measured at different times.
//
//   return report_files(say, *pair, {"before.json", "after.json"}, bus);
//
// Called from main's thread, with reporters that are open; the bus is left to be finished.
#pragma once

#include "app/exit_code.hpp"
#include "app/importing/file_pair.hpp"
#include "app/message.hpp"
#include "report/bus.hpp"

#include <string>

namespace assay::app {

struct FileNames {
    std::string old_file, new_file;
};

// Errors: those of the store.
Result<ExitCode>
report_files(const Messages& say, const FilePair& pair, const FileNames& names, report::Bus& bus);

// Why what two files say is advice: "advisory: measured at different times and not side by side,
// one run in each file".
std::string advisory_text(const FilePair& pair);

} // namespace assay::app

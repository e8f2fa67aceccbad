// Units of figures, brought to SI base units: the history keeps seconds, bytes and hertz whatever a
// document counted in, so that a program that changes from ms to us does not start another series.
//
//   BaseUnit unit = base_unit("MiB/ms");   // {"By/s", 1048576000, true}
//
// UCUM, and the usual names of bytes (MB = 10^6, MiB = 2^20). Pure; callable from any thread.
#pragma once

#include <string>
#include <string_view>

namespace assay::history {

struct BaseUnit {
    std::string unit;
    double factor = 1;  // a figure in the source's unit times this is one in `unit`
    bool known = false; // otherwise `unit` is the source's, as it is
};

BaseUnit base_unit(std::string_view source);

// What was probably meant by a unit that is not known: "ms" for "msec", "{request}/s" for
// "request/s"; "" where nothing comes near.
std::string likely_unit(std::string_view source);

} // namespace assay::history

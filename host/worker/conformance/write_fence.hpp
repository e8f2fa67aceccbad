// Files can be made, changed and removed below the working folder only, from now until the process
// ends: whatever a plugin wants to leave elsewhere fails where it happens.
//
//   if (!forbid_writing_elsewhere()) note("this kernel cannot do that");
//
// By Landlock, so without privileges; holds for the calling thread and all that it starts.
#pragma once

namespace assay::worker::conformance {

[[nodiscard]] bool forbid_writing_elsewhere() noexcept;

} // namespace assay::worker::conformance

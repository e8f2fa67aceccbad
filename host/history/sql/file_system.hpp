// On what kind of file system a history would lie: several machines may see a network's, and
// SQLite's write-ahead log needs memory that they share.
//
//   Result<std::int64_t> type = file_system_of(".assay/history.db");
//   if (type.ok() && is_network(*type)) use_rollback_journal();
//
// Pure or one system call; callable from any thread.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <string>

namespace assay::history::sql {

// statfs(2)'s type of the nearest folder above `path` that exists, or of the file itself.
Result<std::int64_t> file_system_of(const std::string& path);

[[nodiscard]] bool is_network(std::int64_t type) noexcept;

} // namespace assay::history::sql

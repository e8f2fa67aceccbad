// Where a shared history lies, as people write it: postgresql://user@host:5432/db?options=...
//
//   if (is_postgres_url(where)) ...
//   message = without_password(where) + ": ...";   // what may be shown, logged and recorded
//
// Known in every build, with libpq or without. Pure; callable from any thread.
#pragma once

#include <string>
#include <string_view>

namespace assay::history::sql {

[[nodiscard]] bool is_postgres_url(std::string_view where) noexcept;

// The URL without any password in it, wherever it stands; rather too little of it than too much.
[[nodiscard]] std::string without_password(std::string_view url);

} // namespace assay::history::sql

// Tables in a narrow window: each row a block, each cell behind the title of its column.
//
//   page += "<style>" + page_layout::stacked_style() +
//           page_layout::stacked_titles("t1", {"case", "old", "new"}) + "</style>";
//   page += "<table class=\"stacked t1\"><thead>...</thead><tbody>...";
//
// What names a row (`<th scope="row">`) bears no title. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace page_layout {

// Once in a page.
[[nodiscard]] std::string stacked_style();

// Of the tables of that class; `titles` are the page's own words, without quotes.
[[nodiscard]] std::string stacked_titles(std::string_view table_class,
                                         std::span<const std::string> titles);

} // namespace page_layout

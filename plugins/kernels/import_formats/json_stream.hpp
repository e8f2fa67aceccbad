// The JSON objects that stand in a text, one behind the other or between lines of other things:
// what tools print that write "JSON lines", pretty or not, among the words of a build.
//
//   for (JsonStream stream(file.bytes); std::optional<JsonTree> object = stream.next();) {
//       if (object->root()["reason"].text() == "benchmark-complete") ...
//   }
//
// An object begins a line, spaces aside. Text that only begins like one is passed over; what came
// of it so far is given to `broken`, for whoever knows whether it was one of theirs. One thread.
#pragma once

#include "import_formats/json_tree.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

namespace assay::import_formats {

class JsonStream {
public:
    using Broken = std::function<void(const JsonTree&)>;

    explicit JsonStream(std::string_view text, Broken broken = {});

    // Throws assay::damaged for a text in which so much begins and so little ends that reading it
    // would take forever.
    std::optional<JsonTree> next();

private:
    std::string_view text_;
    Broken broken_;
    std::size_t at_ = 0, wasted_ = 0;
};

} // namespace assay::import_formats

#include "import_formats/json_stream.hpp"

#include <assay/importer.hpp>

#include <utility>

namespace assay::import_formats {
namespace {

// An object may be begun in vain that many times over the length of the text.
constexpr std::size_t kWasteFactor = 4;
constexpr std::size_t kWasteFree = std::size_t{1} << 20;

} // namespace

JsonStream::JsonStream(std::string_view text, Broken broken)
    : text_(text)
    , broken_(std::move(broken)) {
    if (text_.starts_with("\xEF\xBB\xBF")) {
        at_ = 3;
    }
}

std::optional<JsonTree> JsonStream::next() {
    while (at_ < text_.size()) {
        const std::size_t begin = text_.find_first_not_of(" \t\r\n", at_);
        if (begin == std::string_view::npos) {
            break;
        }
        if (text_[begin] == '{') {
            JsonTree tree = JsonTree::read_one(text_, begin);
            if (!tree.is_damaged()) {
                at_ = tree.end();
                return tree;
            }
            wasted_ += tree.end() - begin;
            if (wasted_ > kWasteFactor * text_.size() + kWasteFree) {
                throw damaged(place_in(text_, begin) + ": too many objects have no end");
            }
            if (broken_) {
                broken_(tree);
            }
        }
        const std::size_t newline = text_.find('\n', begin);
        at_ = newline == std::string_view::npos ? text_.size() : newline + 1;
    }
    at_ = text_.size();
    return std::nullopt;
}

} // namespace assay::import_formats

#include "property.hpp"
#include "support/frame.hpp"
#include "targets.hpp"

#include <algorithm>
#include <vector>

namespace assay::fuzz {
namespace {

// The frames of a stream that arrives in pieces of that size, until it ends or breaks.
std::vector<Frame> decode(std::string_view bytes, std::size_t piece) {
    FrameReader reader;
    std::vector<Frame> decoded;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        reader.feed(bytes.substr(at, piece));
        for (;;) {
            auto frame = reader.next();
            if (!frame) {
                return decoded;
            }
            if (!frame->has_value()) {
                break;
            }
            decoded.push_back(std::move(**frame));
        }
    }
    return decoded;
}

} // namespace

void frames(std::string_view bytes) {
    const std::vector<Frame> whole = decode(bytes, std::max<std::size_t>(1, bytes.size()));
    const std::vector<Frame> pieces = decode(bytes, 7);
    require(whole.size() == pieces.size(), "how a stream is cut does not change its frames");
    std::string again;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        require(whole[i].payload == pieces[i].payload && whole[i].type == pieces[i].type,
                "how a stream is cut does not change a frame");
        again += encode_frame(
            whole[i].type, whole[i].version, static_cast<std::uint32_t>(i), whole[i].payload);
    }
    require(decode(again, std::max<std::size_t>(1, again.size())).size() == whole.size(),
            "what was decoded can be encoded and decoded again");
}

} // namespace assay::fuzz

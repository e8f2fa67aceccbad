#include "semantic_tokens/utf8_text.hpp"

#include <cstring>

namespace assay::semantic_tokens {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Of the first bytes that are ASCII, in steps of eight.
std::size_t ascii_prefix(std::string_view bytes, std::size_t from) {
    std::size_t at = from;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, bytes.data() + at, sizeof eight);
        if ((eight & 0x8080'8080'8080'8080ull) != 0) {
            break;
        }
    }
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) {
        ++at;
    }
    return at;
}

struct Character {
    std::size_t bytes = 1;
    bool is_sound = true;
};

// What the second byte of a character may be, by its first (Unicode, table 3-7); later ones are 80
// to BF.
Character character_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
    };
    const unsigned first = byte(0);
    if (first < 0x80) {
        return {};
    }
    if (first < 0xC2 || first > 0xF4) {
        return {1, false};
    }
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    const unsigned least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < least || byte(1) > most) {
        return {1, false};
    }
    for (std::size_t i = 2; i < length; ++i) {
        if (byte(i) < 0x80 || byte(i) > 0xBF) {
            return {i, false};
        }
    }
    return {length, true};
}

} // namespace

Utf8Text well_formed(std::string_view bytes, std::string& room) {
    std::uint64_t replaced = 0;
    std::size_t kept = 0; // up to here, `room` has it
    for (std::size_t at = ascii_prefix(bytes, 0); at < bytes.size(); at = ascii_prefix(bytes, at)) {
        const Character character = character_at(bytes, at);
        if (!character.is_sound) {
            if (replaced == 0) {
                room.clear();
            }
            room.append(bytes.substr(kept, at - kept)).append(kReplacement);
            kept = at + character.bytes;
            ++replaced;
        }
        at += character.bytes;
    }
    if (replaced == 0) {
        return {bytes, 0};
    }
    room.append(bytes.substr(kept));
    return {room, replaced};
}

} // namespace assay::semantic_tokens

#include "semantic_tokens/keyword_lists.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <vector>

namespace assay::semantic_tokens {
namespace {

struct WordList {
    KeywordKind kind;
    std::string_view words; // separated by blanks
};

constexpr std::array<WordList, kKeywordKinds> kBundled{{
    {KeywordKind::violence,
     "kill killing murder assault bomb bombing massacre torture shoot shooting stab maim "
     "mass-casualty"},
    {KeywordKind::credentials,
     "password passwords passphrase api-key private-key secret-key credential credentials "
     "keylogger "
     "exfiltrate exfiltration login-dump"},
    {KeywordKind::malware,
     "malware ransomware rootkit trojan worm botnet backdoor exploit zero-day shellcode payload "
     "spyware"},
    {KeywordKind::self_harm, "suicide suicidal self-harm self-injury overdose harm-yourself"},
    {KeywordKind::fraud,
     "phishing scam forgery forged counterfeit launder laundering embezzle ponzi identity-theft "
     "extort"},
    {KeywordKind::constitutional,
     "constitution constitutional principle principles right rights duty consent oversight "
     "accountability transparency fairness dignity privacy charter amendment"},
    {KeywordKind::control,
     "start stop pause resume reset abort override shutdown restart execute invoke schedule "
     "suspend terminate rollback checkpoint fail-safe"},
    {KeywordKind::structural,
     "begin end section chapter paragraph heading header footer list item table row column figure "
     "appendix index sub-section"},
    {KeywordKind::positive,
     "safe safely helpful honest verified reliable trusted careful respectful accurate kind "
     "constructive well-tested tested fairness dignity"},
    {KeywordKind::negative,
     "hate hateful deceive deception manipulate manipulation corrupt corrupted biased toxic spam "
     "spoofed untrusted malicious ill-formed override exploit"},
}};

std::vector<Keyword> split_lists() {
    std::vector<Keyword> keywords;
    for (const WordList& list : kBundled) {
        for (std::size_t begin = 0; begin < list.words.size();) {
            const std::size_t end = std::min(list.words.find(' ', begin), list.words.size());
            keywords.push_back({list.words.substr(begin, end - begin), list.kind});
            begin = end + 1;
        }
    }
    return keywords;
}

bool is_keyword(std::string_view word) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
    return !word.empty() && word.front() != '-' && word.back() != '-' &&
           word.find("--") == std::string_view::npos && std::ranges::all_of(word, fits);
}

} // namespace

std::span<const Keyword> bundled_keywords() noexcept {
    static const std::vector<Keyword> keywords = split_lists();
    return keywords;
}

void require_sound(std::span<const Keyword> keywords) {
    for (std::size_t i = 0; i < keywords.size(); ++i) {
        if (!is_keyword(keywords[i].word)) {
            throw std::invalid_argument("keyword " + std::to_string(i) + " is '" +
                                        std::string(keywords[i].word) +
                                        "': expected lower case letters, parts joined by '-'");
        }
    }
}

} // namespace assay::semantic_tokens

#include "checked.hpp"

#include "program.hpp"

#include <doctest/doctest.h>

namespace conformance {

namespace fs = std::filesystem;

const std::string& Checked::word_of(const std::string& id) const {
    static const std::string missing = "not there";
    const auto found = outcomes.find(id);
    return found == outcomes.end() ? missing : found->second.word;
}

const std::string& Checked::text_of(const std::string& id) const {
    static const std::string missing;
    const auto found = outcomes.find(id);
    return found == outcomes.end() ? missing : found->second.text;
}

std::string Checked::complaints() const {
    std::string all;
    for (const auto& [id, outcome] : outcomes) {
        if (outcome.word != "success" && outcome.word != "info" && outcome.word != "skipped") {
            all += id + " " + outcome.word + ": " + outcome.text;
        }
    }
    return all;
}

Checked check(const fs::path& plugin, const std::vector<std::string>& only) {
    const integration::Sandbox sandbox;
    // Quiet: after half a minute, as on a busy machine, it would print a sign of life.
    std::vector<std::string> words{"check", plugin.string(), "--format", "json", "--quiet"};
    for (const std::string& id : only) {
        words.insert(words.end(), {"--only", id});
    }
    const integration::Ended ended = sandbox.assay(words);
    Checked checked;
    checked.exit_code = ended.exit_code;
    checked.out = ended.out;
    checked.err = ended.err;
    const assay::Result<assay::json::value> document = assay::parse_json(ended.out);
    if (!document) {
        return checked;
    }
    checked.document = *document;
    for (const assay::json::value& one : checked.document.at("checks").as_array()) {
        Outcome& outcome = checked.outcomes[assay::json_string(one.as_object(), "id")];
        outcome.word = assay::json_string(one.as_object(), "outcome");
        for (const assay::json::value& finding : one.at("findings").as_array()) {
            outcome.text += assay::json_string(finding.as_object(), "text") + "\n";
        }
    }
    return checked;
}

fs::path fixture(const std::string& name) {
    return integration::build_folder() / "tests/fixtures" / (name + ".assay.so");
}

fs::path bundled(const std::string& name) {
    return integration::build_folder() / "lib/assay/plugins" / (name + ".assay.so");
}

fs::path sinner(const std::string& sin) {
    return integration::build_folder() / "tests/bad_plugins" / (sin + ".assay.so");
}

} // namespace conformance

#include "config_lines.hpp"

#include "import_formats/instants.hpp"
#include "import_formats/text_lines.hpp"

namespace go_benchfmt {

namespace formats = assay::import_formats;

void Config::set(std::string_view key, std::string_view value) {
    if (key == "pkg") {
        package_ = value;
    } else if (value.empty()) {
        facts_.erase(std::string(key));
    } else {
        facts_[std::string(key)] = value;
    }
}

std::string Config::value(const std::string& key) const {
    if (key == "pkg") {
        return package_;
    }
    const auto found = facts_.find(key);
    return found == facts_.end() ? std::string{} : found->second;
}

assay::imported_run Config::run() {
    told_ = facts_;
    assay::imported_run run;
    run.tool = "go test -bench";
    for (const auto& [key, text] : facts_) {
        if (key == "goos" || key == "goarch" || key == "cpu") {
            run.hardware.emplace_back(key, text);
        } else if (key == "commit") {
            run.commit = text;
        } else if (key == "branch") {
            run.branch = text;
        } else if (key == "date") {
            run.date = formats::read_instant(text);
        } else {
            run.environment.emplace_back(key, text);
        }
    }
    const std::string processor = value("cpu");
    run.machine = processor.empty() ? value("goos") + " " + value("goarch") : processor;
    return run;
}

bool take_config_line(std::string_view line, Config& config) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || line[0] < 'a' || line[0] > 'z') {
        return false;
    }
    const std::string_view key = line.substr(0, colon);
    const std::string_view rest = line.substr(colon + 1);
    if (key.find_first_of(" \t\"'{}()[]/") != std::string_view::npos ||
        (!rest.empty() && rest.front() != ' ' && rest.front() != '\t')) {
        return false;
    }
    config.set(key, formats::trimmed_text(rest));
    return true;
}

} // namespace go_benchfmt

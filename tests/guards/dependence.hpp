// Who may know whom: the arrows of the host's libraries, for the guards over #include lines and
// over CMake's links. Pure data.
//
//   allowed_below().at("plan")   // {"measure", "plan", "statistics", "support", "workers"}
#pragma once

#include <map>
#include <set>
#include <string>

namespace assay::guards {

// app -> tracking -> {catalog, plan, lanes, verdict, history, report} -> {workers, measure,
// statistics} -> support; siblings do not know each other. `tracking` asks the history with the
// rules of verdicts, for app and for the installed library. `workers` drives the launches that
// `measure` defines, so it stands above it.
inline const std::map<std::string, std::set<std::string>>& allowed_below() {
    static const std::set<std::string> lower{"workers", "measure", "statistics", "support"};
    static const auto above = [](std::set<std::string> more) {
        more.insert(lower.begin(), lower.end());
        return more;
    };
    static const std::map<std::string, std::set<std::string>> table{
        {"support", {"support"}},
        {"statistics", {"statistics", "support"}},
        {"measure", {"measure", "support"}},
        {"workers", {"workers", "measure", "support"}},
        {"worker", {"worker", "measure", "support"}},
        {"catalog", above({"catalog"})},
        {"plan", above({"plan"})},
        {"lanes", above({"lanes"})},
        {"report", above({"report"})},
        {"verdict", above({"verdict"})},
        {"history", above({"history"})},
        {"tracking", above({"tracking", "verdict", "history"})},
        {"library", above({"library", "tracking", "verdict", "history"})},
        {"app",
         above({"app", "catalog", "plan", "lanes", "verdict", "history", "report", "tracking"})},
    };
    return table;
}

} // namespace assay::guards

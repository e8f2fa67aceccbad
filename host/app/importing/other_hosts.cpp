#include "app/importing/other_hosts.hpp"

#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

namespace assay::app {
namespace {

using Hosts = std::set<std::string>;

std::string quoted(const Hosts& hosts) {
    constexpr std::size_t kNamed = 4;
    std::vector<std::string> words;
    for (const std::string& host : hosts) {
        if (words.size() == kNamed) {
            words.push_back(std::to_string(hosts.size() - kNamed) + " more");
            break;
        }
        words.push_back("'" + host + "'");
    }
    return join(words, ", ");
}

// The hosts of other runs of a platform.
Result<Hosts> hosts_before(history::Store& store, const history::Run& run, const Hosts& told) {
    constexpr std::size_t kLookedThrough = 200;
    history::RunQuery query{.platform = run.platform.fingerprint, .limit = kLookedThrough};
    if (!run.project.empty()) {
        query.project = run.project; // series of two projects do not meet
    }
    const auto facts = store.run_facts(query);
    if (!facts) {
        return facts.error();
    }
    Hosts others;
    for (const history::RunFacts& one : *facts) {
        if (std::string host = host_named_in(one.environment);
            !host.empty() && !told.contains(host)) {
            others.insert(std::move(host));
        }
    }
    return others;
}

} // namespace

std::string host_named_in(const json::object& environment) {
    // Google Benchmark, pytest-benchmark, JUnit.
    constexpr std::array kKeys{"host_name", "node", "hostname"};
    for (const char* const key : kKeys) {
        if (std::string host = json_string(environment, key); !host.empty()) {
            return host;
        }
    }
    return {};
}

void warn_of_other_hosts(const Messages& say, history::Store& store, const FileImport& import) {
    std::map<std::string, std::pair<const history::Run*, Hosts>> told; // by fingerprint
    for (const history::Run& run : import.runs) {
        auto& [one, hosts] = told[run.platform.fingerprint];
        one = &run;
        if (std::string host = host_named_in(run.environment); !host.empty()) {
            hosts.insert(std::move(host));
        }
    }
    for (const auto& [fingerprint, of] : told) {
        const auto& [run, hosts] = of;
        const auto others =
            hosts.empty() ? Result<Hosts>(Hosts{}) : hosts_before(store, *run, hosts);
        if (!others || (others->empty() && hosts.size() < 2)) {
            continue; // its runs are recorded, and an error here is no reason to say otherwise
        }
        const std::string also = others->empty()
                                     ? ""
                                     : ", and other runs of platform '" + run->platform.label +
                                           "' here are of " + quoted(*others);
        say.warning(
            import.file + ": it names host " + quoted(hosts) + also +
                ": taken for one machine, since the files tell nothing else apart",
            "--platform NAME keeps machines apart, and says where several are meant as one");
    }
}

} // namespace assay::app

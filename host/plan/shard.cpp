#include "plan/shard.hpp"

#include "plan/stable_hash.hpp"

namespace assay::plan {

Status check_shard(Shard shard) {
    if (shard.index >= 1 && shard.index <= shard.count) {
        return {};
    }
    return Error{ErrorKind::usage,
                 "--shard " + std::to_string(shard.index) + "/" + std::to_string(shard.count) +
                     ": there is no such shard",
                 "shards are numbered from 1: --shard 1/4 to --shard 4/4"};
}

bool in_shard(std::string_view case_id, Shard shard) noexcept {
    return stable_hash(case_id) % shard.count == shard.index - 1;
}

} // namespace assay::plan

#include "active_inference/belief_propagation/two_pass_order.hpp"

#include <cstddef>

namespace assay::active_inference {

namespace {

// The edge by which a variable is bound to a factor.
std::uint32_t edge_to(const MessageLayout& layout, std::uint32_t variable, std::uint32_t factor) {
    std::uint32_t edge = layout.first_edge[variable];
    while (layout.edge_factor[edge] != factor) {
        ++edge;
    }
    return edge;
}

} // namespace

std::optional<TwoPassOrder> two_pass_order(const MessageLayout& layout) {
    TwoPassOrder order;
    const std::size_t count = layout.variable_count();
    order.parent_edge.assign(count, kNoEdge);
    std::vector<bool> seen(count, false);
    for (std::uint32_t root = 0; root < count; ++root) {
        if (seen[root]) {
            continue;
        }
        seen[root] = true;
        order.variables.push_back(root);
        for (std::size_t next = order.variables.size() - 1; next < order.variables.size(); ++next) {
            const std::uint32_t variable = order.variables[next];
            bool loop = false;
            for (std::uint32_t e = layout.first_edge[variable]; e < layout.first_edge[variable + 1];
                 ++e) {
                if (e == order.parent_edge[variable]) {
                    continue;
                }
                layout.for_each_neighbour(e, [&](std::uint32_t neighbour) {
                    loop = loop || seen[neighbour];
                    if (!seen[neighbour]) {
                        seen[neighbour] = true;
                        order.parent_edge[neighbour] =
                            edge_to(layout, neighbour, layout.edge_factor[e]);
                        order.variables.push_back(neighbour);
                    }
                });
            }
            if (loop) {
                return std::nullopt;
            }
        }
    }
    return order;
}

} // namespace assay::active_inference

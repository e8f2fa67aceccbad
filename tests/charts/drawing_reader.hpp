// What tests ask of a drawing: its texts and where they are, its numbers, what can be seen.
//
//   CHECK(complaints_about(lay_out(chart)) == "");    // clipped, overlapping, not finite, not
//   clean
//
// Pure.
#pragma once

#include "charts/display.hpp"

#include <string>
#include <vector>

// Every label, from all groups.
std::vector<assay::charts::Label> labels_in(const assay::charts::Drawing& drawing);

std::vector<std::string> texts_in(const assay::charts::Drawing& drawing);

bool has_text(const assay::charts::Drawing& drawing, const std::string& text);

std::vector<std::string> titles_in(const assay::charts::Drawing& drawing);

// How many shapes of a kind there are, in all groups.
template <class Shape>
std::size_t count_of(const std::vector<assay::charts::Item>& items) {
    std::size_t count = 0;
    for (const assay::charts::Item& item : items) {
        count += std::holds_alternative<Shape>(item.shape) ? 1 : 0;
        if (const auto* group = std::get_if<assay::charts::Group>(&item.shape)) {
            count += count_of<Shape>(group->items);
        }
    }
    return count;
}

// Every polyline, from all groups.
std::vector<assay::charts::Polyline> lines_in(const assay::charts::Drawing& drawing);

// What is wrong with it, a line each: a label that leaves the picture or lies over another one, a
// number that is none, a text that is not clean. "": nothing.
std::string complaints_about(const assay::charts::Drawing& drawing);

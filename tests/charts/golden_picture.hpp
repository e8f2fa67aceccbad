// Pictures against the approved ones in tests/golden/charts/, byte for byte. A difference is
// written beside the build, where `tools/approve` shows and renews it.
//
//   check_picture("trend.svg", svg_text(lay_out(chart)));
//
// One thread.
#pragma once

#include <string>

void check_picture(const std::string& name, const std::string& actual);

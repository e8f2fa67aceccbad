// The importer "@NAME@": text files with one result a line. See assay/importer.hpp.
//
//   # @NAME@ 1
//   sort_small 1250
//   sort_large 98000
//
// Names without spaces, times in nanoseconds.
#include <assay/importer.hpp>

#include <charconv>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view kFirstLine = "# @NAME@ 1\n";

class @NAME@ {
public:
    static constexpr std::string_view extensions = ".txt";

    // 0: not mine, 100: certainly. Below 60 nobody asks again; a name alone is no evidence.
    static int probe(assay::probed_file const& file) {
        return file.head.starts_with(kFirstLine) ? 95 : 0;
    }

    void parse(assay::import_file const& file, assay::import_output& out) {
        assay::imported_run run;
        run.tool = "@NAME@";
        out.begin(run);
        std::size_t at = kFirstLine.size();
        while (at < file.bytes.size()) {
            std::size_t const end = file.bytes.find('\n', at);
            if (end == std::string_view::npos) { // cut off: half a number is another number
                throw assay::damaged(assay::place_in(file.bytes, at) + ": the last line has no end");
            }
            add_line(file, at, end, out);
            at = end + 1;
        }
    }

private:
    static void add_line(assay::import_file const& file,
                         std::size_t begin,
                         std::size_t end,
                         assay::import_output& out) {
        std::string_view const line = file.bytes.substr(begin, end - begin);
        std::size_t const space = line.find(' ');
        char const* const last = line.data() + line.size();
        double nanoseconds = 0;
        bool read = space != std::string_view::npos && space > 0;
        if (read) {
            auto const [stop, error] =
                std::from_chars(line.data() + space + 1, last, nanoseconds);
            read = stop == last && error == std::errc{};
        }
        if (!read) { // what was given before stays, as a partial import
            throw assay::damaged(assay::place_in(file.bytes, begin) +
                                 ": expected a name and nanoseconds");
        }
        assay::imported_case row{.suite = {}, .name = std::string(line.substr(0, space))};
        assay::imported_metric time; // "time" in seconds, lower is better
        time.source_unit = "ns";
        time.samples = {nanoseconds / 1e9};
        row.metrics.push_back(time);
        out.add(row);
    }
};

} // namespace

ASSAY_IMPORTER("@ID@", "@NAME@", "0.1.0", @NAME@)

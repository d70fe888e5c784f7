/// @file
/// Build tool: writes the fonts that pictures are drawn with as a C++ source, compressed.
/// Usage: pack_fonts OUTPUT REGULAR.ttf BOLD.ttf UNIFONT.otf UNIFONT_UPPER.otf

#include <tendril/picture/detail/font_data.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <zlib.h>

#include <stb/stb_truetype.h>

namespace {

using tendril::picture::detail::bitmap_rows;
using tendril::picture::detail::page_length;
using bytes = std::vector<unsigned char>;

/// What is taken of Unifont: no private characters, of the higher planes what terminals show.
struct span_of_characters {
    char32_t first;
    char32_t last;
    bool upper;
};
constexpr std::array<span_of_characters, 5> taken{{{0x00A0, 0xD7FF, false},
                                                   {0xF900, 0xFFFD, false},
                                                   {0x1D400, 0x1D7FF, true},
                                                   {0x1F000, 0x1FAFF, true},
                                                   {0x1FB00, 0x1FBFF, true}}};

[[noreturn]] void fail(std::string const& why)
{
    std::fprintf(stderr, "pack_fonts: %s\n", why.c_str());
    std::exit(1);
}

bytes read_file(char const* path)
{
    std::ifstream file(path, std::ios::binary);
    bytes content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (content.empty())
        fail(std::string("cannot read ") + path);
    return content;
}

bytes packed(bytes const& plain)
{
    auto size = compressBound(plain.size());
    bytes made(size);
    if (compress2(made.data(), &size, plain.data(), plain.size(), Z_BEST_COMPRESSION) != Z_OK)
        fail("cannot compress");
    made.resize(size);
    return made;
}

/// A font whose outlines are the edges of the pixels of a cell 16 high.
class pixel_font {
public:
    explicit pixel_font(char const* path) : file_(read_file(path))
    {
        if (stbtt_InitFont(&font_, file_.data(), 0) == 0)
            fail(std::string(path) + " is no font");
        scale_ = stbtt_ScaleForMappingEmToPixels(&font_, bitmap_rows);
    }

    /// One or two columns of 16 bytes, the leftmost pixel in the highest bit; empty if there is no glyph.
    [[nodiscard]] bytes bitmap(char32_t character) const
    {
        constexpr int baseline = 14;
        auto const glyph = stbtt_FindGlyphIndex(&font_, static_cast<int>(character));
        if (glyph == 0)
            return {};
        int advance = 0;
        int left = 0;
        int right = 0;
        int top = 0;
        int bottom = 0;
        stbtt_GetGlyphHMetrics(&font_, glyph, &advance, nullptr);
        stbtt_GetGlyphBitmapBox(&font_, glyph, scale_, scale_, &left, &top, &right, &bottom);
        // A mark has no width of its own and stands left of where it is drawn.
        auto const width = right - std::min(left, 0) > 8 ? 16 : 8;
        auto const shift = left < 0 ? width : 0;
        std::array<unsigned char, 64 * 64> drawn{};
        auto const columns = std::min(right - left, 64);
        auto const rows = std::min(bottom - top, 64);
        if (columns > 0 && rows > 0)
            stbtt_MakeGlyphBitmap(&font_, drawn.data(), columns, rows, 64, scale_, scale_, glyph);
        bytes made(static_cast<std::size_t>(width / 8 * bitmap_rows));
        for (int y = 0; y < rows; ++y)
            for (int x = 0; x < columns; ++x) {
                auto const at_x = x + left + shift;
                auto const at_y = y + top + baseline;
                if (drawn[static_cast<std::size_t>(64 * y + x)] >= 128 && at_x >= 0 && at_x < width &&
                    at_y >= 0 && at_y < bitmap_rows)
                    made[static_cast<std::size_t>(at_x / 8 * bitmap_rows + at_y)] |=
                        static_cast<unsigned char>(0x80 >> at_x % 8);
            }
        return made;
    }

private:
    bytes file_;
    stbtt_fontinfo font_{};
    float scale_ = 0;
};

class source {
public:
    explicit source(char const* path) : file_(path)
    {
        file_ << "#include <tendril/picture/detail/font_data.hpp>\n";
    }

    void array(std::string_view name, bytes const& content)
    {
        file_ << "namespace {\nconstexpr unsigned char " << name << "[] = {";
        for (std::size_t i = 0; i < content.size(); ++i)
            file_ << (i % 32 == 0 ? "\n" : "") << int(content[i]) << ',';
        file_ << "};\n}\n";
    }
    void text(std::string const& line) { file_ << line << '\n'; }
    void finish()
    {
        if (!file_.flush())
            fail("cannot write the source");
    }

private:
    std::ofstream file_;
};

void write_pages(source& to, pixel_font const& plane_0, pixel_font const& plane_1)
{
    bytes blob;
    std::string pages;
    for (char32_t first = 0; first < 0x20000; first += page_length) {
        bytes kinds(page_length);
        bytes bitmaps;
        for (char32_t i = 0; i < page_length; ++i) {
            auto const character = first + i;
            auto const* const from = std::ranges::find_if(taken, [&](span_of_characters const& each) {
                return character >= each.first && character <= each.last;
            });
            if (from == taken.end())
                continue;
            auto const bitmap = (from->upper ? plane_1 : plane_0).bitmap(character);
            kinds[i] = static_cast<unsigned char>(bitmap.size() / bitmap_rows);
            bitmaps.insert(bitmaps.end(), bitmap.begin(), bitmap.end());
        }
        if (bitmaps.empty())
            continue;
        kinds.insert(kinds.end(), bitmaps.begin(), bitmaps.end());
        auto const page = packed(kinds);
        pages += "{" + std::to_string(static_cast<unsigned>(first)) + ", {pages + " +
                 std::to_string(blob.size()) + ", " + std::to_string(page.size()) + ", " +
                 std::to_string(kinds.size()) + "}},\n";
        blob.insert(blob.end(), page.begin(), page.end());
    }
    to.array("pages", blob);
    to.text("namespace { constexpr tendril::picture::detail::bitmap_page all_pages[] = {\n" + pages + "}; }");
    to.text("std::span<tendril::picture::detail::bitmap_page const> "
            "tendril::picture::detail::bitmap_pages() noexcept { return all_pages; }");
}

void write_outlines(source& to, std::string const& name, char const* path)
{
    auto const plain = read_file(path);
    auto const made = packed(plain);
    to.array(name, made);
    to.text("tendril::picture::detail::packed_bytes tendril::picture::detail::" + name +
            "_outlines() noexcept { return {" + name + ", sizeof " + name + ", " +
            std::to_string(plain.size()) + "}; }");
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 6)
        fail("usage: pack_fonts OUTPUT REGULAR.ttf BOLD.ttf UNIFONT.otf UNIFONT_UPPER.otf");
    source made(argv[1]);
    write_outlines(made, "regular", argv[2]);
    write_outlines(made, "bold", argv[3]);
    write_pages(made, pixel_font(argv[4]), pixel_font(argv[5]));
    made.finish();
}

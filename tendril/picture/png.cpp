#include <tendril/picture/png.hpp>

#include <new>

#include <png.h>

namespace tendril::picture {

std::string to_png(canvas const& from)
{
    png_image head{};
    head.version = PNG_IMAGE_VERSION;
    head.width = static_cast<png_uint_32>(from.width());
    head.height = static_cast<png_uint_32>(from.height());
    head.format = PNG_FORMAT_RGB;
    head.flags = PNG_IMAGE_FLAG_FAST;  // screens are flat areas: filters cost time and win nothing
    std::string file(PNG_IMAGE_PNG_SIZE_MAX(head), '\0');
    png_alloc_size_t size = file.size();
    if (png_image_write_to_memory(&head, file.data(), &size, 0, from.bytes().data(), 0, nullptr) == 0)
        throw std::bad_alloc();
    file.resize(size);
    return file;
}

}  // namespace tendril::picture

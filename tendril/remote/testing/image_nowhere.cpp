/// @file
/// In the place of image.cpp in a program that sends nothing on: so it needs neither zlib nor libmd, of which
/// Debian has none for another machine. Layer: remote (base); for tests.

#include <tendril/remote/image.hpp>

#include <utility>

namespace tendril::remote {

class image::packer {};

image::image(std::string machine, std::string bytes) : machine_(std::move(machine)), bytes_(std::move(bytes))
{
}

image::~image() = default;

result<std::shared_ptr<image>> image::open(std::string const& /*path*/)
{
    return failure(make_error_code(boost::system::errc::function_not_supported), "open a program");
}

bool image::pack_some()
{
    return true;
}

}  // namespace tendril::remote

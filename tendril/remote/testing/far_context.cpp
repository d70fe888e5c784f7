// A program that can only be a context: what is built for another machine and sent there.

#include <tendril/remote/main.hpp>
#include <tendril/remote/testing/tree_functions.hpp>

int main(int argc, char** argv)
{
    return tendril::main(argc, argv, [](tendril::remote::node& /*here*/) { return 2; });
}

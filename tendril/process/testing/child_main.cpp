#include <tendril/process/testing/child_verbs.hpp>

int main(int argc, char** argv)
{
    return tendril::process::testing::run_verb(argc, argv);
}

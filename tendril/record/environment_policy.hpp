#pragma once

/// @file
/// Which variables of the environment get into a recording. Layer: record (base). Spec: asciicast v3 "env".

namespace tendril::record {

/// Which variables of the environment are written.
enum class environment_policy {
    shell_and_term,  ///< SHELL and TERM: any other may hold a secret
    all,             ///< what the header holds: the caller has chosen it
};

}  // namespace tendril::record

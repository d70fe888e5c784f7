# What a third-party prefix of layers.txt means to the linker. Plain library names, so that the exported
# package needs nothing but the same Debian packages.
set(TENDRIL_VENDOR_boost/system "")
set(TENDRIL_VENDOR_boost/asio Threads::Threads)
set(TENDRIL_VENDOR_boost/json boost_json boost_container)
set(TENDRIL_VENDOR_utf8proc utf8proc)
set(TENDRIL_VENDOR_zlib z)
set(TENDRIL_VENDOR_md md)
set(TENDRIL_VENDOR_png png16)
set(TENDRIL_VENDOR_stb stb m)
set(TENDRIL_VENDOR_sqlite3 sqlite3 m ${CMAKE_DL_LIBS})
set(TENDRIL_VENDOR_zstd zstd)
set(TENDRIL_VENDOR_pcre2 pcre2-8)
set(TENDRIL_VENDOR_openssl ssl crypto)

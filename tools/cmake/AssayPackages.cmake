# Every package the build uses, found once. Required ones fail with the command that installs them;
# optional ones turn one named component off and say so in the summary.
find_package(Threads REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS headers)
find_package(TBB 2021.8 CONFIG REQUIRED COMPONENTS tbb)
find_package(valijson CONFIG REQUIRED)
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto)
find_package(SQLite3 3.40 REQUIRED)
find_package(PostgreSQL QUIET) # a shared history; without it only files
find_package(fmt 9 CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(Eigen3 3.4 CONFIG QUIET)
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(CAIRO QUIET IMPORTED_TARGET cairo>=1.16) # PNG of charts; without it SVG only
  pkg_check_modules(FFTW QUIET IMPORTED_TARGET fftw3>=3.3 fftw3f) # suite cgl, which is GPL with it
endif()
find_path(HNSWLIB_INCLUDE_DIR hnswlib/hnswlib.h) # header-only; without it no index hnsw in `retrieval`
if(ASSAY_DEVELOPER_MODE)
  find_package(doctest 2.4.9 CONFIG REQUIRED)
  find_package(benchmark CONFIG QUIET)
endif()

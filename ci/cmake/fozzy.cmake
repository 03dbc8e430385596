# How every target of the project is built: dependencies, warnings and the
# functions fozzy_library, fozzy_tests and fozzy_proto.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# -O2 compiles faster than -O3; a kernel that gains from more asks for it.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)

option(FOZZY_TESTS "build the tests" ON)
option(FOZZY_FUZZ "build every x_fuzz.cc, which needs clang" OFF)
set(FOZZY_SANITIZE "" CACHE STRING
  "sanitizers to build with, as for -fsanitize=")

find_program(FOZZY_CCACHE ccache)
if(FOZZY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${FOZZY_CCACHE})
endif()

add_library(fozzy_flags INTERFACE)
target_compile_options(fozzy_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
  -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough -Werror
  -ffp-contract=off -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
target_include_directories(fozzy_flags INTERFACE ${CMAKE_SOURCE_DIR})
if(FOZZY_SANITIZE)
  target_compile_options(fozzy_flags INTERFACE
    -fsanitize=${FOZZY_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(fozzy_flags INTERFACE -fsanitize=${FOZZY_SANITIZE})
endif()
if(FOZZY_FUZZ)
  target_compile_options(fozzy_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
find_program(FOZZY_MOLD mold)
if(FOZZY_MOLD)
  target_link_options(fozzy_flags INTERFACE -fuse-ld=mold)
endif()

# Linked statically, so that starting fozzy costs 1 ms and not 5; see
# find_static below for the names.
find_package(absl CONFIG REQUIRED)
find_package(Protobuf REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)

# Defines INTERFACE library `target` for a header and its static archive.
function(find_static target archive)
  find_library(${target}_ARCHIVE NAMES ${archive} REQUIRED)
  add_library(${target} INTERFACE)
  target_link_libraries(${target} INTERFACE ${${target}_ARCHIVE})
endfunction()

find_static(fozzy_protobuf libprotobuf-lite.a)
find_static(fozzy_zlib libz.a)
find_static(fozzy_deflate libdeflate.a)
find_static(fozzy_re2 libre2.a)

# Abseil's archives depend on each other in cycles: they are one group.
find_library(FOZZY_ABSL_STRINGS NAMES libabsl_strings.a REQUIRED)
get_filename_component(_absl_folder ${FOZZY_ABSL_STRINGS} DIRECTORY)
file(GLOB _absl_archives ${_absl_folder}/libabsl_*.a)
list(FILTER _absl_archives EXCLUDE REGEX "flags|test|mock")
add_library(fozzy_absl INTERFACE)
target_link_libraries(fozzy_absl INTERFACE
  -Wl,--start-group ${_absl_archives} -Wl,--end-group)

find_package(Threads REQUIRED)
if(FOZZY_TESTS)
  enable_testing()
  find_package(GTest REQUIRED)
endif()

# Declares static library `name`.
#   SOURCES  its .cc files, listed
#   PUBLIC   its public headers, all in include/fozzy/
#   DEPS     the libraries it is linked with
function(fozzy_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${name} PRIVATE fozzy_flags)
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${name} ${scope}
    $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}>)
  if(ARG_PUBLIC)
    target_sources(${name} ${scope} FILE_SET HEADERS
      BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include FILES ${ARG_PUBLIC})
  endif()
  target_link_libraries(${name} ${scope} ${ARG_DEPS})
  set_property(GLOBAL APPEND PROPERTY FOZZY_LIBRARIES ${name})
endfunction()

# Tests that use threads of the host: for ThreadSanitizer.
add_custom_target(stress_tests)

# Declares one test program per name: `x_test` is built from x_test.cc and
# labelled with its folder at the root, "sim" say; an x_stress_test is labelled
# "stress" too, and is part of the target stress_tests.
#   DEPS  the libraries they are linked with
function(fozzy_tests)
  if(NOT FOZZY_TESTS)
    return()
  endif()
  set(seconds 10)
  if(FOZZY_SANITIZE)
    set(seconds 120)
  endif()
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR
    BASE_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE label)
  set(has_bodies NO)
  if(label MATCHES "^(sim|scenarios|cli|backends/(alloc|channels|reactive))")
    set(has_bodies YES)
  endif()
  string(REGEX REPLACE "/.*" "" label ${label})
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  foreach(test ${ARG_UNPARSED_ARGUMENTS})
    add_executable(${test} ${test}.cc)
    target_link_libraries(${test} PRIVATE
      fozzy_flags ${ARG_DEPS} GTest::gmock GTest::gtest_main)
    add_test(NAME ${test} COMMAND ${test}
      WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    set(labels ${label})
    if(test MATCHES "_stress_test$")
      list(APPEND labels stress)
      add_dependencies(stress_tests ${test})
    endif()
    set_tests_properties(${test} PROPERTIES
      TIMEOUT ${seconds} LABELS "${labels}")
    # A run that finds something leaves the stacks of its tasks behind, and what
    # they own: by design, so leaks say nothing where C++ bodies are run.
    if(FOZZY_SANITIZE MATCHES address AND has_bodies)
      set_tests_properties(${test} PROPERTIES
        ENVIRONMENT ASAN_OPTIONS=detect_leaks=0)
    endif()
    # Fibers are threads to ThreadSanitizer, which otherwise ends a process that
    # starts a thread after it was forked by one with several.
    if(FOZZY_SANITIZE MATCHES thread)
      set_tests_properties(${test} PROPERTIES
        ENVIRONMENT TSAN_OPTIONS=die_after_fork=0)
    endif()
  endforeach()
endfunction()

# Declares static library `name` generated from a .proto file, built without
# our warnings and with the lite runtime.
function(fozzy_proto name proto)
  add_library(${name} STATIC ${proto})
  protobuf_generate(TARGET ${name} LANGUAGE cpp
    PROTOC_OUT_DIR ${CMAKE_CURRENT_BINARY_DIR})
  target_include_directories(${name} SYSTEM
    PRIVATE ${CMAKE_CURRENT_BINARY_DIR} PUBLIC ${CMAKE_BINARY_DIR})
  target_link_libraries(${name} PUBLIC fozzy_protobuf)
endfunction()

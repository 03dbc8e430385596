# What `cmake --install` and `cpack` deliver: the program, its manual pages and
# the public headers, with the library behind them.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
include(archive)

set(_package_archives ${_absl_archives})
foreach(library fozzy_protobuf fozzy_zlib fozzy_deflate fozzy_re2)
  list(APPEND _package_archives ${${library}_ARCHIVE})
endforeach()
# A build with sanitizers has symbols of its own in every object.
if(NOT FOZZY_SANITIZE)
  fozzy_archive(bodies control_proto scenarios scenario_files backends
    backends_virtual backends_host sim_search sim sim_core sim_base trace
    trace_proto NEEDS ${_package_archives})
endif()

set(_package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/fozzy)
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/fozzyConfig.cmake.in
  ${CMAKE_BINARY_DIR}/fozzyConfig.cmake
  INSTALL_DESTINATION ${_package_folder}
  PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/fozzyConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/fozzyConfig.cmake
  ${CMAKE_BINARY_DIR}/fozzyConfigVersion.cmake DESTINATION ${_package_folder})
configure_file(${CMAKE_CURRENT_LIST_DIR}/fozzy.pc.in
  ${CMAKE_BINARY_DIR}/fozzy.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/fozzy.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(TARGET fozzy)
  install(TARGETS fozzy RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(CODE "set(program $<TARGET_FILE:fozzy>)\nset(man_folder \
${CMAKE_INSTALL_MANDIR}/man1)\n")
  install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/install_man_pages.cmake)
endif()

foreach(package sim/base sim/core sim trace backends scenarios)
  set(headers ${CMAKE_SOURCE_DIR}/${package}/include/fozzy)
  if(EXISTS ${headers})
    install(DIRECTORY ${headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
      FILES_MATCHING PATTERN "*.h")
  endif()
endforeach()
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME fozzy)
set(CPACK_PACKAGE_VENDOR fozzy)
set(CPACK_PACKAGE_CONTACT "the fozzy developers <fozzy@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "deterministic simulation and replay testing")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libc6 (>= 2.36)")
# Opened when a scenario asks for real HTTP requests.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS libcurl4)
include(CPack)

# What `cmake --install` and `cpack` deliver: the program, its manual pages and
# the public headers.

include(GNUInstallDirs)

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

# libfozzy.a, what users link: the simulation with everything it stands on, in
# one object whose only global symbols are fozzy's own.  A program may so use
# another version of Abseil or Protocol Buffers beside it.
# Weak symbols can be made local, those that g++ calls unique cannot.
#   fozzy_archive(LIBRARY... NEEDS ARCHIVE...)
#   LIBRARY  targets that go in whole
#   ARCHIVE  files of which only what is needed goes in
function(fozzy_archive)
  cmake_parse_arguments(ARG "" "" "NEEDS" ${ARGN})
  set(whole "")
  foreach(library ${ARG_UNPARSED_ARGUMENTS})
    list(APPEND whole $<TARGET_FILE:${library}>)
  endforeach()
  set(archive ${CMAKE_BINARY_DIR}/libfozzy.a)
  add_custom_command(OUTPUT ${archive}
    COMMAND ld.bfd -r --force-group-allocation -o fozzy_all.o
      --whole-archive ${whole} --no-whole-archive
      --start-group ${ARG_NEEDS} --end-group
    COMMAND sh -c "${CMAKE_NM} fozzy_all.o | awk '$2 == \"u\" {print $3}' > \
fozzy_unique.txt"
    COMMAND ${CMAKE_OBJCOPY} --weaken-symbols=fozzy_unique.txt fozzy_all.o
    COMMAND ${CMAKE_OBJCOPY} --wildcard --keep-global-symbol=*5fozzy*
      --keep-global-symbol=fozzy_* fozzy_all.o fozzy.o
    COMMAND ${CMAKE_COMMAND} -E rm -f ${archive}
    COMMAND ${CMAKE_AR} rcs ${archive} fozzy.o
    COMMAND ${CMAKE_COMMAND} -E rm -f fozzy_all.o fozzy.o fozzy_unique.txt
    DEPENDS ${ARG_UNPARSED_ARGUMENTS}
    WORKING_DIRECTORY ${CMAKE_BINARY_DIR}
    VERBATIM)
  add_custom_target(fozzy_archive ALL DEPENDS ${archive})
  install(FILES ${archive} DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

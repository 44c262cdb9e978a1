# What `cmake --install` puts where; tests/install.sh looks whether it is there.

install(TARGETS ndr-triage ndr-triage-fetch DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES src/ndr-triage.1 src/ndr-triage-fetch.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES src/triage/standard.rules src/triage/standard.forms
        DESTINATION ${CMAKE_INSTALL_DATADIR}/ndr-triage/rules)
install(DIRECTORY schema/ DESTINATION ${CMAKE_INSTALL_DATADIR}/ndr-triage/schema
        FILES_MATCHING PATTERN "*.sql")
# A directory without files does not outlive a checkout.
install(DIRECTORY sieve/ DESTINATION ${CMAKE_INSTALL_DATADIR}/ndr-triage/sieve OPTIONAL
        USE_SOURCE_PERMISSIONS)
install(DIRECTORY examples/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples OPTIONAL
        USE_SOURCE_PERMISSIONS)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

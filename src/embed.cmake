# ndr_embed(TARGET NAME FILE): compiles FILE into TARGET as `extern const std::string_view NAME`
# in namespace ndr::embedded. The text may be of any length; it must not hold ")embedded\"".

set(NDR_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed-file.cmake)

function(ndr_embed target name file)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.cpp)
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DINPUT=${file} -DOUTPUT=${output} -P ${NDR_EMBED_SCRIPT}
        DEPENDS ${file} ${NDR_EMBED_SCRIPT}
        COMMENT "Embedding ${name}")
    # The standard's limit of 65,536 octets is none of Clang's or GCC's.
    set_source_files_properties(${output} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
    target_sources(${target} PRIVATE ${output})
endfunction()

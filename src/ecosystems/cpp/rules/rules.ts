import { ifKnown, type EcosystemRules } from '../../../domain/contract/ecosystem-rules.ts';
import { cmakeContract } from './cmake.ts';
import { languages } from './languages.ts';
import { signs } from './signs.ts';

export const cpp: EcosystemRules = {
  languages,
  signs,
  tests: [/(^|\/)(test_[^/]*|[^/]*_(unit)?tests?)\.(c|cc|cpp|cxx|h|hpp)$/],
  runnerFiles: [
    /\.cmake$/,
    /(^|\/)CMake(User)?Presets\.json$/,
    // Libraries in one header lie anywhere, and look like a product that is headers alone.
    /(^|\/)(catch(_amalgamated)?|doctest|gtest|gmock)\.(h|hpp|cc|cpp)$|(^|\/)(googletest|googlemock)\//,
  ],
  installSettings: [],
  manifests: [],
  installedFrom: [],
  builtFrom: [/\.(c|cc|cpp|cxx|h|hh|hpp|hxx|f|f90)$|(^|\/)(meson\.build|CMakeLists\.txt)$/],
  // It says in one file what is built and what is tested.
  mixed: { files: /(^|\/)CMakeLists\.txt$/, contract: ifKnown(cmakeContract) },
  runnerPackages: '',
  copied: {
    files: /\.(?:h|hh|hpp|hxx|c|cc|cpp|cxx|cmake|txt)$/,
    anywhere:
      /(?:^|\/)(?:catch(?:_amalgamated)?|doctest|gtest|gmock)\.(?:h|hpp|cc|cpp)$|(?:^|\/)(?:googletest|googlemock)\//,
    beside: /(?:^|\/)(?:gtest|gmock|catch2|doctest|cpputest|cmocka|munit)\/|(?:^|\/)(?:unity|cmocka|munit)\.[ch]$/i,
  },
  macros: {
    files: /\.(?:h|hh|hpp|hxx|inl|ipp|tpp)$/i,
    defines: /^[ \t]*#[ \t]*define[ \t]+(\w+)/gm,
    // Of the language and its library, and of those that assert. What a project calls its own constants is in capitals.
    ofOthers: /^(?:NDEBUG|[a-z_]\w*|(?:EXPECT|ASSERT|REQUIRE|CHECK|TEST|BOOST|DOCTEST|CATCH)(?:_\w+)?)$/,
    // What libraries use inside and no code of a project may name: `assert` calls one.
    always: /^(?:NDEBUG|__?[a-z]\w*)$/,
  },
  toolCaches: [/(^|\/)(CMakeCache\.txt|CMakeFiles|\.ninja_(deps|log))(\/|$)/i],
  examples: {
    tests: ['src/test_add.c', 'src/add_test.cc', 'src/add_unittest.cpp', 'src/add_tests.hpp'],
    runner: ['cmake/flags.cmake', 'CMakePresets.json', 'CMakeUserPresets.json', 'include/doctest.h', 'googletest/a.cc'],
    cache: ['build/CMakeCache.txt', 'build/CMakeFiles/add.o', '.ninja_deps'],
    source: ['src/add.c', 'src/attest.cpp', 'src/latest.h'],
  },
};

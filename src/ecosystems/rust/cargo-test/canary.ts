import { identifier, numbers, type Names } from '../../../world/gates/canary/names.ts';
import { ordered, type CanaryMaker } from '../../../world/gates/canary/port.ts';

/** A file that is only built sometimes: whether it is now is not known here. */
const SOMETIMES = /^#!\[cfg\(/m;
/** A module of tests in a file of its own, or a file below `tests/`. */
const TESTS_OUTSIDE = /^#\[(?:\w+::)*test\]/m;
/** A module of tests inside of a source file, with what has to stay first in it. */
const TESTS_INSIDE =
  /^#\[cfg\(test\)\]\s*(?:#\[[^\n]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?mod\s+\w+\s*\{(?:\s*(?:#!\[[^\n]*\]|\/\/[^\n]*))*/m;

export const cargoTestCanary: CanaryMaker = {
  style: (words) => words.join('_'),
  tests: 4,
  candidates: (paths) =>
    ordered(paths.filter((path) => path.endsWith('.rs') && !/(?:^|\/)(?:target|benches)\//.test(path))),
  filters:
    /^(?:--(?:exact|skip|ignored|include-ignored|list|bench|benches|no-run|logfile|format)(?:=|$)|-q$|--quiet$|[^-+].*)/,
  plant(_path, content, names) {
    if (SOMETIMES.test(content)) return null;
    if (TESTS_OUTSIDE.test(content)) return `${content}\n${body(names)}`;
    const found = TESTS_INSIDE.exec(content);
    if (found === null) return null;
    const at = found.index + found[0].length;
    return `${content.slice(0, at)}\n${body(names)}${content.slice(at)}`;
  },
};

/**
 * Four tests, of other shapes and ended in other ways. Each claim is false; the macros are those that the module sees, as a
 * crate may define its own in their place. Nothing here makes a compiler warn, as a crate may forbid warnings.
 */
function body([asserts, returns, expects, unwinds]: Names): string {
  const [a, b] = numbers(asserts);
  const id = `own_${identifier(asserts)}`;
  return `extern crate std as ${id}_std;

fn ${id}_value(value: u64) -> u64 {
    ${id}_std::hint::black_box(value)
}

fn ${id}() -> bool {
    let mut refused = true;
    let mut claim = |lie: fn()| {
        if ${id}_std::panic::catch_unwind(lie).is_ok() {
            refused = false;
        }
    };
    claim(|| assert!(${id}_value(${a}) == ${id}_value(${b})));
    claim(|| assert!(${id}_value(${a}) > ${id}_value(${b}), "more than {}", ${id}_value(${b})));
    claim(|| assert_eq!(${id}_value(${a}), ${id}_value(${b})));
    claim(|| assert_eq!([${id}_value(${a})], [${id}_value(${b})], "as {}", ${id}_value(${b})));
    claim(|| assert_ne!(${id}_value(${a}), ${id}_value(${a})));
    claim(|| {
        if ${id}_value(${a}) != ${id}_value(${b}) {
            panic!("{}", ${id}_value(${a}));
        }
    });
    claim(|| {
        if ${id}_value(${a}) != ${id}_value(${b}) {
            unreachable!("{}", ${id}_value(${a}));
        }
    });
    claim(|| {
        ${id}_std::option::Option::<u64>::None.expect("a value");
    });
    claim(|| {
        ${id}_std::result::Result::<u64, u64>::Err(${id}_value(${a})).unwrap();
    });
    refused
}

#[test]
fn ${asserts}() {
    if ${id}() {
        assert_eq!(${id}_value(${a}), ${id}_value(${b}));
    }
}

#[test]
fn ${returns}() -> ${id}_std::result::Result<(), u64> {
    if ${id}() {
        ${id}_std::result::Result::Err(${id}_value(${a}))
    } else {
        ${id}_std::result::Result::Ok(())
    }
}

#[test]
#[should_panic]
fn ${expects}() {
    if !${id}() {
        panic!("{}", ${id}_value(${a}));
    }
}

#[test]
fn ${unwinds}() {
    if ${id}() {
        ${id}_std::panic::resume_unwind(${id}_std::boxed::Box::new(${id}_value(${a})));
    }
}
`;
}

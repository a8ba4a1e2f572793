import { hollowRuby } from './hollow.ts';
import type { Mark } from '../../../domain/contract/labels/test-case.ts';
import type { AssertionRule, Declared, Language, Source } from '../../../world/syntax/language.ts';
import { childOf, itemsOf, type SyntaxNode } from '../../../world/syntax/nodes.ts';

const WORD = new RegExp(
  String.raw`^\.?(?:RSpec\.|Minitest\.)?(?:([xf]?)(describe|context|feature|it|specify|example|` +
    String.raw`scenario|its)|(test|should|skip|pending|focus|it_behaves_like|it_should_behave_like|` +
    String.raw`include_examples|shared_examples|shared_examples_for|shared_context))$`,
);
const GROUP = /describe|context|feature|shared/;
const SHARED = /^(?:it_|include_)/;
const FIRST: Readonly<Record<string, Mark>> = {
  x: 'skipped',
  f: 'only',
  skip: 'skipped',
  pending: 'xfail',
  focus: 'only',
};
const OPTIONS: Readonly<Record<string, Mark>> = {
  skip: 'skipped',
  pending: 'xfail',
  focus: 'only',
  if: 'skipped',
  unless: 'skipped',
};

/** What is checked is among the arguments, as in `expect(x).to`, or stands in front, as in `x.should`. */
const WAYS = [
  {
    to: String.raw`(?:^|\.)expect(?:_\w+)?\(\)\.to`,
    notTo: String.raw`(?:^|\.)expect(?:_\w+)?\(\)\.(?:not_to|to_not)`,
    must: String.raw`^(?:_|value|expect)\(\)\.`,
  },
  {
    to: String.raw`(?:^|\.)(?:is_expected\.to|should)`,
    notTo: String.raw`(?:^|\.)(?:is_expected\.(?:not_to|to_not)|should_not)`,
    must: String.raw`\.`,
    subject: /\.(?:to|not_to|to_not|should|should_not|must_\w+|wont_\w+)(?:\(\))?$/,
  },
] as const;

const EXPECTATIONS: readonly AssertionRule[] = WAYS.flatMap(({ to, notTo, must, ...subject }) => {
  const TO = new RegExp(`${to}\\(\\)$`);
  const NOT_TO = new RegExp(`${notTo}\\(\\)$`);
  const says = (rule: AssertionRule): AssertionRule => ({ ...rule, ...subject });
  return [
    says({ call: TO, matcher: /^raise_(?:error|exception)(?:\(\))?$/, says: 'throws' }),
    says({ call: TO, matcher: /^be_(?:truthy|falsey|falsy|present|blank)$|^be$/, says: 'condition' }),
    says({
      call: TO,
      matcher:
        /^(?:eq|eql|equal|be|match_array|contain_exactly|have_http_status|match_snapshot)\(\)$|^be_(?:nil|empty|zero)$|^be ==/,
      says: 'exact',
    }),
    says({ call: TO, matcher: /./, says: 'partial' }),
    says({
      call: NOT_TO,
      matcher: /^(?:be_(?:nil|empty|blank|falsey|falsy)|raise_(?:error|exception))(?:\(\))?$|^be\(\)$/,
      says: 'loose',
    }),
    says({ call: NOT_TO, matcher: /./, says: 'partial' }),
    says({ call: new RegExp(`${must}must_(?:equal|be_nil|be_empty|be_same_as|output)(?:\\(\\))?$`), says: 'exact' }),
    says({ call: new RegExp(`${must}must_raise(?:\\(\\))?$`), says: 'throws' }),
    says({ call: new RegExp(`${must}wont_be_(?:nil|empty)(?:\\(\\))?$`), says: 'loose' }),
    says({ call: new RegExp(`${must}(?:must|wont)_\\w+(?:\\(\\))?$`), says: 'partial' }),
  ];
});

const SELF = String.raw`^(?:(?:self|assert|Minitest|Assertions)\.)*`;
const MINITEST: readonly AssertionRule[] = [
  { call: new RegExp(`${SELF}assert_raises?\\(\\)$`), says: 'throws' },
  { call: new RegExp(`${SELF}(?:assert|refute|assert_not)\\(\\)$`), says: 'condition' },
  { call: new RegExp(`${SELF}assert_(?:equal|nil|same|empty|output|response|redirected_to)\\(\\)$`), says: 'exact' },
  {
    call: new RegExp(
      `${SELF}(?:refute_nil|refute_empty|assert_not_nil|assert_not_empty|assert_nothing_raised|assert_present|assert_silent)\\(\\)$`,
    ),
    says: 'loose',
  },
];

/** Ruby: RSpec, minitest, ActiveSupport, test-unit, shoulda. */
export const ruby: Language = {
  hollow: hollowRuby,
  files: /\.rb$/,
  grammar: async () => (await import('../../../world/syntax/wasm/tree-sitter.ts')).treeSitter('ruby'),
  lines: 'ended',
  comments: /^comment$/,
  strings:
    /^(?:string|chained_string|heredoc_body|regex|subshell|character|string_array|symbol_array|delimited_symbol)$/,
  calls: /^call$/,
  bareCalls: /^(?:program|body_statement|block_body|then|else|ensure|begin|(?:if|unless|rescue|while|until)_modifier)$/,
  members: /^scope_resolution$/,
  arguments: /^(?:argument_list|block|do_block)$/,
  functions: /^(?:block|do_block|lambda|method|singleton_method)$/,
  branches:
    /^(?:if|unless|while|until|for|case|case_match|conditional|binary|(?:if|unless|while|until|rescue)_modifier)$/,
  handlers: /^rescue$/,
  runs: new RegExp(
    String.raw`^(?:aggregate_failures|within\w*|freeze_time|travel_to|travel|tap|subtest|` +
      String.raw`assert_(?:no_)?(?:difference|changes|queries\w*|enqueued\w*)|assert_nothing_raised|` +
      String.raw`Timeout\.timeout|Dir\.mktmpdir|Dir\.chdir|Tempfile\.create|Timecop\.\w+)\(\)$`,
  ),
  exits: /^(?:return|break|next)$/,
  statements: [],
  failures: /^(?:flunk|fail|raise)\(\)$/,
  assertions: [
    ...EXPECTATIONS,
    ...MINITEST,
    { call: /\.should(?:_not)?$/, subject: /\.should/, says: 'partial' },
    {
      call: new RegExp(
        String.raw`(?:^|\.)(?:assert|refute|verify|check|ensure|expect(?!_any_instance_of)|must|` +
          String.raw`should)_\w+[?!]?\(\)$|\.(?:assert|verify)_\w+[?!]?$`,
      ),
      says: 'partial',
    },
  ],
  marks: [
    [/^(?:skip|omit)\(\)$/, 'skipped'],
    [/^(?:pending|pend)\(\)$/, 'xfail'],
    [/^focus\(\)$/, 'only'],
  ],
  declares(node, source) {
    if (node.name === 'class') return titled('group', childOf(node, /^(?:constant|scope_resolution)$/));
    if (node.name === 'call') return declaredBy(node, source);
    const title = node.name === 'method' ? childOf(node, /^identifier$/) : undefined;
    return title && /^test_/.test(source.textOf(title)) ? { role: 'test', title, marks: [], lastWins: true } : null;
  },
};

const titled = (role: Declared['role'], title: SyntaxNode | undefined): Declared | null =>
  title ? { role, title, marks: [] } : null;

/** `it 'a', skip: true do … end`, and all that is like it; an `it` without a name has its own word for one. */
function declaredBy(node: SyntaxNode, source: Source): Declared | null {
  const list = childOf(node, /^argument_list$/);
  const body = childOf(node, /^(?:block|do_block)$/);
  const words = node.children.filter((each) => each !== list && each !== body);
  const found = WORD.exec(words.map((each) => source.chainOf(each)).join(''));
  const own = words.at(-1);
  if (!found || !own) return null;
  const word = found[2] ?? found[3] ?? '';
  const items = itemsOf(list).flatMap(({ nodes }) => nodes);
  const names = items.filter(({ name }) => !/^(?:pair|simple_symbol|hash|block_argument)$/.test(name));
  const [title] = names;
  if (SHARED.test(word))
    return title ? { role: 'test', title, name: `${word} ${source.textOf(title)}`, marks: [] } : null;
  // Without a body it is still to be written; a `skip` of that kind is a statement.
  if (!body && (found[2] === undefined || GROUP.test(word) || title?.name !== 'string')) return null;
  if (!title && /^(?:test|should|skip|pending|focus)$/.test(word)) return null;
  const marks = [
    FIRST[found[1] ?? ''] ?? FIRST[word],
    ...items.map((each) => optionMark(each, source)),
    body ? undefined : 'skipped',
  ] as const;
  return {
    role: GROUP.test(word) ? 'group' : 'test',
    title: title ?? own,
    ...nameOf(names, source),
    marks: marks.filter((each) => each !== undefined),
  };
}

/** `describe User, '#save'` is of both. */
const nameOf = (names: readonly SyntaxNode[], source: Source): Pick<Declared, 'name'> =>
  names.length < 2 ? {} : { name: names.map((each) => source.textOf(each).replace(/^(['"])(.*)\1$/s, '$2')).join(' ') };

/** `:focus`, `skip: 'later'`; only what is plainly off is off. */
function optionMark(option: SyntaxNode, source: Source): Mark | undefined {
  const symbol = option.name === 'simple_symbol' ? option : undefined;
  const key = option.name === 'pair' ? option.children[0] : symbol;
  const value = option.name === 'pair' ? option.children.at(-1) : undefined;
  if (!key || (value && /^(?:false|nil)$/.test(source.textOf(value)))) return undefined;
  const name = source.textOf(key).replace(/^:/, '');
  return Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
}

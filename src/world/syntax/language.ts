import type { Assertion, Mark, Strength } from '../../domain/contract/labels/test-case.ts';
import type { Grammar } from './grammar.ts';
import type { SyntaxNode } from './nodes.ts';

/** A node and the text around it, as a language looks at it. */
export interface Source {
  textOf(node: SyntaxNode): string;
  /** Calls and members as one dotted word without arguments: `expect().not.toBe()`. */
  chainOf(node: SyntaxNode): string;
}

export interface Declared {
  readonly role: 'test' | 'group';
  /** The node of its name, which is no part of its body. */
  readonly title: SyntaxNode;
  /** Where the name is not the text of that node. */
  readonly name?: string;
  readonly marks: readonly Mark[];
  readonly cases?: number | null;
  /** It takes the place of one before it that has its name. */
  readonly lastWins?: true;
}

/** An assertion where it stands. */
export interface SeenAssertion {
  readonly node: SyntaxNode;
  readonly assertion: Assertion;
  /** Of the test around, as it is told. */
  readonly test: string;
  /** It is reached wherever the test comes to its end. */
  readonly isSure: boolean;
  /** How many branches, loops, functions and ways out stand between the beginning of its test and it. */
  readonly guards: number;
  /** The node of the test. */
  readonly within: SyntaxNode;
  /** A way to fail is as strong as the condition it stands behind; absent: it says itself what it asks. */
  readonly condition?: readonly SyntaxNode[];
}

/** `condition`: as much as the condition it checks. `throws`: less, where nothing says what is thrown. */
export interface AssertionRule {
  readonly call: RegExp;
  readonly says: Strength | 'condition' | 'throws';
  /** With fewer arguments it is none. */
  readonly least?: number;
  /** Only where one of its arguments is this: `eq(3)` of `expect(x).to eq(3)`, which says what is asked. */
  readonly matcher?: RegExp;
  /** What is checked stands in front of the part that this begins to fit: `x` of `x.Should().Be(3)`. */
  readonly subject?: RegExp;
  /** With so many of them the last says how near is near enough. */
  readonly near?: number;
}

/** How functions of one language are emptied, so that tests of what they do must fail. */
export interface Hollow {
  /** Nodes that are functions. */
  readonly functions: RegExp;
  /** The child that is the body; the last that fits. */
  readonly body: RegExp;
  /** Null: it has no name of its own, and is left as it is. */
  readonly nameOf: (node: SyntaxNode, source: Source) => string | null;
  /** What stands in place of the body, so that the file still loads and the function does nothing; null: it is left as it is. */
  readonly emptied: (node: SyntaxNode, body: SyntaxNode, source: Source) => string | null;
  /** Nodes with tests in them, which stay as they are. */
  readonly holdsTests?: (node: SyntaxNode, source: Source) => boolean;
  /** A line in front of the outermost statement around a function, so that a formatter leaves it as it is. Absent: none is needed. */
  readonly before?: string;
  /** What else must change for the file to load and its tests to run, such as imports that nothing uses any more. */
  readonly settle?: (text: string) => string;
}

/** A name that stands for a part of each row of a table. */
export interface Column {
  /** A list or record, or the name of one that stands in the file. */
  readonly table: SyntaxNode;
  /** Where in a row: by place or by key; null: the whole row. `value`: the table is a record, and it is what stands behind its keys. */
  readonly part: number | string | null | 'value';
}

/** How tests of one language take what they expect out of tables, and how another value of an unknown kind is written. */
export interface Tables {
  /** The column that a name stands for because of this node around it; null: the name is from elsewhere; absent: it says nothing of it. */
  readonly columnOf: (name: string, node: SyntaxNode, source: Source) => Column | null | undefined;
  /** What a node goes through again and again; `some`: certainly something; null: it is no loop. */
  readonly loopOver: (node: SyntaxNode, source: Source) => SyntaxNode | 'some' | null;
  /** Names of variables and what they are said to be. */
  readonly definitions: (node: SyntaxNode, source: Source) => readonly (readonly [string, SyntaxNode])[];
  /** An expression whose value is of the same kind, and never the same. */
  readonly another: (expression: string, by: number) => string;
}

/** How tests are written in one language. First match wins in every list; names are those of the grammar's nodes. */
export interface Language {
  readonly files: RegExp;
  readonly grammar: (path: string) => Promise<Grammar>;
  /** `meaningful`: indentation and line ends are code; `ended`: line ends are. */
  readonly lines: 'meaningful' | 'ended' | 'free';
  readonly comments: RegExp;
  readonly strings: RegExp;
  readonly calls: RegExp;
  /** Nodes in which a name that stands alone is a call. */
  readonly bareCalls?: RegExp;
  readonly members: RegExp;
  readonly arguments: RegExp;
  readonly functions: RegExp;
  readonly branches: RegExp;
  /** Whatever has one of these inside is a branch too. */
  readonly handlers?: RegExp;
  /** Calls that run the function they are given, once and for sure. */
  readonly runs?: RegExp;
  readonly exits: RegExp;
  /** Statements that are assertions: of their condition, or of the branch they stand in. */
  readonly statements: readonly (readonly [RegExp, 'condition' | 'fails'])[];
  readonly assertions: readonly AssertionRule[];
  /** Calls that fail the test where they are reached. */
  readonly failures: RegExp;
  /** Calls and statements that mark the test, or the group or file, that they stand in. */
  readonly marks: readonly (readonly [RegExp, Mark])[];
  /** Part of `rest` where tests stand among other code; absent: all of the file. */
  readonly holdsTests?: (node: SyntaxNode, source: Source) => boolean;
  /** Names of tests that are judged by what they print, whatever is asserted in them. */
  readonly printed?: RegExp;
  /** Arguments that say nothing: the test itself. */
  readonly context?: RegExp;
  /** A third argument of a comparison is no message but how near is near enough, or the order is another one with it. */
  readonly comparesTwo?: true;
  readonly declares: (node: SyntaxNode, source: Source) => Declared | null;
  /** What an assertion says an error must be, where nothing can be that and what `anotherError` makes of it. Absent: not known. */
  readonly errorsIn?: (seen: SeenAssertion, source: Source) => readonly SyntaxNode[];
  /** An error that is none which a product could have meant. */
  readonly anotherError?: (expression: string) => string;
  /** Absent: tests get another expectation where they compare with a literal, and nowhere else. */
  readonly tables?: Tables;
  /** Absent: functions of this language are not emptied. */
  readonly hollow?: Hollow;
}

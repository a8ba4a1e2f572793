import type { LRParser } from '@lezer/lr';
import type { Mark, Strength } from '../../domain/contract/labels/test-case.ts';
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
}

/** `condition`: as much as the condition it checks. `throws`: less, where nothing says what is thrown. */
export interface AssertionRule {
  readonly call: RegExp;
  readonly says: Strength | 'condition' | 'throws';
  /** With fewer arguments it is none. */
  readonly least?: number;
}

/** How tests are written in one language. First match wins in every list; names are those of the grammar's nodes. */
export interface Language {
  readonly name: string;
  readonly files: RegExp;
  readonly parser: (path: string) => Promise<LRParser>;
  /** Indentation and line ends mean something. */
  readonly lines: 'meaningful' | 'free';
  readonly comments: RegExp;
  readonly strings: RegExp;
  readonly calls: RegExp;
  readonly members: RegExp;
  readonly arguments: RegExp;
  readonly functions: RegExp;
  readonly branches: RegExp;
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
  /** Arguments that say nothing: the test itself. */
  readonly context?: RegExp;
  /** A second test or group of a name takes the place of the first. */
  readonly lastWins?: true;
  readonly declares: (node: SyntaxNode, source: Source) => Declared | null;
}

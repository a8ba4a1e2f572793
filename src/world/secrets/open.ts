import { findSecrets, type FoundSecret } from '../../domain/secrets/find.ts';
import { secretValues } from '../../domain/secrets/known.ts';
import { partsOf } from './parts.ts';
import type { Secrets } from './port.ts';
import { textOf } from './text-of.ts';

/** A scanner that also knows the values of `env` whose names say that they are secret: an agent may have been given them. */
export function openSecrets({ env }: { readonly env: NodeJS.ProcessEnv }): Secrets {
  const known = secretValues(env);
  return {
    textOf,
    async scan({ path, content, known: more = [] }) {
      const text = textOf(content);
      const own = [...knownIn(text, [...known, ...more]), ...findSecrets(text)];
      const { withLibrary } = await import('./library.ts');
      const rest: FoundSecret[] = [];
      for (const part of partsOf(text))
        for (const found of await withLibrary(path, part.text)) rest.push({ ...found, at: found.at + part.from });
      return [...own, ...rest.filter((each) => !own.some((other) => overlap(each, other)))]
        .filter(isFirst)
        .sort((a, b) => a.at - b.at);
    },
  };
}

const knownIn = (text: string, values: readonly string[]): readonly FoundSecret[] =>
  values.flatMap((value) => {
    const at = text.indexOf(value);
    return at < 0 ? [] : [{ kind: "a value of the user's environment", value, at }];
  });

const overlap = (a: FoundSecret, b: FoundSecret): boolean =>
  a.at < b.at + b.value.length && b.at < a.at + a.value.length;

const isFirst = (each: FoundSecret, index: number, all: readonly FoundSecret[]): boolean =>
  all.findIndex((other) => overlap(each, other)) === index;

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatesJsonSchema } from './json-schema.ts';
import { KEYS } from './schema.ts';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly description?: string;
  readonly enum?: readonly string[];
}

test('the schema for editors has every key of a gate and of a service, each with what it does, and no other', () => {
  const schema: Node = JSON.parse(JSON.stringify(gatesJsonSchema()));
  const gate = schema.properties?.['gates']?.items;
  const service = gate?.properties?.['services']?.items;
  for (const [node, keys, required] of [
    [gate, KEYS.gate, ['name', 'command']],
    [service, KEYS.service, ['name', 'command', 'ready']],
  ] as const) {
    assert.deepEqual(Object.keys(node?.properties ?? {}), keys);
    assert.deepEqual(node?.required, required);
    assert.equal(node?.additionalProperties, false);
    for (const [key, { description }] of Object.entries(node?.properties ?? {})) assert.ok(description, key);
  }
  assert.ok(gate?.properties?.['reader']?.enum?.includes('pytest'));
});

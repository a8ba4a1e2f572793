import { test } from 'node:test';

test('plain', () => {});

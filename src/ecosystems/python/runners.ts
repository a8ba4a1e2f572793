import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { pytest } from './pytest/reader.ts';
import { unittest } from './unittest/reader.ts';
import { pytestCanary } from './pytest/canary.ts';
import { unittestCanary } from './unittest/canary.ts';

export const python = {
  pytest: { reader: pytest, canary: pytestCanary },
  unittest: { reader: unittest, canary: unittestCanary },
} satisfies Runners;

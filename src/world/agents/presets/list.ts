import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { gemini } from './gemini.ts';
import { kimi } from './kimi.ts';
import { opencode } from './opencode.ts';
import type { Preset } from './preset.ts';
import { qwen } from './qwen.ts';
import { scripted } from './scripted.ts';

/** Every preset; a new one is one file and one entry here. `scripted` is not looked for: it needs a scenario. */
export const PRESETS: readonly Preset[] = [claude, codex, gemini, kimi, opencode, qwen, scripted];

export const presetNamed = (name: string | null): Preset | null =>
  PRESETS.find((preset) => preset.name === name) ?? null;

import type { McpServerStdio } from '@agentclientprotocol/sdk';
import type { Mask } from '../acp/mask.ts';
import type { Beside } from '../turn/launch.ts';
import { openController } from './controller.ts';
import { SOCKET } from './limits.ts';
import type { AnswerTool, ToolSpec, TurnResult } from '../port.ts';

/** What a turn has of its tools. */
export interface Tools {
  readonly beside: Beside;
  readonly servers: readonly McpServerStdio[];
  readonly told: (mask: Mask) => Pick<TurnResult, 'handed'>;
  readonly close: () => Promise<void>;
}

export const NO_TOOLS: Tools = {
  beside: { files: [], binds: [] },
  servers: [],
  told: () => ({}),
  close: async () => undefined,
};

/** Opens the socket of a turn, and says which program the agent is to start for it. */
export async function openTools(
  tools: readonly ToolSpec[],
  answer: AnswerTool,
  program: readonly [string, ...string[]],
): Promise<Tools> {
  const controller = await openController(tools, answer);
  if (controller === null) return NO_TOOLS;
  const [command, ...args] = program;
  return {
    beside: { files: [...program], binds: [{ from: controller.folder, writable: true }] },
    servers: [{ name: 'omk', command, args, env: [{ name: SOCKET, value: controller.socket }] }],
    told: (mask) => {
      const handed = controller.handed().map((call) => ({ ...call, given: mask.json(JSON.parse(call.given)) }));
      return handed.length === 0 ? {} : { handed };
    },
    close: controller.close,
  };
}

/** What a turn claims in its answer. */
export interface Claimed {
  input: number;
  output: number;
  model: string | null;
}

export const nothingClaimed = (): Claimed => ({ input: 0, output: 0, model: null });

interface Usage {
  readonly input: number;
  readonly output: number;
  readonly told?: 'turn' | 'call' | undefined;
  readonly model?: string | undefined;
  readonly cost_usd?: number | undefined;
}

/** Claims usage the way real agents do: with the answer, or at once with a piece of text; a cost as the session's total. */
export async function claimUsage(
  usage: Usage,
  claimed: Claimed,
  update: (fields: Record<string, unknown>) => Promise<void>,
): Promise<void> {
  const { input, output, model } = usage;
  if (usage.cost_usd !== undefined)
    await update({
      sessionUpdate: 'usage_update',
      used: input + output,
      size: 200_000,
      cost: { amount: usage.cost_usd, currency: 'USD' },
    });
  if (usage.told === 'call') {
    const told = {
      inputTokens: input,
      outputTokens: output,
      totalTokens: input + output,
      ...(model === undefined ? {} : { model }),
    };
    return update({
      sessionUpdate: 'agent_message_chunk',
      content: { type: 'text', text: '' },
      _meta: { usage: told },
    });
  }
  claimed.input += input;
  claimed.output += output;
  claimed.model = model ?? claimed.model;
}

/** The `usage` of a prompt's answer, where something was claimed. */
export const answerUsage = ({ input, output, model }: Claimed): object =>
  input + output > 0
    ? {
        usage: {
          inputTokens: input,
          outputTokens: output,
          totalTokens: input + output,
          ...(model === null ? {} : { model }),
        },
      }
    : {};

/** Why a signal that stops work was given, for the log. */
export class StopRequest extends Error {
  override readonly name = 'AbortError';
}

export const whyStopped = ({ reason }: AbortSignal): string =>
  reason instanceof StopRequest ? reason.message : 'stopped by the user';

/** What an error of an agent says about the world: a cause outside that ends by itself, one that a person mends, or a fault of its own. */
export type ErrorKind = 'usage_limit' | 'not_logged_in' | 'overloaded' | 'other';

/** Status codes of HTTP. One that is not here decides nothing. */
export function kindOfStatus(status: number): ErrorKind | null {
  if (status === 402 || status === 429) return 'usage_limit';
  if (status === 401 || status === 403) return 'not_logged_in';
  if (status === 408 || status === 529 || (status >= 500 && status <= 504)) return 'overloaded';
  return status >= 400 && status < 500 ? 'other' : null;
}

/**
 * Error types that Anthropic, OpenAI, Google, Moonshot, DashScope and AWS, Claude Code, codex and kimi document,
 * and names of broken connections, in snake case.
 */
const TYPES: Readonly<Record<Exclude<ErrorKind, 'other'>, string>> = {
  usage_limit: `
    rate_limit_error billing_error rate_limit credit_balance_too_low rate_limit_exceeded
    insufficient_quota usage_limit_reached usage_not_included usage_limit_exceeded 
    billing_hard_limit_reached billing_not_active quota_exceeded resource_exhausted quota_exhausted
    rate_limit_reached_error exceeded_current_quota_error provider_rate_limit throttling 
    throttling_rate_quota throttling_allocation_quota arrearage throttling_exception
    service_quota_exceeded_exception too_many_requests too_many_requests_error`,
  not_logged_in: `
    authentication_error authentication_failed permission_error oauth_org_not_allowed invalid_api_key
    unauthorized token_expired refresh_token_reused unauthenticated permission_denied api_key_invalid
    invalid_authentication_error provider_auth provider_auth_error auth_required login_required
    unrecognized_client_exception expired_token_exception access_denied_exception`,
  overloaded: `
    overloaded_error overloaded timeout_error server_overloaded server_is_overloaded slow_down 
    server_error internal_server_error engine_overloaded_error service_unavailable
    service_unavailable_error response_stream_disconnected response_stream_connection_failed
    http_connection_failed response_too_many_failed_attempts unavailable deadline_exceeded
    model_not_ready_exception service_unavailable_exception provider_overloaded
    provider_connection_error provider_timeout api_connection_error api_connection_timeout_error
    econnreset etimedout econnaborted eai_again enetunreach enetdown ehostunreach und_err_socket
    und_err_connect_timeout und_err_headers_timeout und_err_body_timeout`,
};
const BY_TYPE = new Map(
  (['usage_limit', 'not_logged_in', 'overloaded'] as const).flatMap((kind) =>
    TYPES[kind]
      .trim()
      .split(/\s+/u)
      .map((type) => [type, kind] as const),
  ),
);

/** `RESOURCE_EXHAUSTED`, `usageLimitExceeded` and `provider.rate_limit` are types; a sentence is none. */
export function kindOfType(text: string): ErrorKind | null {
  if (!/^[A-Za-z][\w.]{2,60}$/u.test(text)) return null;
  const snake = text
    .replace(/([a-z\d])([A-Z])/gu, '$1_$2')
    .replaceAll('.', '_')
    .toLowerCase();
  return BY_TYPE.get(snake) ?? null;
}

const SUBJECT =
  String.raw`(?:(?:claude(?: ai| code)?|api|opus|sonnet|haiku|gemini|kimi|qwen|openai|account|organization|` +
  String.raw`model|free[ -]tier|your|the|current|daily|weekly|monthly|hourly|\d+[ -]hour|user) )*`;
const LIMIT =
  String.raw`(?:(?:usage|rate|session|weekly|daily|monthly|hourly|\d+-hour|request|requests|spending|` +
  String.raw`message|credit)[ _-]?limits?|quota)`;

/** Sentences that providers and agents document, from their beginning: where an error has neither status nor type. */
const SENTENCES: readonly (readonly [kind: Exclude<ErrorKind, 'other'>, source: string])[] = [
  [
    'usage_limit',
    String.raw`you(?:['’]ve| have)? (?:hit|reached|exceeded|exhausted) your (?:[\w-]+ ){0,4}?(?:limit|quota|capacity(?: on this model)?)`,
  ],
  ['usage_limit', String.raw`${SUBJECT}${LIMIT} (?:has been |was |is |have been )?(?:reached|exceeded|hit|exhausted)`],
  [
    'usage_limit',
    String.raw`(?:this request would exceed|number of requests? (?:tokens )?has exceeded) your (?:\S+ )?(?:rate limit|\S+ rate limit)`,
  ],
  ['usage_limit', String.raw`your (?:account|organization) .{0,80}request reached (?:organization )?max \w+`],
  [
    'usage_limit',
    String.raw`request rate increased too quickly|allocated quota exceeded|requests? rate limit exceeded`,
  ],
  ['usage_limit', String.raw`too many requests|rate limited|(?:you are|you['’]re) (?:being )?rate limited`],
  ['usage_limit', String.raw`(?:your )?credit balance is too low|insufficient (?:credits?|balance|funds|quota)`],
  [
    'not_logged_in',
    String.raw`(?:you are |you['’]re )?not (?:logged|signed) in|(?:authentication|login|log ?in|sign-?in|auth) (?:is )?required`,
  ],
  [
    'not_logged_in',
    String.raw`(?:invalid|incorrect|missing|no) api[ -]key|api key (?:not valid|is (?:missing|invalid|required))`,
  ],
  ['not_logged_in', String.raw`please (?:run .{1,30}log ?in|log ?in|sign in|authenticate)|(?:run|use) .{1,30}login`],
  ['not_logged_in', String.raw`unauthori[sz]ed|unauthenticated|failed to authenticate`],
  [
    'not_logged_in',
    String.raw`(?:oauth |access |refresh |your )?(?:token|session|credentials?) (?:has |have )?(?:is |been )?(?:expired|revoked)`,
  ],
  [
    'overloaded',
    String.raw`overloaded|(?:the )?(?:model|engine|server|service|system)s? (?:is|are) (?:currently ` +
      String.raw`|temporarily )?(?:overloaded|unavailable|busy)`,
  ],
  [
    'overloaded',
    String.raw`service (?:temporarily )?unavailable|bad gateway|gateway time-?out|internal server error|server overloaded`,
  ],
  [
    'overloaded',
    String.raw`connection (?:error|reset|timed out|closed|lost)|(?:the )?request timed out|network ` +
      String.raw`error|socket hang up|fetch failed|premature close`,
  ],
  ['overloaded', String.raw`(?:stream disconnected before completion|stream error|the server had an error)`],
  [
    'overloaded',
    String.raw`(?:read|write|connect|getaddrinfo) (?:ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)(?: \S+)?`,
  ],
];
/** The sentence ends there, or goes on in a way that belongs to it. */
const REST = String.raw`(?=\s*(?:$|[.,:;!|()·∙•—–-]|please|when|until|try|resets?|for|provided|upgrade))`;
const COMPILED = SENTENCES.map(([kind, source]) => [kind, new RegExp(`^(?:${source})${REST}`, 'iu')] as const);

export const kindOfSentence = (text: string): ErrorKind | null =>
  COMPILED.find(([, pattern]) => pattern.test(text))?.[0] ?? null;

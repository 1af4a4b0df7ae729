/**
 * The kinds of refusal: the node has no such block, limits the rate of requests, or is unreachable or busy; the node or a gateway
 * in front of it timed out; anything else.
 */
export type FaultKind = "not found" | "rate limited" | "unavailable" | "late" | "other";

/** A node's refusal. */
export interface Refusal {
  /** The code of the JSON-RPC error; undefined without such an error. */
  code: number | undefined;
  /** The HTTP status. */
  status: number;
  message: string;
}

/** Classifies a refusal. Clients and providers share few codes, so the message counts as much. The first matching rule wins. */
export function faultKind(refusal: Refusal): FaultKind {
  const { code = Number.NaN, status, message } = refusal;
  if (isClearRateLimit(refusal)) return "rate limited";
  if (lateStatuses.has(status) || late.test(message)) return "late";
  if (isNoSuchBlock(code, status, message)) return "not found";
  if (rateCodes.has(code) || (exceeded.test(message) && !otherLimits.test(message))) return "rate limited";
  if (unavailableStatuses.has(status) || busy.test(message)) return "unavailable";
  return "other";
}

/** Whether a refusal is certainly a rate limit. A code such as -32005 may also mean that a batch is too large. */
export function isClearRateLimit({ code, status, message }: Refusal): boolean {
  return status === 429 || code === 429 || rateLimited.test(message);
}

const rateLimited = new RegExp(
  [
    "rate.?limit|rate exceeded|request rate|throttl|quota|capacity|throughput|exhausted|slow down|out of credits",
    "too many (request|concurrent|connection|call)|concurrency limit|upgrade (to|your)",
    "compute.?unit|\\bcus?\\b.*(limit|exceed)|\\b[rt]ps\\b",
    "(per|a|/) ?(second|sec|minute|hour|day|month)\\b.*(limit|exceed)|(limit|exceed).*(per|a|/) ?(second|sec|minute|hour|day|month)\\b",
    "\\b(request|call|usage|plan|free|credit|hourly|daily|monthly) (count |request )?limit",
    "(reached|hit) .{0,30}\\blimit|\\blimit.{0,20} (was |been )?(reached|hit)",
    "(status|code|http|error)[\\s:=]*429\\b",
  ].join("|"),
  "i",
);

/** -32005 is "limit exceeded" (EIP-1474); the others are providers'. */
const rateCodes = new Set([-32005, -32016, -32029, -32090, -32097]);

const exceeded = /exceed/i;
/** Limits that a later attempt would exceed too. */
const otherLimits =
  /\b(size|bytes?|gas|results?|range|batch|body|depth|length|memory|fees?|cap|nonce|balance)\b/i;

/** 522 and 524 are Cloudflare's. */
const lateStatuses = new Set([408, 504, 522, 524]);
const late = /time[ds]?[ -]?out|deadline exceeded|time limit|took too long/i;

/** 521, 523 and 530 are Cloudflare's: it cannot reach the server. */
const unavailableStatuses = new Set([502, 503, 521, 523, 530]);
const busy =
  /overload|too busy|server busy|temporar(y|ily)|service unavailable|bad gateway|(try|retry) (it )?again|no (healthy |available )?(upstream|backend)/i;

/** -39001 is "unknown block" in the execution APIs, 4444 "pruned history unavailable". */
const noSuchBlockCodes = new Set([-39001, 4444]);
/** Errors of the request: malformed, unknown method. Their messages may contain the same words. */
const requestCodes = new Set([-32700, -32600, -32601]);
const deniedStatuses = new Set([401, 403, 407]);

function isNoSuchBlock(code: number, status: number, message: string): boolean {
  if (noSuchBlockCodes.has(code)) return true;
  if (requestCodes.has(code) || deniedStatuses.has(status) || denied.test(message)) return false;
  if (code === -32001 && /not (be )?found/i.test(message) && !otherResources.test(message)) return true;
  if (code < 0 && /^((requested )?resource )?not found\.?$/i.test(message)) return true;
  return noSuchBlock.some((pattern) => pattern.test(message));
}

const denied = /authori[sz]ation|unauthori[sz]ed|api.?key|token|project|account|tenant|\b(host|http) header/i;

/** -32001 is "resource not found" (EIP-1474), of any resource. */
const otherResources = /\b(method|network|endpoint|route|chain)\b/i;

const noSuchBlock = [
  // "block not found: 0x99", "header for hash 0x12 not found", "Block 0x99 could not be found"
  /\b(block|header|height)s?\b[^.;]{0,120}\b(not (be |yet )?found|(does|do|did)(n't| not) (yet )?exist|not (yet )?(been )?(exist|known|mined|produced|imported|reached)|is missing|pruned)/i,
  // "pending block is not available", "no block available"
  /\b(block|header|height|history)s?\b[^.;:]{0,90}\b((is|are|was|were)? ?not (yet )?available|unavailable)\b/i,
  // "requested block number greater than current block number", "requested block 9 after last accepted block 5"
  /\b(block|height)s?\b.{0,60}\b(greater|bigger|higher|larger|newer|later|less|lower|older) than|\b(block|height)s?\b.{0,60}\b(beyond|above|ahead of|after|past|exceeds?) (the )?(current|latest|last|head|chain|tip|best)/i,
  /\b(block|height)s?\b.{0,40}\b(out of range|too (high|large|new|old)|in the future|from the future)\b/i,
  // "unknown block", "no such block", "could not find block 7", "missing block", "unfinalized data" (Avalanche)
  /\b(unknown|missing|no such|no|(not|can't|couldn't|cannot|unable to|failed to) (find|have|found)( the| a| any)?)( \w+)? (block|header)\b/i,
  /unfinali[sz]ed data|history (has been |is |was )?(pruned|expired)|pruned (history|block|header)/i,
  // "'finalized' tag not supported on pre-merge network"
  /\b(safe|finali[sz]ed|pending)\b.{0,30}\b(not (yet )?(supported|set|known|available)|unsupported|unknown)\b/i,
  /\btag\b.{0,20}\bnot supported\b/i,
];

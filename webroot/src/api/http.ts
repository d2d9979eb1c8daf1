/** What the platform says of a failure (RFC 9457); strategies and conflicts have members of their own. */
export interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  line?: number | null;
  column?: number | null;
  reason?: string;
  latest?: number | null;
}

/** An answer other than success, with the platform's sentence for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly problem: Problem = {},
  ) {
    super(detail);
  }
}

export function getJson<T>(path: string): Promise<T> {
  return fetchJson<T>(path, {});
}

export function postJson<T>(path: string, body: unknown): Promise<T> {
  return sendJson<T>('POST', path, body);
}

/** Of what is too large to be JSON. */
export function postFile<T>(path: string, body: Blob, mediaType: string): Promise<T> {
  return fetchJson<T>(path, { method: 'POST', headers: { 'content-type': mediaType }, body });
}

export function putJson<T>(path: string, body: unknown): Promise<T> {
  return sendJson<T>('PUT', path, body);
}

export function deleteJson<T>(path: string): Promise<T> {
  return fetchJson<T>(path, { method: 'DELETE', headers: { 'content-type': 'application/json' } });
}

let strangerHeard: () => void = () => undefined;

/** Told whenever the platform does not know any more who is asking. */
export function onStranger(heard: () => void): void {
  strangerHeard = heard;
}

export function patchJson<T>(path: string, body: unknown): Promise<T> {
  return sendJson<T>('PATCH', path, body);
}

function sendJson<T>(method: string, path: string, body: unknown): Promise<T> {
  return fetchJson<T>(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function fetchJson<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch((cause: unknown) => {
    throw new ApiError(0, `The platform did not answer ${path}: ${String(cause)}`);
  });
  const text = await response.text();
  if (!response.ok) {
    if (response.status === 401) strangerHeard();
    const problem = problemOf(text);
    throw new ApiError(response.status, problem.detail ?? problem.title ?? `${path} answered ${response.status}`, problem);
  }
  return JSON.parse(text) as T;
}

function problemOf(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    const detail = text.trim().slice(0, 300); // not JSON: a proxy's plain text
    return detail ? { detail } : {};
  }
}

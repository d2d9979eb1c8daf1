/** An answer other than success, with the platform's sentence for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

export function getJson<T>(path: string): Promise<T> {
  return fetchJson<T>(path, {});
}

export function postJson<T>(path: string, body: unknown): Promise<T> {
  return fetchJson<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function fetchJson<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch((cause: unknown) => {
    throw new ApiError(0, `The platform did not answer ${path}: ${String(cause)}`);
  });
  const text = await response.text();
  if (!response.ok) throw new ApiError(response.status, detailOf(text) ?? `${path} answered ${response.status}`);
  return JSON.parse(text) as T;
}

/** The `detail` of a problem document (RFC 9457), or its title. */
function detailOf(text: string): string | undefined {
  try {
    const problem = JSON.parse(text) as { detail?: string; title?: string };
    return problem.detail ?? problem.title;
  } catch {
    return text.trim().slice(0, 300) || undefined; // not JSON: a proxy's plain text
  }
}

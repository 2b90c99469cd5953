/** Calls of the console's own API, relative to the page, so under any context path. */

let csrf = '';

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `Status ${status}`);
    this.status = status;
    this.reason = body.reason || '';
    this.logIn = body.logIn || 'token';
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(`api/${path}`, { credentials: 'same-origin', cache: 'no-store', ...options });
  } catch {
    throw new Problem(0, { detail: 'The application does not answer. It is asked again.' });
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Problem(response.status, body);
  }
  return body;
}

export function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return call(query ? `${path}?${query}` : path, {});
}

export async function post(path, body) {
  const send = () => call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Larder-Csrf': csrf },
    body: JSON.stringify(body),
  });
  try {
    return await send();
  } catch (problem) {
    // Another node, or this one started again, may have given another value; ask once for the present one.
    const before = csrf;
    if (problem.status === 403 && path !== 'log-in' && (await session()).csrf !== before) {
      return send();
    }
    throw problem;
  }
}

export async function session() {
  const answer = await get('session');
  csrf = answer.csrf;
  return answer;
}

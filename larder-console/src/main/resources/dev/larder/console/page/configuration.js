/** Settings of a cache as YAML, for an application.yaml. */

/** A word that means itself in YAML and that Spring Boot takes for the name of a cache as it stands. */
const PLAIN = /^[A-Za-z][A-Za-z0-9-]*$/;
const WORDS = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

function name(text) {
  // Spring Boot leaves other characters out of a key, unless it stands in brackets.
  return PLAIN.test(text) && !WORDS.test(text) ? text : JSON.stringify(`[${text}]`);
}

function value(text) {
  return /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(text) && !WORDS.test(text) ? text : JSON.stringify(text);
}

/** The lines; empty if there is nothing to set. */
export function yaml(cache, settings) {
  const lines = Object.entries(settings)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([setting, text]) => `      ${setting}: ${value(String(text))}`);
  return lines.length ? ['larder:', '  caches:', `    ${name(cache)}:`, ...lines].join('\n') : '';
}

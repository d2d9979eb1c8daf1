const ALLOWED = /^[a-z][a-z0-9-]{0,63}$/;

/** Why a new strategy cannot have this name, or null: what the platform would say. */
export function wrongName(name: string, taken: readonly string[]): string | null {
  if (name === '') return 'A strategy needs a name.';
  if (!ALLOWED.test(name)) return "A name is 1 to 64 of a-z, 0-9 and '-', beginning with a letter.";
  return taken.includes(name) ? `There is a strategy '${name}' already.` : null;
}

/** What the editor asks the language service, and what it hears; positions count characters of the source. */
export interface Questions {
  completions: { source: string; at: number };
  /** More about one of the completions at a place. */
  completion: { source: string; at: number; name: string };
  hover: { source: string; at: number };
  signature: { source: string; at: number };
  hints: { source: string };
}

export interface Answers {
  completions: Completions | null;
  completion: Explanation | null;
  hover: (Explanation & Range) | null;
  signature: Signature | null;
  hints: Hint[];
}

export type Kind = keyof Questions;

export type Ask = <K extends Kind>(kind: K, question: Questions[K]) => Promise<Answers[K]>;

export interface Request<K extends Kind = Kind> {
  id: number;
  kind: K;
  question: Questions[K];
}

export type Reply = { id: number; answer: Answers[Kind] } | { id: number; error: string };

export interface Range {
  from: number;
  to: number;
}

export interface Completions {
  /** Where the word begins that one of them replaces. */
  from: number;
  entries: CompletionEntry[];
}

export interface CompletionEntry {
  name: string;
  /** As TypeScript names kinds: `method`, `property`, `const`. */
  kind: string;
  /** Those of the script itself come before those of the language. */
  near: boolean;
}

export interface Explanation {
  /** Its declaration, in one or a few lines. */
  code: string;
  text: string;
  /** What its JSDoc says under `@param`, `@example` and the like. */
  tags: { name: string; text: string }[];
}

/** The signature of the call around the cursor, in parts that make it up when joined. */
export interface Signature {
  before: string;
  parameters: string[];
  separator: string;
  after: string;
  /** Index of the parameter at the cursor. */
  current: number;
  text: string;
  parameterText: string;
}

/** What the type check says; a script that ignores it may run all the same. */
export interface Hint extends Range {
  message: string;
}

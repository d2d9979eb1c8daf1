import { signal } from '@preact/signals';
import type { Answers, Ask, Kind, Questions, Reply, Request } from './protocol';

export type LanguageState = 'starting' | 'ready' | 'failed';

interface Pending {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Asks the worker; the first answer takes seconds, as TypeScript has to be loaded. */
export class LanguageClient {
  readonly state = signal<LanguageState>('starting');
  private readonly pending = new Map<number, Pending>();
  private ids = 0;

  constructor(private readonly worker: Pick<Worker, 'postMessage' | 'onmessage' | 'onerror'>) {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.received(data);
    worker.onerror = (event) => this.fail(event.message);
  }

  readonly ask: Ask = <K extends Kind>(kind: K, question: Questions[K]): Promise<Answers[K]> =>
    new Promise<Answers[K]>((resolve, reject) => {
      if (this.state.peek() === 'failed') {
        reject(new Error('the language service does not run'));
        return;
      }
      const request: Request<K> = { id: ++this.ids, kind, question };
      this.pending.set(request.id, { resolve: resolve as (answer: unknown) => void, reject });
      this.worker.postMessage(request);
    });

  private received(reply: Reply): void {
    const pending = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    this.state.value = 'ready';
    if ('error' in reply) pending?.reject(new Error(reply.error));
    else pending?.resolve(reply.answer);
  }

  private fail(reason: string): void {
    this.state.value = 'failed';
    for (const { reject } of this.pending.values()) reject(new Error(reason));
    this.pending.clear();
  }
}

let client: LanguageClient | null = null;

/** One for all editors, started when the first of them needs it. */
export function languageClient(): LanguageClient {
  client ??= new LanguageClient(
    new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'strategy-language' }),
  );
  return client;
}

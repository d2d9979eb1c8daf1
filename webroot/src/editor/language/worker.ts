import { strategyFiles } from './files';
import type { Answers, Kind, Questions, Reply, Request } from './protocol';
import { StrategyLanguage } from './service';

/** TypeScript runs here, away from the screen: it takes seconds to start and a moment for each answer. */
const language = new StrategyLanguage(strategyFiles);

function answer<K extends Kind>({ id, kind, question }: Request<K>): Reply {
  try {
    const handle: (question: Questions[K]) => Answers[K] = language[kind].bind(language) as never;
    return { id, answer: handle(question) };
  } catch (error) {
    return { id, error: String(error) };
  }
}

onmessage = (event: MessageEvent<Request>) => postMessage(answer(event.data));

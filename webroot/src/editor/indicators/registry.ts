import { listIndicators, type Indicator } from '../../api/indicators';
import type { Registry } from './extension';

/** Asks the platform once; after a failure, the next who wants to know asks again. */
export function registryOf(list: () => Promise<Indicator[]>): Registry {
  let asked: Promise<ReadonlyMap<string, Indicator>> | null = null;
  return async () => {
    asked ??= list().then((indicators) => new Map(indicators.map((each) => [each.name, each])));
    try {
      return await asked;
    } catch {
      asked = null; // the editor goes on without; the connection state tells why
      return new Map();
    }
  };
}

export const registry: Registry = registryOf(listIndicators);

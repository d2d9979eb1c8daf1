import declarations from '../../../../strategies-js/strategy.d.ts?raw';
import { compilerOptions } from '../../../../strategies-js/tsconfig.json';
import type { ServiceFiles } from './service';

const texts = import.meta.glob<string>(
  '../../../node_modules/typescript/lib/lib.{es5,es20{15,16,17,18,19,20,21,22,23,24}*,decorators*}.d.ts',
  { query: '?raw', import: 'default', eager: true },
);

/** What the check of the bundled strategies reads, so that the editor says the same. */
export const strategyFiles: ServiceFiles = {
  declarations,
  libraries: new Map(Object.entries(texts).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text])),
  options: compilerOptions,
};

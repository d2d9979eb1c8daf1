import ts from 'typescript';
import { Annotator, type Annotated } from './annotated';
import type { Answers, CompletionEntry, Explanation, Hint, Kind, Questions } from './protocol';

const SCRIPT = '/strategy.js';
const DECLARATIONS = '/strategy.d.ts';

export interface ServiceFiles {
  /** Text of strategy.d.ts. */
  declarations: string;
  /** The types of the language itself, by name: `lib.es5.d.ts`. */
  libraries: ReadonlyMap<string, string>;
  /** `compilerOptions` as tsconfig.json has them. */
  options: object;
}

type Handlers = { [K in Kind]: (question: Questions[K]) => Answers[K] };

/** TypeScript's language service over one script and the types of a strategy. */
export class StrategyLanguage implements Handlers {
  private readonly annotator: Annotator;
  private readonly service: ts.LanguageService;
  private source: string | null = null;
  private script: Annotated;
  private version = 0;

  constructor({ declarations, libraries, options }: ServiceFiles) {
    this.annotator = new Annotator(declarations);
    this.script = this.annotator.annotate('');
    const { options: settings, errors } = ts.convertCompilerOptionsFromJson(options, '/');
    if (errors[0]) throw new Error(ts.flattenDiagnosticMessageText(errors[0].messageText, '\n'));
    const read = (path: string): string | undefined => {
      if (path === SCRIPT) return this.script.text;
      return path === DECLARATIONS ? declarations : libraries.get(path.slice(1));
    };
    this.service = ts.createLanguageService({
      getCompilationSettings: () => settings,
      getScriptFileNames: () => [DECLARATIONS, SCRIPT],
      getScriptVersion: (path) => (path === SCRIPT ? String(this.version) : '0'),
      getScriptSnapshot: (path) => {
        const text = read(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => '/',
      getDefaultLibFileName: (wanted) => `/${ts.getDefaultLibFileName(wanted)}`,
      fileExists: (path) => read(path) !== undefined,
      readFile: read,
      directoryExists: () => false,
    });
  }

  completions({ source, at }: Questions['completions']): Answers['completions'] {
    const place = this.place(source, at);
    const found = this.service.getCompletionsAtPosition(SCRIPT, place, {});
    if (!found) return null;
    const start = found.optionalReplacementSpan?.start ?? found.entries[0]?.replacementSpan?.start;
    const entries = found.entries.filter(({ kind }) => kind !== ts.ScriptElementKind.warning).map(entryOf);
    return { from: start === undefined ? wordStart(source, at) : this.script.toSource(start), entries };
  }

  completion({ source, at, name }: Questions['completion']): Answers['completion'] {
    const place = this.place(source, at);
    const details = this.service.getCompletionEntryDetails(SCRIPT, place, name, {}, undefined, {}, undefined);
    return details ? explanation(details) : null;
  }

  hover({ source, at }: Questions['hover']): Answers['hover'] {
    const info = this.service.getQuickInfoAtPosition(SCRIPT, this.place(source, at));
    return info ? { ...explanation(info), ...this.range(info.textSpan) } : null;
  }

  signature({ source, at }: Questions['signature']): Answers['signature'] {
    const found = this.service.getSignatureHelpItems(SCRIPT, this.place(source, at), {});
    const item = found?.items[found.selectedItemIndex];
    if (!found || !item) return null;
    const current = item.isVariadic ? Math.min(found.argumentIndex, item.parameters.length - 1) : found.argumentIndex;
    return {
      before: text(item.prefixDisplayParts),
      parameters: item.parameters.map(({ displayParts }) => text(displayParts)),
      separator: text(item.separatorDisplayParts),
      after: text(item.suffixDisplayParts),
      current,
      text: prose(item.documentation),
      parameterText: prose(item.parameters[current]?.documentation),
    };
  }

  hints({ source }: Questions['hints']): Answers['hints'] {
    this.read(source);
    return [...this.service.getSyntacticDiagnostics(SCRIPT), ...this.service.getSemanticDiagnostics(SCRIPT)].map(
      ({ start = 0, length = 0, messageText }): Hint => ({
        ...this.range({ start, length }),
        message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      }),
    );
  }

  private read(source: string): void {
    if (source === this.source) return;
    this.source = source;
    this.script = this.annotator.annotate(source);
    this.version++;
  }

  private place(source: string, at: number): number {
    this.read(source);
    return this.script.toText(at);
  }

  private range({ start, length }: ts.TextSpan): { from: number; to: number } {
    return { from: this.script.toSource(start), to: this.script.toSource(start + length) };
  }
}

/** What TypeScript puts last, globals of the language and keywords, has 15 and more in front. */
const entryOf = ({ name, kind, sortText }: ts.CompletionEntry): CompletionEntry => ({ name, kind, near: sortText < '15' });

function explanation(info: ts.QuickInfo | ts.CompletionEntryDetails): Explanation {
  return {
    code: text(info.displayParts),
    text: prose(info.documentation),
    tags: (info.tags ?? []).map((tag) => ({ name: tag.name, text: text(tag.text) })),
  };
}

const text = (parts: ts.SymbolDisplayPart[] | undefined): string => ts.displayPartsToString(parts);

/** Without the line breaks that only keep the source narrow. */
const prose = (parts: ts.SymbolDisplayPart[] | undefined): string => text(parts).replace(/(\S)\n(?=\S)/g, '$1 ');

const wordStart = (source: string, at: number): number => at - (/[\w$]*$/.exec(source.slice(0, at))?.[0].length ?? 0);

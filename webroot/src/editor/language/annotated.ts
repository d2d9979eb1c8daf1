import ts from 'typescript';

interface Insertion {
  at: number;
  text: string;
}

/** A source as the type check reads it, with types that its author need not write. */
export class Annotated {
  readonly text: string;

  constructor(
    source: string,
    private readonly insertions: readonly Insertion[],
  ) {
    let end = 0;
    const parts = insertions.map(({ at, text }) => {
      const part = source.slice(end, at) + text;
      end = at;
      return part;
    });
    this.text = parts.join('') + source.slice(end);
  }

  /** From a place in the source to the same in the text. */
  toText(place: number): number {
    return this.insertions.reduce((sum, { at, text }) => (at <= place ? sum + text.length : sum), place);
  }

  /** From a place in the text to the same in the source. */
  toSource(place: number): number {
    let shift = 0;
    for (const { at, text } of this.insertions) {
      if (place < at + shift) break;
      if (place < at + shift + text.length) return at;
      shift += text.length;
    }
    return place - shift;
  }
}

/**
 * Says of every export that has no JSDoc what the platform takes it for: `export function onBar(ctx, bar)` is typed
 * as if `@param {Context} ctx @param {Bar} bar` stood above it.
 */
export class Annotator {
  private readonly members: ReadonlySet<string>;

  /** @param declarations text of strategy.d.ts, whose interface `Strategy` names the exports */
  constructor(declarations: string) {
    this.members = new Set(
      parsed('strategy.d.ts', declarations)
        .statements.filter(ts.isInterfaceDeclaration)
        .filter(({ name }) => name.text === 'Strategy')
        .flatMap(({ members }) => members.map(({ name }) => (name && ts.isIdentifier(name) ? name.text : ''))),
    );
  }

  annotate(source: string): Annotated {
    const insertions = parsed('strategy.js', source).statements.flatMap((statement) => {
      if (!isExported(statement) || ts.getJSDocCommentsAndTags(statement).some(hasTags)) return [];
      if (ts.isFunctionDeclaration(statement)) return this.ofFunction(statement);
      return ts.isVariableStatement(statement) ? this.ofVariable(statement) : [];
    });
    return new Annotated(source, insertions);
  }

  private ofFunction({ name, parameters }: ts.FunctionDeclaration): Insertion[] {
    if (!name || !this.members.has(name.text)) return [];
    return parameters
      .map((parameter, index) => ({ parameter, index }))
      .filter(({ parameter }) => ts.getJSDocType(parameter) === undefined && !parameter.dotDotDotToken)
      .map(({ parameter, index }) => ({
        at: parameter.getStart(),
        text: `/** @type {Parameters<Extract<Strategy['${name.text}'], Function>>[${index}]} */ `,
      }));
  }

  private ofVariable(statement: ts.VariableStatement): Insertion[] {
    const [declaration, ...others] = statement.declarationList.declarations;
    if (!declaration || others.length > 0 || !ts.isIdentifier(declaration.name)) return [];
    const name = declaration.name.text;
    if (!this.members.has(name)) return [];
    // The interface is wider, so that scripts without literal types pass as a `Strategy`.
    const type = name === 'params' ? 'ParameterDeclarations' : `NonNullable<Strategy['${name}']>`;
    return [{ at: statement.getStart(), text: `/** @satisfies {${type}} */ ` }];
  }
}

const parsed = (file: string, text: string): ts.SourceFile => ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const hasTags = (comment: ts.JSDoc | ts.JSDocTag): boolean => !ts.isJSDoc(comment) || (comment.tags?.length ?? 0) > 0;

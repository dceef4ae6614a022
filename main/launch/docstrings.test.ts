// Protects: who calls a function of the models or of the pipeline learns from its docstring what it does and what shape
// the arrays have that it takes and gives. The one check that no type makes.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parseSync } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const documented = ['native-models', 'main/pipeline'] as const;

/** Types of numbers with a shape; bytes and strings have none. */
const arrays = /\b(?:Tensor|TensorValues?|(?:Float|Int|BigInt)\d+Array)\b/;
/** `[N, D]`, or in words. */
const shapes = /\[[^\]]*\]|\b(?:shapes?|ax[ie]s|rows?|elements?|scalars?|lengths?)\b/i;

interface ExportedFunction {
  readonly name: string;
  /** From `export` to where the body begins. */
  readonly signature: string;
  /** Null where there is none; one docstring speaks for all that follow it line upon line. */
  readonly doc: string | null;
}

function exportedFunctions(source: string): ExportedFunction[] {
  const { program, comments, errors } = parseSync('source.ts', source);
  if (errors.length > 0) throw new Error(errors[0]!.message);
  const isBlank = (from: number, to: number): boolean => /^\s*$/.test(source.slice(from, to));
  const found: ExportedFunction[] = [];
  let before: { readonly end: number; readonly doc: string | null } = { end: 0, doc: null };
  for (const statement of program.body) {
    const { start, end } = statement;
    const comment = comments.find((each) => each.end <= start && isBlank(each.end, start));
    const isDoc = comment?.type === 'Block' && comment.value.startsWith('*');
    const follows = /^\n?$/.test(source.slice(before.end, start));
    const doc = isDoc ? comment.value : follows ? before.doc : null;
    before = { end, doc };
    if (statement.type !== 'ExportNamedDeclaration') continue;
    for (const { name, body } of functionsOf(statement.declaration))
      found.push({ name, signature: source.slice(start, body), doc });
  }
  return found;
}

type Declaration = Extract<
  ReturnType<typeof parseSync>['program']['body'][number],
  { type: 'ExportNamedDeclaration' }
>['declaration'];

function functionsOf(declaration: Declaration): { readonly name: string; /** Where it begins. */ body: number }[] {
  if (declaration?.type === 'FunctionDeclaration')
    return [{ name: declaration.id!.name, body: declaration.body?.start ?? declaration.end }];
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression')
      ? [{ name: id.name, body: init.body!.start }]
      : [],
  );
}

/** What a docstring leaves out; null where nothing. */
function lackOf({ name, signature, doc }: ExportedFunction): string | null {
  if (doc === null) return `${name} has no docstring`;
  return arrays.test(signature) && !shapes.test(doc) ? `${name} does not say the shape of its arrays` : null;
}

it.each(documented)('every exported function of %s says what it does, and the shapes of its arrays', (folder) => {
  const files = globSync(`${folder}/**/*.ts`, { cwd: root }).filter((file) => !/\.test\.ts$|fixtures/.test(file));
  const lacks = files.flatMap((file) =>
    exportedFunctions(readFileSync(path.join(root, file), 'utf8')).flatMap((each) => {
      const lack = lackOf(each);
      return lack === null ? [] : [`${file}: ${lack}`];
    }),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(lacks).toEqual([]);
});

it('sees what is missing', () => {
  const lacks = (source: string) => exportedFunctions(source).map(lackOf);
  expect(lacks('export const f = (x: Tensor): Tensor => x;')).toEqual(['f has no docstring']);
  expect(lacks('/** Doubles it. */\nexport function f(x: Float32Array) { return x; }')).toEqual([
    'f does not say the shape of its arrays',
  ]);
  expect(lacks('/** `[N]` → `[N]`. */\nexport const f = (x: Tensor) => x;\nexport const g = f2((y) => y);')).toEqual([
    null,
  ]);
  expect(lacks('/** `[N]`. */\nexport const f = (x: Tensor) => x;\n\nexport const g = (x: Tensor) => x;')).toEqual([
    null,
    'g has no docstring',
  ]);
});

import { parseSync, Visitor, type ESTree } from 'vite';
import { commandGroups } from '../shared/command.ts';

/** A sentence that the window says: the key of the catalogue, and what it needs there. */
export interface Said {
  readonly key: string;
  /** Where it is said, `file:line`. */
  readonly at: string;
  readonly plural: boolean;
}

/** What a source says by `t` (or `say`) and `counted`, what it says in another way, and where a key cannot be read. */
export interface Words {
  readonly said: readonly Said[];
  readonly unreadable: readonly string[];
  readonly bare: readonly string[];
}

/** Attributes and fields whose text a person reads or hears. */
const spoken =
  /^(aria-(label|roledescription|valuetext)|alt|title(Access)?|label|text|words|hint|about|does|help|placeholder|helperText|confirmLabel|detail|description|advice)$/;
/** A word by itself, as it stands on a button. */
const oneWord = /^\p{Lu}\p{Ll}+…?$/u;
/** Words of that kind that are names: of keys, of groups of commands. */
const names = new Set<string>([
  ...commandGroups,
  'Enter',
  'Escape',
  'Delete',
  'Backspace',
  'Home',
  'End',
  'Space',
  'Tab',
  'Shift',
  'Control',
  'Alt',
  'Meta',
  'Mod',
  'Arrow',
  'Plus',
  'Dead',
  'Process',
  'Pause',
  'Files',
  'Left',
  'Right',
  'Up',
  'Down',
  'Cuepoint',
]);
/** Functions whose first argument is shown. */
const showing = /^(notify|announce)$/;

const textOf = (node: ESTree.Node | null | undefined): string | undefined => {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  return node?.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked).join('…') : undefined;
};

/** Text with a word in it, as against signs, numbers, units, file names and what stands between braces. */
const hasWord = (text: string): boolean => /\p{L}{2,}/u.test(text.replace(/&\w+;|\bCuepoint\b|\b(fps|ms)\b/g, ''));

/** What of an expression is shown: both arms of a choice, what stands beside `??` and `&&`. */
function* shownBy(node: ESTree.Node | null | undefined): Generator<ESTree.Node> {
  if (!node) return;
  if (node.type === 'ConditionalExpression') {
    yield* shownBy(node.consequent);
    yield* shownBy(node.alternate);
  } else if (node.type === 'LogicalExpression') {
    if (node.operator !== '&&') yield* shownBy(node.left);
    yield* shownBy(node.right);
  } else if (node.type === 'JSXExpressionContainer') {
    yield* shownBy(node.expression);
  } else {
    yield node;
  }
}

/** Reads the words of one source; `by` is the function that takes its sentences. */
export function wordsIn(file: string, source: string, by: 't' | 'say' = 't'): Words {
  const said: Said[] = [];
  const unreadable: string[] = [];
  const bare: string[] = [];
  const at = ({ start }: ESTree.Span): string => `${file}:${source.slice(0, start).split('\n').length}`;
  const bareIn = (shown: ESTree.Node | null | undefined): void => {
    for (const node of shownBy(shown)) {
      const text = textOf(node);
      if (text !== undefined && hasWord(text)) bare.push(`${at(node)} ${text}`);
    }
  };
  const bareWordIn = (nodes: readonly (ESTree.Node | null)[]): void => {
    for (const node of nodes.flatMap((each) => [...shownBy(each)])) {
      const text = node.type === 'Literal' ? textOf(node) : undefined;
      if (text !== undefined && oneWord.test(text) && !names.has(text)) bare.push(`${at(node)} ${text}`);
    }
  };
  new Visitor({
    ArrayExpression({ elements }) {
      bareWordIn(elements);
    },
    CallExpression(node) {
      const { callee, arguments: given } = node;
      if (callee.type !== 'Identifier' || callee.name !== by) bareWordIn(given);
      if (callee.type !== 'Identifier') return;
      if (showing.test(callee.name)) bareIn(given[0]);
      const [first, second, third] = given;
      if (callee.name === by) {
        const english = first?.type === 'Literal' ? textOf(first) : undefined;
        if (english === undefined) unreadable.push(at(node));
        const values = second?.type === 'ObjectExpression' ? second.properties : [];
        const named = (name: string) =>
          values.find((each) => each.type === 'Property' && each.key.type === 'Identifier' && each.key.name === name);
        const context = named('context');
        const suffix = context?.type === 'Property' ? `_${textOf(context.value)}` : '';
        for (const each of values)
          if (each.type === 'Property' && each !== context && each !== named('one')) bareIn(each.value);
        said.push({ key: `${english}${suffix}`, at: at(node), plural: named('count') !== undefined });
      } else if (callee.name === 'counted' && by === 't') {
        const one = textOf(second);
        const many = third === undefined ? `${one}s` : textOf(third);
        if (one === undefined || many === undefined) unreadable.push(at(node));
        said.push({ key: `{{count}} ${many}`, at: at(node), plural: true });
      }
    },
    JSXText(node) {
      if (hasWord(node.value)) bare.push(`${at(node)} ${node.value.trim()}`);
    },
    JSXElement({ children }) {
      for (const child of children) if (child.type === 'JSXExpressionContainer') bareIn(child);
    },
    JSXFragment({ children }) {
      for (const child of children) if (child.type === 'JSXExpressionContainer') bareIn(child);
    },
    JSXAttribute(node) {
      if (node.name.type === 'JSXIdentifier' && spoken.test(node.name.name)) bareIn(node.value);
      else bareWordIn([node.value]);
    },
    Property(node) {
      const name = node.key.type === 'Identifier' ? node.key.name : textOf(node.key);
      if (name !== undefined && spoken.test(name)) bareIn(node.value);
      else bareWordIn([node.value]);
    },
  }).visit(parseSync(file, source).program);
  return { said, unreadable, bare };
}

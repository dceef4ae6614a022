import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { TableLook } from '#preload/contract/transfer-choices.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import { secondsOf } from '#preload/domain/span.ts';
import {
  columnRoles,
  tableColumns,
  timeUnit,
  type ColumnRole,
  type TableColumns,
} from '#preload/domain/table-columns.ts';
import type { Session } from './session.ts';

type Client = Awaited<ReturnType<Session['backend']>>['client'];

/** `key=value` pairs that overrule what is guessed. */
export type ColumnsOption = ReadonlyMap<string, string>;

const ways: Readonly<Record<string, (value: string) => Partial<TableColumns> | null>> = {
  unit: (value) => {
    const unit = timeUnit.safeParse(value);
    return unit.success ? { unit: unit.data } : null;
  },
  delimiter: (value) => {
    const word = { comma: ',', semicolon: ';', tab: '\t', bar: '|' }[value] ?? value;
    const delimiter = tableColumns.shape.delimiter.safeParse(word);
    return delimiter.success ? { delimiter: delimiter.data } : null;
  },
  decimal: (value) => (value === 'comma' ? { decimal: ',' } : value === 'point' ? { decimal: '.' } : null),
  header: (value) => (value === 'yes' ? { header: true } : value === 'no' ? { header: false } : null),
  'first-frame': (value) => (value === '0' ? { firstFrame: 0 } : value === '1' ? { firstFrame: 1 } : null),
  'end-is': (value) => (value === 'last' ? { endIncluded: true } : value === 'after' ? { endIncluded: false } : null),
  rate: (value) => {
    const rate = tableColumns.shape.rate.safeParse(Number(value));
    return rate.success ? { rate: rate.data } : null;
  },
};

export const columnsHelp = `${columnRoles.map((role) => `${role}=<column>`).join(',')},unit=${timeUnit.options.join('|')},delimiter=comma|semicolon|tab|bar,decimal=point|comma,header=yes|no,first-frame=0|1,end-is=after|last,rate=<fps>; a column is its name or its number, none for no such column`;

/** Reads `guess`, or pairs such as `video=clip,start=t0,unit=ms`. */
export function columnsOption(text: string): ColumnsOption {
  if (text === 'guess') return new Map();
  return new Map(
    text.split(',').map((part): [string, string] => {
      const at = part.indexOf('=');
      const [key, value] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      const isRole = columnRoles.some((role) => role === key);
      if (at < 1 || value === '' || (!isRole && ways[key]?.(value) == null))
        throw new InvalidArgumentError(`"${part}" says none of ${columnsHelp}.`);
      return [key, value];
    }),
  );
}

/** How the table is read with these choices over what is guessed. Fails with `bad-input` where a column is missing. */
export async function lookByOption(client: Client, place: string, option: ColumnsOption): Promise<TableLook> {
  const settings = Object.assign(
    {},
    ...[...option].map(([key, value]) => ways[key]?.(value) ?? {}),
  ) as Partial<TableColumns>;
  const first = await client.transfer.lookAtTable({ place, columns: null });
  // Another delimiter or header makes other columns.
  const guess = await client.transfer.lookAtTable({ place, columns: { ...first.columns, ...settings } });
  const roles = { ...guess.columns.roles };
  for (const role of columnRoles) {
    const named = option.get(role);
    if (named === undefined) continue;
    roles[role] = named === 'none' ? null : columnOf(named, guess.names, role);
    // Who names the end or the duration wants that one.
    if (role === 'duration' && roles.duration !== null && !option.has('end')) roles.end = null;
  }
  const look = await client.transfer.lookAtTable({ place, columns: { ...guess.columns, roles } });
  if (look.missing !== null)
    throw new Failure(
      'bad-input',
      verbatim(
        `The table needs ${english(look.missing)}; its columns are ${look.names.join(', ')}. Name them with --columns.`,
      ),
    );
  return look;
}

function columnOf(named: string, names: readonly string[], role: ColumnRole): string {
  const column =
    names.find((name) => name === named) ??
    names.find((name) => name.toLowerCase() === named.toLowerCase()) ??
    (/^\d+$/u.test(named) ? names[Number(named) - 1] : undefined);
  if (column === undefined)
    throw new Failure(
      'bad-input',
      verbatim(`The table has no column "${named}" for ${role}; it has ${names.join(', ')}.`),
    );
  return column;
}

export const columnsDocument = ({ names, columns, rows }: TableLook) => ({
  names,
  ...Object.fromEntries(columnRoles.map((role) => [role, columns.roles[role]])),
  unit: columns.unit,
  delimiter: columns.delimiter,
  decimal: columns.decimal,
  header: columns.header,
  first_frame: columns.firstFrame,
  end_included: columns.endIncluded,
  rate: columns.rate,
  first_rows: rows.map(({ cells, read, fault }) => ({
    cells,
    video: read?.video ?? null,
    label: read?.label ?? null,
    start_s: read?.span ? secondsOf(read.span.startUs) : null,
    end_s: read?.span ? secondsOf(read.span.endUs) : null,
    start_frame: read?.span?.startFrame ?? null,
    end_frame: read?.span?.endFrame ?? null,
    score: read?.score ?? null,
    fault: fault && english(fault),
  })),
});

/** The columns in words, and each of the first rows in exact times. */
export const columnLines = ({ columns, rows }: TableLook): string[] => [
  `columns: ${columnRoles.flatMap((role) => (columns.roles[role] === null ? [] : [`${role}=${columns.roles[role]}`])).join(', ')}, unit=${columns.unit}`,
  ...rows.map(({ cells, read, fault }) =>
    read?.span
      ? `${read.video}\t${read.label}\t${secondsOf(read.span.startUs)} s to ${secondsOf(read.span.endUs)} s\tframes ${read.span.startFrame} to ${read.span.endFrame}`
      : `${cells.join(' | ')}\t${fault === null ? '' : english(fault)}`,
  ),
];

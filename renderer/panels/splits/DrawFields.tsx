import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import type { SplitDraw } from '#preload/contract/splits.ts';
import { split as splits } from '#preload/domain/split.ts';
import { t } from '../../language/language.ts';
import { splitWords } from '../../shared/split-words.ts';
import { RadioChoice } from '../../ui/RadioChoice.tsx';

/** What is typed, which need not be a number yet. */
export interface TypedDraw {
  readonly shares: Readonly<Record<keyof SplitDraw['shares'], string>>;
  readonly seed: string;
  readonly stratified: boolean;
  readonly together: SplitDraw['together'];
  readonly pattern: string;
}

/** Null while something that is typed cannot be. */
export function drawOf({ shares, seed, pattern, ...rest }: TypedDraw): SplitDraw | null {
  const [train, validation, test] = splits.options.map((part) =>
    shares[part].trim() === '' ? 0 : Number(shares[part]),
  );
  const all = [train!, validation!, test!];
  const isShare = all.every((one) => Number.isFinite(one) && one >= 0) && all.some((one) => one > 0);
  if (!isShare || !/^\d{1,9}$/u.test(seed) || (rest.together === 'pattern' && pattern === '')) return null;
  return { ...rest, shares: { train: train!, validation: validation!, test: test! }, seed: Number(seed), pattern };
}

const together: Readonly<Record<SplitDraw['together'], string>> = {
  video: t('Nothing: each video stands alone'),
  folder: t('Videos of one folder'),
  name: t('Names that begin alike, as P01_1 and P01_2'),
  pattern: t('Names in which a pattern finds the same'),
};

export function DrawFields(props: { readonly typed: TypedDraw; readonly onType: (typed: TypedDraw) => void }) {
  const { typed } = props;
  const type = (some: Partial<TypedDraw>): void => props.onType({ ...typed, ...some });
  return (
    <>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', gap: 1.5 }}>
        {splits.options.map((part) => (
          <TextField
            key={part}
            size="small"
            label={t('{{splitWords}} share', { splitWords: splitWords[part] })}
            value={typed.shares[part]}
            onChange={({ target }) => type({ shares: { ...typed.shares, [part]: target.value } })}
            slotProps={{ htmlInput: { inputMode: 'decimal' } }}
          />
        ))}
        <TextField
          size="small"
          label={t('Seed')}
          value={typed.seed}
          onChange={({ target }) => type({ seed: target.value })}
          slotProps={{ htmlInput: { inputMode: 'numeric' } }}
        />
      </Box>
      <RadioChoice
        label={t('Stays in one part, so that nothing leaks')}
        value={typed.together}
        options={together}
        onChoose={(value) => type({ together: value })}
      />
      {typed.together === 'pattern' && (
        <TextField
          size="small"
          label={t('Pattern of a name')}
          helperText={t('A regular expression, such as subject\\d+; its first group counts, if it has one.')}
          value={typed.pattern}
          onChange={({ target }) => type({ pattern: target.value })}
          slotProps={{ htmlInput: { spellCheck: false, maxLength: 200 } }}
        />
      )}
      <FormControlLabel
        control={
          <Checkbox size="small" checked={typed.stratified} onChange={(_, stratified) => type({ stratified })} />
        }
        label={t('Accepted segments of each class in these shares too')}
      />
    </>
  );
}

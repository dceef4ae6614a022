import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import type { Segment } from '#preload/domain/segment.ts';
import { t } from '../language/language.ts';
import { useClassesById } from '../backend/project-queries.ts';
import { ClassKeyCaps } from './ClassKeyCaps.tsx';
import { classInk, digitsFont } from './theme.ts';
import { percent } from '../ui/quantities.ts';

/** The most likely classes of a stretch as bars, best first; pressing one chooses that class. */
export function RankingBars(props: {
  readonly ranking: Segment['ranking'];
  /** The class that the stretch has now, which stands out; null for none. */
  readonly ownClassId: number | null;
  readonly label?: string;
  /** What pressing a bar does, for its tooltip; without it, making it that class. */
  readonly choiceWords?: (name: string) => string;
  readonly rows: number;
  readonly onChoose: (classId: number) => void;
}) {
  const classes = useClassesById();
  const { palette } = useTheme();
  const ranking = props.ranking.filter((entry) => classes.has(entry.classId)).slice(0, props.rows);
  if (ranking.length === 0) return null;
  return (
    <Box
      component="ul"
      aria-label={props.label ?? t('Class ranking')}
      sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: '3px' }}
    >
      {ranking.map(({ classId, probability }) => {
        const each = classes.get(classId)!;
        const own = classId === props.ownClassId;
        return (
          <li key={classId}>
            <Box
              component="button"
              type="button"
              title={
                own
                  ? t('{{name}}: its class', { name: each.name })
                  : (props.choiceWords?.(each.name) ?? t('Make it "{{name}}"', { name: each.name }))
              }
              onClick={() => props.onChoose(classId)}
              sx={{
                all: 'unset',
                boxSizing: 'border-box',
                cursor: 'pointer',
                position: 'relative',
                display: 'flex',
                alignItems: 'center',
                gap: 1,
                width: '100%',
                height: 24,
                px: 1,
                fontSize: 12,
                borderRadius: 1,
                overflow: 'hidden',
                fontWeight: own ? 650 : 400,
                bgcolor: 'action.hover',
                '&:hover': { bgcolor: 'action.selected' },
                // Around it, since its bar may have any colour.
                '&:focus-visible': { outline: '2px solid', outlineColor: 'focus.ring', outlineOffset: 1 },
              }}
            >
              <Box
                aria-hidden
                sx={{
                  position: 'absolute',
                  insetBlock: 0,
                  left: 0,
                  width: `${Math.max(probability * 100, 1)}%`,
                  bgcolor: classInk(each.colour, palette.surface.panel),
                  opacity: palette.mode === 'dark' ? 0.36 : 0.3,
                }}
              />
              <Box
                component="span"
                title={each.name}
                sx={{
                  position: 'relative',
                  flex: 1,
                  overflow: 'hidden',
                  textOverflow: 'ellipsis',
                  whiteSpace: 'nowrap',
                }}
              >
                {each.name}
              </Box>
              <Box component="span" sx={{ position: 'relative' }}>
                <ClassKeyCaps actionClass={each} spoken />
              </Box>
              <Box
                component="span"
                sx={{
                  position: 'relative',
                  fontFamily: digitsFont,
                  minWidth: 38,
                  textAlign: 'right',
                  whiteSpace: 'nowrap',
                }}
              >
                {percent(probability)}
              </Box>
            </Box>
          </li>
        );
      })}
    </Box>
  );
}

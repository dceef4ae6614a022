import CloseIcon from '@mui/icons-material/Close';
import MovieOutlined from '@mui/icons-material/MovieOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import { measuredOn, type MeasuredOn } from '#preload/domain/quality.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { ClipsBehind } from './ClipsBehind.tsx';
import { Measuring } from './Measuring.tsx';
import { numbersId, useQualityChoice } from './quality-choice.ts';
import { measuredWords } from './quality-words.ts';
import { QualityNumbers } from './QualityNumbers.tsx';
import { useQualityReport, useQualityStatus } from './queries.ts';

/** The reviewed videos come first, then what papers report. */
const inOrder: readonly MeasuredOn[] = ['reviewed', 'test', 'validation'];

/** How good proposals are, on what a person has reviewed to the end; each number opens the clips behind it. */
export function QualityDialog({ onClose }: { readonly onClose: () => void }) {
  const { on, question } = useQualityChoice();
  const status = useQualityStatus();
  const state = status.data?.states.find((each) => each.on === on);
  const report = useQualityReport(on, state?.measured != null);
  const hasNumbers = report.data != null;
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="xl"
      aria-labelledby="quality-title"
      slotProps={{ paper: { sx: { height: 'calc(100% - 72px)', m: 3, mt: 6, maxHeight: 'none' } } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, pl: 3, pr: 1.5, pt: 1, flexShrink: 0 }}>
        <Typography id="quality-title" variant="h2">
          {t('Quality')}
        </Typography>
        <Tabs
          value={on}
          onChange={(_, value: unknown) =>
            useQualityChoice.setState({ on: measuredOn.parse(value), classId: null, question: null, pressed: null })
          }
          aria-label={t('Measured on')}
          sx={{ flex: 1, minHeight: 40 }}
        >
          {inOrder.map((each) => (
            <Tab
              key={each}
              id={`quality-tab-${each}`}
              aria-controls={numbersId}
              value={each}
              label={measuredWords[each].name}
              sx={{ minHeight: 40, py: 0 }}
            />
          ))}
        </Tabs>
        <IconAction label={t('Close')} onClick={onClose}>
          <CloseIcon fontSize="small" />
        </IconAction>
      </Box>
      <Box
        id={numbersId}
        tabIndex={-1}
        role="tabpanel"
        aria-labelledby={`quality-tab-${on}`}
        sx={{
          flex: 1,
          minHeight: 0,
          borderTop: 1,
          borderColor: 'divider',
          display: 'grid',
          // The place of the clips is kept, so that no number moves away from the hand that pressed it.
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: hasNumbers ? 'minmax(0, 1fr) 380px' : 'minmax(0, 1fr)' },
          gridTemplateRows: {
            xs: hasNumbers ? 'minmax(0, 3fr) minmax(0, 2fr)' : 'minmax(0, 1fr)',
            md: 'minmax(0, 1fr)',
          },
        }}
      >
        <Box sx={{ overflowY: 'auto', p: 3, pt: 2, minWidth: 0, display: 'flex', flexDirection: 'column', gap: 2 }}>
          {status.isError && !status.data ? (
            <FailureNote error={status.error} onRetry={() => void status.refetch()} />
          ) : !state ? (
            <RowsSkeleton rows={6} height={56} label={t('Loading what was measured')} />
          ) : (
            <>
              {status.data!.problem !== null && <Alert severity="warning">{said(status.data!.problem)}</Alert>}
              <Measuring state={state} notes={report.data?.notes ?? []} />
              {state.measured === null ? null : report.isError && !report.data ? (
                <FailureNote error={report.error} onRetry={() => void report.refetch()} />
              ) : report.data === undefined ? (
                <RowsSkeleton rows={6} height={56} label={t('Loading what was measured')} />
              ) : (
                report.data && <QualityNumbers of={report.data} />
              )}
            </>
          )}
        </Box>
        {hasNumbers && (
          <Box
            sx={(theme) => ({
              display: 'flex',
              minWidth: 0,
              minHeight: 0,
              bgcolor: 'surface.panel',
              borderLeft: { md: `1px solid ${theme.palette.divider}` },
              borderTop: { xs: `1px solid ${theme.palette.divider}`, md: 'none' },
            })}
          >
            {question === null ? (
              <EmptyState icon={<MovieOutlined />} title={t('The clips behind a number')}>
                {t('Press any number, bar or cell: what it counts plays here, and a press on a clip goes there.')}
              </EmptyState>
            ) : (
              <ClipsBehind key={on} on={on} question={question} onLeave={onClose} />
            )}
          </Box>
        )}
      </Box>
    </Dialog>
  );
}

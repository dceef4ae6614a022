import CloseIcon from '@mui/icons-material/Close';
import PrintOutlined from '@mui/icons-material/PrintOutlined';
import TourOutlined from '@mui/icons-material/TourOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import GlobalStyles from '@mui/material/GlobalStyles';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { IconAction } from '../ui/IconAction.tsx';
import { keyCaps } from '../ui/key-caps.ts';
import { commandGroups, groupNames, type Command } from '../shared/command.ts';
import { classKeyId, isClassKeyId } from '../shared/class-keys.ts';
import { runCommand, useCommandDefaults, useCommands } from '../shared/commands.ts';
import { notify } from '../shared/notices.ts';
import { useClasses } from '../backend/project-queries.ts';
import { KeyMapFile } from './KeyMapFile.tsx';
import { standsFor } from './digit-rows.ts';
import { KeyMapRow } from './KeyMapRow.tsx';
import { giveKeys, holdersOf, useOwnKeys, type OwnKeys } from '../shared/own-keys.ts';
import { t } from '../language/language.ts';
import { quotedNames } from '../language/quoted-names.ts';

const printing = (
  <GlobalStyles
    styles={{
      '@media print': {
        '#root': { display: 'none' },
        'html, body': { overflow: 'visible !important', height: 'auto !important', background: '#ffffff !important' },
        '.MuiDialog-root, .MuiDialog-container, .MuiDialog-paper': {
          position: 'static !important',
          maxHeight: 'none !important',
          maxWidth: 'none !important',
          height: 'auto !important',
          overflow: 'visible !important',
          background: '#ffffff !important',
          color: '#000000 !important',
          border: '0 !important',
          boxShadow: 'none !important',
        },
        '.MuiBackdrop-root, .no-print': { display: 'none !important' },
      },
    }}
  />
);

/** Every key of the studio, by group, from the command registry: on screen, and on paper for the wall. */
export function KeyMapDialog({ onClose, hasProject }: { readonly onClose: () => void; readonly hasProject: boolean }) {
  const defaults = useCommandDefaults();
  const commands = useCommands();
  const { data: classes = [] } = useClasses();
  const own = useOwnKeys((state) => state.own);
  const [asked, setAsked] = useState<{ readonly command: Command; readonly keys: readonly string[] } | null>(null);
  const change = (command: Command, keys: readonly string[]): void => {
    setAsked(null);
    useOwnKeys.setState({ own: giveKeys(defaults, own, command.id, keys) });
  };
  const wish = (command: Command, keys: readonly string[]): void =>
    holdersOf(defaults, own, command.id, keys).length > 0 ? setAsked({ command, keys }) : change(command, keys);
  const withDigit = new Set(classes.flatMap(({ name, digitKey }) => (digitKey === null ? [] : [classKeyId(name)])));
  const sections = [
    ...commandGroups.map((group) => ({
      name: groupNames[group],
      rows: commands.filter((command) => command.hidden !== true && command.group === group),
    })),
    {
      name: t('Classes without a digit'),
      rows: commands.filter(({ id, keys }) => isClassKeyId(id) && (keys.length > 0 || !withDigit.has(id))),
    },
  ].filter(({ rows }) => rows.length > 0);
  const resetOf = (command: Command): (() => void) | undefined => {
    const changed = defaults.filter(({ id }) => standsFor(command.id, id) && own[id] !== undefined);
    if (changed.length > 1 || (changed[0] && changed[0].id !== command.id))
      return () =>
        useOwnKeys.setState({
          own: changed.reduce<OwnKeys>((before, { id, keys }) => giveKeys(defaults, before, id, keys), own),
        });
    return changed[0] && (() => wish(command, changed[0]!.keys));
  };
  const holdersOfAsked = (keys: readonly string[]): Command[] =>
    asked === null ? [] : holdersOf(defaults, own, asked.command.id, keys);
  return (
    <Dialog open onClose={onClose} maxWidth="lg" fullWidth aria-labelledby="keys-title">
      {printing}
      <Box sx={{ display: 'flex', alignItems: 'center', pl: 3, pr: 1.5, py: 1.5 }}>
        <Typography id="keys-title" variant="h2" sx={{ flex: 1 }}>
          {t('Keys')}
        </Typography>
        <Box className="no-print" sx={{ display: 'flex', gap: 0.5, alignItems: 'center' }}>
          {Object.keys(own).length > 0 && (
            <Button
              onClick={() => {
                useOwnKeys.setState({ own: {} });
                notify(t('All keys are those it came with.'), 'success', {
                  label: t('Undo'),
                  run: () => useOwnKeys.setState({ own }),
                });
              }}
            >
              {t('Back to the keys it came with')}
            </Button>
          )}
          {hasProject && (
            <Button
              color="inherit"
              startIcon={<TourOutlined />}
              onClick={() => {
                onClose();
                // After the dialog is gone, which gives the focus back to where it was.
                setTimeout(() => runCommand('tour.start'));
              }}
            >
              {t('Guided tour')}
            </Button>
          )}
          <KeyMapFile />
          <IconAction label={t('Print')} onClick={() => globalThis.print()}>
            <PrintOutlined fontSize="small" />
          </IconAction>
          <IconAction label={t('Close')} onClick={onClose}>
            <CloseIcon fontSize="small" />
          </IconAction>
        </Box>
      </Box>
      <Box
        tabIndex={0}
        sx={{
          px: 3,
          pb: 3,
          overflowY: 'auto',
          columns: '300px auto',
          columnGap: 5,
          '@media print': { overflow: 'visible' },
        }}
      >
        {sections.map(({ name, rows }) => (
          <Box component="section" key={name} aria-label={name} sx={{ breakInside: 'avoid-column', mb: 2.5 }}>
            <Typography variant="h3" component="h3" color="primary" sx={{ mb: 0.5 }}>
              {name}
            </Typography>
            <Box
              component="dl"
              sx={{
                m: 0,
                display: 'grid',
                gridTemplateColumns: '1fr auto',
                columnGap: 2,
                rowGap: '5px',
                fontSize: 12.5,
              }}
            >
              {rows.map((command) => (
                <KeyMapRow
                  key={command.id}
                  command={command}
                  onKeys={(keys) => wish(command, [keys])}
                  onReset={resetOf(command)}
                />
              ))}
            </Box>
          </Box>
        ))}
      </Box>
      {asked && (
        <ConfirmDialog
          open
          title={t('This key has a meaning already')}
          text={t('{{keys}} means {{holders}}. Give it to “{{label}}”?', {
            keys: asked.keys
              .filter((keys) => holdersOfAsked([keys]).length > 0)
              .map((keys) => keyCaps(keys, navigator.platform).join('+'))
              .join(t(' or ')),
            holders: quotedNames(holdersOfAsked(asked.keys).map(({ label }) => label)),
            label: asked.command.label,
          })}
          confirmLabel={t('Give it')}
          onConfirm={() => change(asked.command, asked.keys)}
          onClose={() => setAsked(null)}
        />
      )}
    </Dialog>
  );
}

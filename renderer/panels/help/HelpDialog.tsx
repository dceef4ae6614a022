import CloseIcon from '@mui/icons-material/Close';
import SearchOutlined from '@mui/icons-material/SearchOutlined';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputAdornment from '@mui/material/InputAdornment';
import List from '@mui/material/List';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { t } from '../../language/language.ts';
import { goToHelp, useHelp } from '../../shared/help.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { anchorOf, chapters } from './chapters.ts';
import { findHelp } from './find-help.ts';
import { HelpPage } from './HelpPage.tsx';

/** The help: chapters at the left, or what was found in them, and the page. All of it lies in the program. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { chapter: name, section } = useHelp();
  const [words, setWords] = useState('');
  const found = findHelp(words, 'nearly');
  const chapter = chapters.find((each) => each.name === name)!;
  const [page, setPage] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (section === null) page?.scrollTo({ top: 0 });
    else page?.querySelector(`#${anchorOf(section)}`)?.scrollIntoView({ block: 'start' });
  }, [page, name, section]);

  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="lg"
      fullWidth
      aria-labelledby="help-title"
      slotProps={{ paper: { sx: { height: 860, maxHeight: '92vh' } } }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 2,
          pl: 3,
          pr: 1.5,
          py: 1.5,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography id="help-title" variant="h2">
          {t('Help')}
        </Typography>
        <TextField
          size="small"
          type="search"
          placeholder={t('Search the help')}
          value={words}
          onChange={({ target }) => setWords(target.value)}
          sx={{ flex: 1, maxWidth: 420 }}
          slotProps={{
            htmlInput: { 'aria-label': t('Search the help') },
            input: {
              startAdornment: (
                <InputAdornment position="start">
                  <SearchOutlined fontSize="small" />
                </InputAdornment>
              ),
            },
          }}
        />
        <Box sx={{ flex: 1 }} />
        <IconAction label={t('Close')} onClick={onClose}>
          <CloseIcon fontSize="small" />
        </IconAction>
      </Box>
      <Box sx={{ display: 'flex', flex: 1, minHeight: 0 }}>
        <Box
          component="nav"
          aria-label={t('Chapters')}
          sx={{ width: 280, overflowY: 'auto', borderRight: 1, borderColor: 'divider' }}
        >
          <List dense>
            {words.trim() === ''
              ? chapters.map((each) => (
                  <ListItemButton
                    key={each.name}
                    selected={each.name === name}
                    aria-current={each.name === name ? 'page' : undefined}
                    onClick={() => goToHelp(each.name)}
                  >
                    <ListItemText primary={each.title} />
                  </ListItemButton>
                ))
              : found.map((each) => (
                  <ListItemButton
                    key={`${each.chapter} ${each.heading}`}
                    onClick={() => goToHelp(each.chapter, each.heading || null)}
                  >
                    <ListItemText
                      primary={each.heading || titleOf(each.chapter)}
                      secondary={each.heading && titleOf(each.chapter)}
                    />
                  </ListItemButton>
                ))}
            {words.trim() !== '' && found.length === 0 && (
              <Typography color="textSecondary" sx={{ px: 2, py: 1 }}>
                {t('Nothing speaks of that. Try another word.')}
              </Typography>
            )}
          </List>
        </Box>
        <Box
          ref={setPage}
          tabIndex={0}
          role="region"
          aria-label={chapter.title}
          sx={{ flex: 1, overflowY: 'auto', px: 4, py: 3 }}
        >
          <HelpPage chapter={chapter} />
        </Box>
      </Box>
    </Dialog>
  );
}

const titleOf = (name: string): string => chapters.find((each) => each.name === name)!.title;

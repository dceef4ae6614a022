import Button from '@mui/material/Button';
import HealingOutlined from '@mui/icons-material/HealingOutlined';
import Box from '@mui/material/Box';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { t } from '../language/language.ts';
import { noteFailure } from '../backend/note-failure.ts';
import { EmptyState } from '../ui/EmptyState.tsx';

/** Catches what breaks while drawing: says so without a stack, and offers a way on. `part` names a panel that broke alone. */
export class CrashBoundary extends Component<
  { readonly children: ReactNode; readonly part?: string },
  { readonly broken: boolean }
> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  // For whoever opens the developer tools; the screen stays free of it.
  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
    noteFailure(error, info.componentStack ?? '');
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const { part } = this.props;
    return (
      <Box role="alert" sx={{ display: 'flex', height: '100%', bgcolor: 'surface.panel' }}>
        <EmptyState
          icon={<HealingOutlined />}
          title={part === undefined ? t('The window met an error') : t('The {{part}} met an error', { part })}
          action={
            part === undefined ? (
              <Button variant="contained" onClick={() => globalThis.location.reload()}>
                {t('Reload the window')}
              </Button>
            ) : (
              <Button variant="outlined" onClick={() => this.setState({ broken: false })}>
                {t('Show it again')}
              </Button>
            )
          }
        >
          {t('Everything you did is saved; jobs go on in the background.')}
        </EmptyState>
      </Box>
    );
  }
}

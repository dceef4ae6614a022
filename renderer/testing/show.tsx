import type { ReactNode } from 'react';
import { render } from 'vitest-browser-react';
import { StudioProviders } from '../window/StudioProviders.tsx';

/** Draws a part of the window on a page of its height, in the studio's theme. */
export const show = (part: ReactNode) =>
  render(
    <StudioProviders>
      <div style={{ height: '100vh', display: 'flex', flexDirection: 'column' }}>{part}</div>
    </StudioProviders>,
  );

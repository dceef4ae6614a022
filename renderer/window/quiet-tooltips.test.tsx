// What the mouse rests on says nothing while the keyboard works, and says it again when the mouse moves or Tab goes around.
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { show } from '../testing/show.tsx';
import { IconAction } from '../ui/IconAction.tsx';
import { useQuietTooltips } from './quiet-tooltips.ts';

function Strip() {
  useQuietTooltips();
  return (
    <IconAction label="Split here" onClick={() => undefined}>
      ✂
    </IconAction>
  );
}

test('a tooltip goes out of sight with the first key, and comes back', async () => {
  await show(<Strip />);
  const button = page.getByRole('button', { name: 'Split here' });
  const tooltip = page.getByText('Split here', { exact: true });
  await button.hover();
  await expect.element(tooltip).toBeVisible();
  await userEvent.keyboard('a');
  await expect.element(tooltip).not.toBeVisible();
  await userEvent.keyboard('{Tab}');
  await expect.element(tooltip).toBeVisible();
});

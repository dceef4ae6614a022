import type { AutocompleteProps } from '@mui/material/Autocomplete';
import { useState } from 'react';

type OnInputChange = NonNullable<AutocompleteProps<unknown, true, false, false>['onInputChange']>;

/**
 * The letters typed in a field of several choices, for `Autocomplete`. By itself it forgets them whenever what is chosen comes
 * as a new array, as it does each time that anything about the field is drawn again, in the middle of a word too.
 */
export function useTypedLetters(): { readonly inputValue: string; readonly onInputChange: OnInputChange } {
  const [inputValue, setInputValue] = useState('');
  return { inputValue, onInputChange: (_, letters, reason) => void (reason !== 'reset' && setInputValue(letters)) };
}

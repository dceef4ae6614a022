import AddPhotoAlternateOutlined from '@mui/icons-material/AddPhotoAlternateOutlined';
import Box from '@mui/material/Box';
import { useState, type ReactNode } from 'react';
import { t } from '../../language/language.ts';
import { attempt } from '../../shared/notices.ts';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { searchPicture } from './search-picture.ts';

const pictureIn = (files: FileList | undefined): File | undefined =>
  [...(files ?? [])].find(({ type }) => type.startsWith('image/'));

const holdsPicture = ({ items }: DataTransfer): boolean =>
  [...items].some(({ kind, type }) => kind === 'file' && type.startsWith('image/'));

/** Takes a picture that is pasted or dropped on what it holds; anything else goes on to the window. */
export function PictureTarget({ children }: { readonly children: ReactNode }) {
  const [over, setOver] = useState(false);
  return (
    <Box
      sx={{ height: '100%', outlineOffset: -2, ...(over && { outline: '2px dashed', outlineColor: 'primary.main' }) }}
      onPaste={(event) => {
        const picture = pictureIn(event.clipboardData.files);
        if (!picture) return;
        event.preventDefault();
        attempt(searchPicture(picture, t('the pasted picture')));
      }}
      onDragOver={(event) => {
        if (!holdsPicture(event.dataTransfer)) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const picture = pictureIn(event.dataTransfer.files);
        if (!picture) return;
        event.preventDefault();
        event.stopPropagation();
        attempt(searchPicture(picture, picture.name));
      }}
    >
      {children}
    </Box>
  );
}

/** Lets a person choose a picture to search for. */
export function ChoosePicture() {
  const picker = useFilePicker({
    label: t('Picture to search for'),
    accept: 'image/*',
    onChoose: (file) => attempt(searchPicture(file, file.name)),
  });
  return (
    <>
      {picker.field}
      <IconAction label={t('Search by a picture')} onClick={picker.choose} edge="end">
        <AddPhotoAlternateOutlined fontSize="small" />
      </IconAction>
    </>
  );
}

import AddPhotoAlternateOutlined from '@mui/icons-material/AddPhotoAlternateOutlined';
import Box from '@mui/material/Box';
import { useRef, useState, type ReactNode } from 'react';
import { attempt } from '../../shared/notices.ts';
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
        attempt(searchPicture(picture, 'the pasted picture'));
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
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        aria-label="Picture to search for"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) attempt(searchPicture(file, file.name));
          // The same one may be chosen again.
          target.value = '';
        }}
      />
      <IconAction label="Search by a picture" onClick={() => input.current?.click()} edge="end">
        <AddPhotoAlternateOutlined fontSize="small" />
      </IconAction>
    </>
  );
}

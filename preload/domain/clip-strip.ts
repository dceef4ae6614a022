/** How many pictures of a segment stand side by side in its strip; played one after the other they are a looping clip. */
export const stripPictures = 8;

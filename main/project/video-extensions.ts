import { extname } from 'node:path';

/** Extensions of containers that hold video, as cameras and datasets use them. */
const videoExtensions = new Set(
  '264 265 3g2 3gp apng asf avi divx dv flv f4v gif h264 h265 hevc ivf m1v m2ts m2v m4v mj2 mjpeg mjpg mkv mod mov mp4 mpe mpeg mpg mts mxf nut ogg ogm ogv qt rm rmvb ts vob webm wmv y4m'
    .split(' ')
    .map((extension) => `.${extension}`),
);

/** Whether a file's name says that it is a video: what a folder offers to add. A file that is named itself is tried whatever it is called. */
export const hasVideoExtension = (path: string): boolean => videoExtensions.has(extname(path).toLowerCase());

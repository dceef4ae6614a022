/** Marks of one stretch are learned from as one: those whose tIoU is this or more. */
export const sameStretchTIoU = 0.9;

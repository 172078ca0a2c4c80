/** The weights of red, green and blue in luma: ITU-R BT.601, rounded as in tf.image. */
export const LUMA = [0.2989, 0.587, 0.114] as const;

/** How much red, green and blue count in luma: ITU-R BT.601, as tf.image rounds it. */
export const LUMA = [0.2989, 0.587, 0.114] as const;
